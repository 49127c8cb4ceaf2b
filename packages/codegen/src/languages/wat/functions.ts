const binaryHead = (name: string) => `(func $${name} (param $a i64) (param $b i64) (result i64)`;

/** The functions that emitted WebAssembly text brings along where it calls them. */
export const functions = {
  add: `\
;; a + b
${binaryHead("add")}
  (local $result i64)
  (local.set $result (i64.add (local.get $a) (local.get $b)))
  ;; The sum has another sign than both operands.
  (if (i64.lt_s
        (i64.and
          (i64.xor (local.get $result) (local.get $a))
          (i64.xor (local.get $result) (local.get $b)))
        (i64.const 0))
    (then (unreachable)))
  (local.get $result))`,
  subtract: `\
;; a - b
${binaryHead("subtract")}
  (local $result i64)
  (local.set $result (i64.sub (local.get $a) (local.get $b)))
  ;; The operands differ in sign, and the difference has another one than a.
  (if (i64.lt_s
        (i64.and
          (i64.xor (local.get $a) (local.get $b))
          (i64.xor (local.get $result) (local.get $a)))
        (i64.const 0))
    (then (unreachable)))
  (local.get $result))`,
  multiply: `\
;; a * b
${binaryHead("multiply")}
  (local $result i64)
  (if (i64.eqz (local.get $b)) (then (return (i64.const 0))))
  ;; -1 first, as dividing by it may trap for the wrong reason.
  (if (i64.eq (local.get $b) (i64.const -1))
    (then (return (call $subtract (i64.const 0) (local.get $a)))))
  (local.set $result (i64.mul (local.get $a) (local.get $b)))
  (if (i64.ne (i64.div_s (local.get $result) (local.get $b)) (local.get $a))
    (then (unreachable)))
  (local.get $result))`,
  floor_divide: `\
;; a / b, rounded down; traps when b is 0
${binaryHead("floor_divide")}
  (i64.sub
    (i64.div_s (local.get $a) (local.get $b))
    (i64.extend_i32_u
      (i32.and
        (i64.ne (i64.rem_s (local.get $a) (local.get $b)) (i64.const 0))
        (i64.lt_s (i64.xor (local.get $a) (local.get $b)) (i64.const 0))))))`,
  modulo: `\
;; what a division of a by b that rounds down leaves: it has the sign of b; traps when b is 0
${binaryHead("modulo")}
  (local $remainder i64)
  (local.set $remainder (i64.rem_s (local.get $a) (local.get $b)))
  (if (result i64)
    (i32.and
      (i64.ne (local.get $remainder) (i64.const 0))
      (i64.lt_s (i64.xor (local.get $remainder) (local.get $b)) (i64.const 0)))
    (then (i64.add (local.get $remainder) (local.get $b)))
    (else (local.get $remainder))))`,
  absolute: `\
(func $absolute (param $a i64) (result i64)
  (if (result i64) (i64.lt_s (local.get $a) (i64.const 0))
    (then (call $subtract (i64.const 0) (local.get $a)))
    (else (local.get $a))))`,
  min: `\
${binaryHead("min")}
  (select (local.get $a) (local.get $b) (i64.lt_s (local.get $a) (local.get $b))))`,
  max: `\
${binaryHead("max")}
  (select (local.get $a) (local.get $b) (i64.gt_s (local.get $a) (local.get $b))))`,
  place: `\
;; the address of the number at an index; negative ones count from the end
(func $place (param $list i32) (param $length i32) (param $index i64) (result i32)
  (if (i64.lt_s (local.get $index) (i64.const 0))
    (then
      (local.set $index
        (i64.add (local.get $index) (i64.extend_i32_u (local.get $length))))))
  (if (i64.ge_u (local.get $index) (i64.extend_i32_u (local.get $length)))
    (then (unreachable)))
  (i32.add (local.get $list) (i32.shl (i32.wrap_i64 (local.get $index)) (i32.const 3))))`,
  at: `\
(func $at (param $list i32) (param $length i32) (param $index i64) (result i64)
  (i64.load (call $place (local.get $list) (local.get $length) (local.get $index))))`,
  sum: `\
(func $sum (param $list i32) (param $length i32) (result i64)
  (local $total i64)
  (block $done
    (loop $next
      (br_if $done (i32.eqz (local.get $length)))
      (local.set $total (call $add (local.get $total) (i64.load (local.get $list))))
      (local.set $list (i32.add (local.get $list) (i32.const 8)))
      (local.set $length (i32.sub (local.get $length) (i32.const 1)))
      (br $next)))
  (local.get $total))`,
  argmax: `\
;; the first index of the largest number; traps when the list is empty
(func $argmax (param $list i32) (param $length i32) (result i64)
  (local $k i32)
  (local $best i32)
  (local $largest i64)
  (local $value i64)
  (if (i32.eqz (local.get $length)) (then (unreachable)))
  (local.set $largest (i64.load (local.get $list)))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $k) (local.get $length)))
      (local.set $value
        (i64.load (i32.add (local.get $list) (i32.shl (local.get $k) (i32.const 3)))))
      (if (i64.gt_s (local.get $value) (local.get $largest))
        (then
          (local.set $largest (local.get $value))
          (local.set $best (local.get $k))))
      (local.set $k (i32.add (local.get $k) (i32.const 1)))
      (br $next)))
  (i64.extend_i32_u (local.get $best)))`,
  contains: `\
(func $contains (param $value i64) (param $list i32) (param $length i32) (result i32)
  (block $done
    (loop $next
      (br_if $done (i32.eqz (local.get $length)))
      (if (i64.eq (i64.load (local.get $list)) (local.get $value))
        (then (return (i32.const 1))))
      (local.set $list (i32.add (local.get $list) (i32.const 8)))
      (local.set $length (i32.sub (local.get $length) (i32.const 1)))
      (br $next)))
  (i32.const 0))`,
  equal: `\
(func $equal (param $a i32) (param $a_length i32) (param $b i32) (param $b_length i32) (result i32)
  (if (i32.ne (local.get $a_length) (local.get $b_length))
    (then (return (i32.const 0))))
  (block $done
    (loop $next
      (br_if $done (i32.eqz (local.get $a_length)))
      (if (i64.ne (i64.load (local.get $a)) (i64.load (local.get $b)))
        (then (return (i32.const 0))))
      (local.set $a (i32.add (local.get $a) (i32.const 8)))
      (local.set $b (i32.add (local.get $b) (i32.const 8)))
      (local.set $a_length (i32.sub (local.get $a_length) (i32.const 1)))
      (br $next)))
  (i32.const 1))`,
  shift: `\
;; the list without its first number and with value behind its last, in out, which may be the list
(func $shift (param $out i32) (param $list i32) (param $length i32) (param $value i64) (result i32)
  (local $size i32)
  (if (i32.eqz (local.get $length)) (then (unreachable)))
  (local.set $size (i32.shl (i32.sub (local.get $length) (i32.const 1)) (i32.const 3)))
  (memory.copy
    (local.get $out)
    (i32.add (local.get $list) (i32.const 8))
    (local.get $size))
  (i64.store (i32.add (local.get $out) (local.get $size)) (local.get $value))
  (local.get $out))`,
  append: `\
;; the list with value behind its last number, in out, which may be the list
(func $append (param $out i32) (param $list i32) (param $length i32) (param $value i64) (result i32)
  (local $size i32)
  (local.set $size (i32.shl (local.get $length) (i32.const 3)))
  (if (i32.ne (local.get $out) (local.get $list))
    (then (memory.copy (local.get $out) (local.get $list) (local.get $size))))
  (i64.store (i32.add (local.get $out) (local.get $size)) (local.get $value))
  (local.get $out))`,
  add_at: `\
;; the list with value added to the number at the index, in out, which may be the list
(func $add_at (param $out i32) (param $list i32) (param $length i32) (param $index i64)
  (param $value i64) (result i32)
  (local $place i32)
  (memory.copy
    (local.get $out)
    (local.get $list)
    (i32.shl (local.get $length) (i32.const 3)))
  (local.set $place (call $place (local.get $out) (local.get $length) (local.get $index)))
  (i64.store
    (local.get $place)
    (call $add (i64.load (local.get $place)) (local.get $value)))
  (local.get $out))`,
  reverse: `\
;; the list from its last number to its first, in out, which may be the list
(func $reverse (param $out i32) (param $list i32) (param $length i32) (result i32)
  (local $front i32)
  (local $back i32)
  (local $value i64)
  (local.set $back (i32.shl (i32.sub (local.get $length) (i32.const 1)) (i32.const 3)))
  (block $done
    (loop $next
      (br_if $done (i32.gt_s (local.get $front) (local.get $back)))
      (local.set $value (i64.load (i32.add (local.get $list) (local.get $front))))
      (i64.store
        (i32.add (local.get $out) (local.get $front))
        (i64.load (i32.add (local.get $list) (local.get $back))))
      (i64.store (i32.add (local.get $out) (local.get $back)) (local.get $value))
      (local.set $front (i32.add (local.get $front) (i32.const 8)))
      (local.set $back (i32.sub (local.get $back) (i32.const 8)))
      (br $next)))
  (local.get $out))`,
  higher: `\
(func $higher (param $a i64) (param $b i64) (result i64)
  (select (local.get $a) (local.get $b) (i64.gt_u (local.get $a) (local.get $b))))`,
  reserve: `\
;; grows the memory to so many bytes at least
(func $reserve (param $bytes i64)
  (local $pages i64)
  (local.set $pages
    (i64.sub
      (i64.shr_u (i64.add (local.get $bytes) (i64.const 65535)) (i64.const 16))
      (i64.extend_i32_u (memory.size))))
  (if (i64.gt_s (local.get $pages) (i64.const 0))
    (then
      (if (i64.gt_s (local.get $pages) (i64.const 65536)) (then (unreachable)))
      (if (i32.eq (memory.grow (i32.wrap_i64 (local.get $pages))) (i32.const -1))
        (then (unreachable))))))`,
};
