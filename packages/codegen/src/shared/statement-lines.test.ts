// Whole functions, in a language with braces and in one without.

import {
  add,
  and,
  conditional,
  equal,
  input,
  integer,
  less,
  modulo,
  not,
  or,
  state,
  xor,
} from "@latticode/program";
import { expect, test } from "vitest";
import { functionText, program } from "../../testing/emitted-text.ts";
import { javascript } from "../languages/javascript/javascript.ts";
import { python } from "../languages/python/python.ts";

const [x, y] = [input(0), input(1)];
const [a, b] = ["a", "b"].map(state);
const one = integer(1);

const runningSum = program(1, "in-place", { a: 0 }, { a: add(a, x) }, [a]);

test("a running sum, whole, with a docstring", () => {
  expect(python.emit(runningSum, { docstring: "Sum of all numbers so far." })).toBe(`\
def f(s):
    """Sum of all numbers so far."""
    a = 0
    ys = []
    for x in s:
        a += x
        ys.append(a)
    return ys
`);
  expect(javascript.emit(runningSum, { docstring: "Sum of all numbers so far." })).toBe(`\
/** Sum of all numbers so far. */
export function f(s) {
  checkInputs(s);
  let a = 0;
  const ys = [];
  for (const x of s) {
    a = exact(a + x);
    ys.push(a);
  }
  return ys;
}

/** Throws unless the inputs are equally long lists of integers of 32 bits. */
function checkInputs(...inputs) {
  for (const input of inputs) {
    if (input.length !== inputs[0].length) {
      throw new RangeError(\`f: inputs of \${inputs[0].length} and \${input.length} numbers\`);
    }
    for (const x of input) {
      if (x !== (x | 0)) {
        throw new RangeError(\`f: input \${x} is not an integer of 32 bits\`);
      }
    }
  }
}

/** n, unless it is beyond the integers that a number holds exactly. */
function exact(n) {
  if (!Number.isSafeInteger(n)) {
    throw new RangeError(\`f: a value near \${n} is beyond the safe integers\`);
  }
  return n;
}
`);
});

test("binary addition: two inputs, simultaneous updates put in order, a comparison as a carry", () => {
  const adder = program(
    2,
    "simultaneous",
    { a: 0, b: 0 },
    { b: less(one, add(add(b, x), y)), a: xor(xor(b, x), y) },
    [a],
  );
  expect(functionText(python, adder)).toBe(`\
def f(s, t):
    a = 0
    b = 0
    ys = []
    for x, y in zip(s, t):
        a = b ^ x ^ y
        b = b + x + y > 1
        ys.append(a)
    return ys
`);
  expect(functionText(javascript, adder)).toBe(`\
export function f(s, t) {
  checkInputs(s, t);
  let a = 0;
  let b = 0;
  const ys = [];
  for (let i = 0; i < s.length; i++) {
    const x = s[i];
    const y = t[i];
    a = b ^ x ^ y;
    b = Number(b + x + y > 1);
    ys.push(a);
  }
  return ys;
}
`);
});

test("the previous input", () => {
  const previous = program(1, "simultaneous", { a: 0, b: 0 }, { b: x, a: b }, [a]);
  expect(functionText(python, previous)).toBe(`\
def f(s):
    a = 0
    b = 0
    ys = []
    for x in s:
        a = b
        b = x
        ys.append(a)
    return ys
`);
  expect(functionText(javascript, previous)).toBe(`\
export function f(s) {
  checkInputs(s);
  let a = 0;
  let b = 0;
  const ys = [];
  for (const x of s) {
    a = b;
    b = x;
    ys.push(a);
  }
  return ys;
}
`);
});

test("a falling body: two updates in place", () => {
  const body = program(
    1,
    "in-place",
    { v: 0, p: 0 },
    { v: add(state("v"), x), p: add(state("p"), state("v")) },
    [state("p")],
  );
  expect(functionText(python, body)).toBe(`\
def f(s):
    v = 0
    p = 0
    ys = []
    for x in s:
        v += x
        p += v
        ys.append(p)
    return ys
`);
  expect(functionText(javascript, body)).toBe(`\
export function f(s) {
  checkInputs(s);
  let v = 0;
  let p = 0;
  const ys = [];
  for (const x of s) {
    v = exact(v + x);
    p = exact(p + v);
    ys.push(p);
  }
  return ys;
}
`);
});

test("updates that need each other's old values", () => {
  const fibonacci = program(1, "simultaneous", { a: 0, b: 1 }, { a: b, b: add(add(a, b), x) }, [a]);
  expect(functionText(python, fibonacci)).toBe(`\
def f(s):
    a = 0
    b = 1
    ys = []
    for x in s:
        a, b = b, a + b + x
        ys.append(a)
    return ys
`);
  expect(functionText(javascript, fibonacci)).toContain(
    "    [a, b] = [b, exact(exact(a + b) + x)];\n",
  );
});

test("parity", () => {
  const parity = program(1, "in-place", { a: 0 }, { a: xor(a, modulo(x, integer(2))) }, [a]);
  expect(functionText(python, parity)).toContain("        a ^= x % 2\n        ys.append(a)\n");
  expect(functionText(javascript, parity)).toContain("    a ^= modulo(x, 2);\n    ys.push(a);\n");
});

test("a majority with if, as expression and as statement", () => {
  const majority = program(
    1,
    "in-place",
    { a: 0, b: 0 },
    {
      a: add(a, conditional(x, one, integer(-1))),
      b: conditional(equal(a, integer(0)), b, less(integer(0), a)),
    },
    [b],
  );
  expect(functionText(python, majority)).toBe(`\
def f(s):
    a = 0
    b = 0
    ys = []
    for x in s:
        a += 1 if x else -1
        if a != 0:
            b = a > 0
        ys.append(int(b))
    return ys
`);
  expect(functionText(javascript, majority)).toBe(`\
export function f(s) {
  checkInputs(s);
  let a = 0;
  let b = 0;
  const ys = [];
  for (const x of s) {
    a = exact(a + (x ? 1 : -1));
    if (a !== 0) {
      b = Number(a > 0);
    }
    ys.push(b);
  }
  return ys;
}
`);
});

test("a chain of cases", () => {
  const machine = program(
    1,
    "in-place",
    { a: 0 },
    {
      a: conditional(
        equal(a, integer(0)),
        modulo(x, integer(3)),
        conditional(less(a, integer(2)), add(a, one), integer(0)),
      ),
    },
    [a],
  );
  expect(functionText(python, machine)).toBe(`\
def f(s):
    a = 0
    ys = []
    for x in s:
        if a == 0:
            a = x % 3
        elif a < 2:
            a += 1
        else:
            a = 0
        ys.append(a)
    return ys
`);
  expect(functionText(javascript, machine)).toContain(`\
    if (a === 0) {
      a = modulo(x, 3);
    } else if (a < 2) {
      a = exact(a + 1);
    } else {
      a = 0;
    }
`);
});

test("no state, and an input that nothing reads", () => {
  const second = program(2, "in-place", {}, {}, [
    or(less(y, integer(3)), and(y, not(equal(y, integer(5))))),
  ]);
  expect(functionText(python, second)).toBe(`\
def f(s, t):
    ys = []
    for _, y in zip(s, t):
        ys.append(int(y < 3 or y != 0 and y != 5))
    return ys
`);
  expect(functionText(javascript, second)).toBe(`\
export function f(s, t) {
  checkInputs(s, t);
  const ys = [];
  for (let i = 0; i < s.length; i++) {
    const y = t[i];
    ys.push(Number(y < 3 || y !== 0 && y !== 5));
  }
  return ys;
}
`);
});
