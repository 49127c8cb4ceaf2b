// The simplifier's rules, in the language of pattern.ts: name, pattern, replacement, and where it
// takes more a condition. Those of one operator are tried in this order. Each looks at one node,
// whose arguments are simplified already, and gives another expression with the same value on all
// integers. Every rule either lowers the number of nodes or keeps it and puts a constant where it
// belongs (to the right of + - min max == xor, to the left of *, not negative after + or -, in
// place of a variable that never changes), so that rewriting comes to an end.
//
// Nothing that may fail, as a division by 0 or an index out of range, is dropped, moved past a
// decision or made to run where it did not. Lists have no affine gauge: nothing here changes what
// numbers they hold.

import type { Expression, IntegerExpression } from "../expression.ts";
import { conditional, integer, mapArguments, modulo } from "../expression.ts";
import { shorterSum } from "./linear-form.ts";
import {
  arithmeticProgression,
  elementOfExtension,
  elementOfLiteral,
  foldList,
  isIndexOf,
  largestOfLiteral,
  membership,
  movedMembers,
  sameLiterals,
  sumOfLiteral,
} from "./list-rules.ts";
import type { Condition, Knowledge, Replacement } from "./pattern.ts";

/** Like terms collected, constants added up, a common factor taken out. */
const collected: Replacement = (_, { cannotFail }, e) => shorterSum(e, cannotFail);

/** What is congruent to e modulo the constant m, without inner remainders and multiples of m. */
function withoutMultiples(e: Expression, m: number, known: Knowledge): Expression {
  switch (e.op) {
    case "+":
    case "-":
    case "negate":
      return mapArguments(e, (argument) => withoutMultiples(argument, m, known));
    case "*": {
      const dropped = e.args.some(
        (argument) => argument.op === "integer" && argument.value % m === 0,
      );
      return dropped && known.cannotFail(e)
        ? integer(0)
        : mapArguments(e, (argument) => withoutMultiples(argument, m, known));
    }
    case "%": {
      const [a, b] = e.args;
      const keeps = b.op === "integer" && b.value !== 0 && b.value % m === 0;
      return keeps ? withoutMultiples(a, m, known) : e;
    }
    case "integer":
      return e.value % m === 0 && e.value !== 0 ? integer(0) : e;
    default:
      return e;
  }
}

const remainder: Replacement = ({ a, N }, known) => {
  const { value } = N as IntegerExpression;
  const { min, max } = known.rangeOf(a);
  if (value > 0 ? min >= 0 && max < value : max <= 0 && min > value) {
    return a;
  }
  const shorter = withoutMultiples(a, value, known);
  return shorter === a ? undefined : modulo(shorter, N);
};

/** The argument that is the result always; where the other may fail, no other rule applies. */
const extremum: Replacement = ({ a, b }, { rangeOf, cannotFail }, e) => {
  const aIsSmaller = rangeOf(a).max <= rangeOf(b).min;
  if (!aIsSmaller && rangeOf(b).max > rangeOf(a).min) {
    return undefined;
  }
  const [kept, dropped] = aIsSmaller === (e.op === "min") ? [a, b] : [b, a];
  return cannotFail(dropped) ? kept : e;
};

/** A shorter expression that is 0 exactly where this one is. */
function asCondition(e: Expression): Expression {
  if (e.op === "not" && e.args[0].op === "not") {
    return asCondition(e.args[0].args[0]);
  }
  if (e.op === "negate" || e.op === "abs") {
    return asCondition(e.args[0]);
  }
  if (e.op === "*" && e.args[0].op === "integer" && e.args[0].value !== 0) {
    return asCondition(e.args[1]);
  }
  return e;
}

const shorterConditions: Replacement = (_, __, e) => {
  const shorter = mapArguments(e, asCondition);
  return shorter === e ? undefined : shorter;
};

const shorterCondition: Replacement = ({ a, b, c }) => {
  const shorter = asCondition(c);
  return shorter === c ? undefined : conditional(shorter, a, b);
};

const indexOfA: Condition = ({ a, i }, known) => isIndexOf(i, a, known);

const droppedIndex: Condition = ({ a, M, N }, known) =>
  (M as IntegerExpression).value < 0 === (N as IntegerExpression).value < 0 &&
  isIndexOf(M, a, known);

/** A rule as text; what it cannot say is a function. */
type NamedRule = readonly [
  name: string,
  pattern: string,
  replacement: string | Replacement,
  condition?: Condition,
];

export const rules: readonly NamedRule[] = [
  ["collect-negate", "(negate a)", collected],

  ["abs-negate", "(abs (negate a))", "(abs a)"],
  ["abs-nonnegative", "(abs a:nonnegative)", "a"],
  ["abs-nonpositive", "(abs a:nonpositive)", "(negate a)"],

  ["add-zero", "(+ a 0)", "a"],
  ["collect-add", "(+ a b)", collected],
  ["add-negative", "(+ a N:negative)", "(- a [- 0 N])"],
  ["add-constant-last", "(+ N x)", "(+ x N)"],

  ["subtract-bit", "(- 1 a:bit)", "(not a)"],
  ["subtract-zero", "(- a 0)", "a"],
  ["collect-subtract", "(- a b)", collected],
  ["subtract-negative", "(- a N:negative)", "(+ a [- 0 N])"],

  ["multiply-minus-one", "(* -1 a)", "(negate a)"],
  ["multiply-constant-first", "(* x N)", "(* N x)"],
  ["multiply-negates", "(* (negate a) (negate b))", "(* a b)"],
  ["multiply-same-bit", "(* a:bit a)", "a"],
  ["collect-multiply", "(* a b)", collected],

  ["divide-one", "(// a 1)", "a"],
  ["divide-minus-one", "(// a -1)", "(negate a)"],
  ["divide-multiple", "(// (* N a) N:true)", "a"],
  ["divide-twice", "(// (// a M:positive) N:positive)", "(// a [* M N])"],

  ["remainder-constants", "(% M N:true)", "[% M N]"],
  ["remainder", "(% a N:true)", remainder],

  ["min-same", "(min a a)", "a"],
  ["min-apart", "(min a b)", extremum],
  ["min-constants", "(min (min a M) N)", "(min a [min M N])"],
  ["min-negates", "(min (negate a) (negate b))", "(negate (max a b))"],
  ["min-constant-last", "(min N x)", "(min x N)"],
  ["max-same", "(max a a)", "a"],
  ["max-apart", "(max a b)", extremum],
  ["max-constants", "(max (max a M) N)", "(max a [max M N])"],
  ["max-negates", "(max (negate a) (negate b))", "(negate (min a b))"],
  ["max-constant-last", "(max N x)", "(max x N)"],

  ["equal-same", "(== a! a)", "1"],
  ["equal-difference", "(== (- a b) 0)", "(== a b)"],
  ["equal-zero", "(== a 0)", "(not a)"],
  ["equal-bit", "(== a:bit 1)", "a"],
  ["equal-negates", "(== (negate a) (negate b))", "(== a b)"],
  ["equal-negate", "(== (negate a) N)", "(== a [- 0 N])"],
  ["equal-add", "(== (+ a M) N)", "(== a [- N M])"],
  ["equal-subtract", "(== (- a M) N)", "(== a [+ N M])"],
  ["equal-opposite", "(== (- M a) N)", "(== a [- M N])"],
  ["equal-constant-last", "(== N x)", "(== x N)"],
  ["equal-literals", "(== a b)", sameLiterals],
  ["equal-reverses", "(== (reverse a) (reverse b))", "(== a b)"],

  ["less-same", "(< a! a)", "0"],
  ["less-zero-bit", "(< 0 a:bit)", "a"],
  ["less-bit-one", "(< a:bit 1)", "(not a)"],
  ["less-difference-zero", "(< (- a b) 0)", "(< a b)"],
  ["less-zero-difference", "(< 0 (- a b))", "(< b a)"],
  ["less-negates", "(< (negate a) (negate b))", "(< b a)"],
  ["less-negate", "(< (negate a) N)", "(< [- 0 N] a)"],
  ["less-add", "(< (+ a M) N)", "(< a [- N M])"],
  ["less-subtract", "(< (- a M) N)", "(< a [+ N M])"],
  ["less-opposite", "(< (- M a) N)", "(< [- M N] a)"],
  ["more-negate", "(< N (negate a))", "(< a [- 0 N])"],
  ["more-add", "(< N (+ a M))", "(< [- N M] a)"],
  ["more-subtract", "(< N (- a M))", "(< [+ N M] a)"],
  ["more-opposite", "(< N (- M a))", "(< a [- M N])"],

  ["and-false", "(and a:false! b)", "0"],
  ["and-true-first", "(and a:true! b:bit)", "b"],
  ["and-true-second", "(and a:bit b:true!)", "a"],
  ["and-same", "(and a:bit a)", "a"],
  ["and-nots", "(and (not a) (not b))", "(not (or a b))"],
  ["and-conditions", "(and a b)", shorterConditions],
  ["or-true", "(or a:true! b)", "1"],
  ["or-false-first", "(or a:false! b:bit)", "b"],
  ["or-false-second", "(or a:bit b:false!)", "a"],
  ["or-same", "(or a:bit a)", "a"],
  ["or-nots", "(or (not a) (not b))", "(not (and a b))"],
  ["or-conditions", "(or a b)", shorterConditions],

  ["xor-zero", "(xor a 0)", "a"],
  ["xor-same", "(xor a! a)", "0"],
  ["xor-one", "(xor a:bit 1)", "(not a)"],
  ["xor-not-first", "(xor (not a:bit) b:bit)", "(== a b)"],
  ["xor-not-second", "(xor a:bit (not b:bit))", "(== a b)"],
  ["xor-constants", "(xor (xor a M) N)", "(xor a [xor M N])"],
  ["xor-constant-last", "(xor N x)", "(xor x N)"],

  ["not-not-bit", "(not (not a:bit))", "a"],
  ["not-less", "(not (< a N))", "(< [- N 1] a)"],
  ["not-more", "(not (< N a))", "(< a [+ N 1])"],
  ["not-xor", "(not (xor a b))", "(== a b)"],
  ["not-equal-bits", "(not (== a:bit b:bit))", "(xor a b)"],
  ["not-condition", "(not a)", shorterConditions],

  ["if-true", "(if c:true! a b)", "a"],
  ["if-false", "(if c:false! a b)", "b"],
  ["if-same", "(if c! a a)", "a"],
  ["if-condition", "(if c a b)", shorterCondition],
  ["if-zero-one", "(if c 0 1)", "(not c)"],
  ["if-one-zero-bit", "(if c:bit 1 0)", "c"],
  ["if-one-zero", "(if c 1 0)", "(not (not c))"],
  ["if-not", "(if (not c) a b)", "(if c b a)"],
  ["if-again-then", "(if c (if c a d) b)", "(if c a b)"],
  ["if-again-else", "(if c a (if c d b))", "(if c a b)"],
  ["if-and", "(if c a:bit 0)", "(and c a)"],
  ["if-or", "(if c 1 a:bit)", "(or c a)"],
  ["if-min", "(if (< a b) a b)", "(min a b)"],
  ["if-max", "(if (< a b) b a)", "(max a b)"],
  ["if-negative-abs", "(if (< a 0) (negate a) a)", "(abs a)"],
  ["if-positive-abs", "(if (< 0 a) a (negate a))", "(abs a)"],

  ["fold-shift", "(shift a b)", foldList],
  ["fold-append", "(append a b)", foldList],
  ["fold-reverse", "(reverse a)", foldList],
  ["reverse-reverse", "(reverse (reverse a))", "a"],
  ["reverse-short", "(reverse a:short)", "a"],
  ["fold-add-at", "(add-at a b c)", foldList],
  ["add-at-zero", "(add-at a i! 0)", "a", indexOfA],
  ["add-at-twice", "(add-at (add-at a b c) b d)", "(add-at a b (+ c d))"],

  ["sum-literal", "(sum a)", sumOfLiteral],
  ["sum-reverse", "(sum (reverse a))", "(sum a)"],
  ["sum-add-at", "(sum (add-at a i! b))", "(+ (sum a) b)", indexOfA],

  ["argmax-literal", "(argmax a)", largestOfLiteral],

  ["at-progression", "(at a x)", arithmeticProgression],
  ["at-literal", "(at a N)", elementOfLiteral],
  ["at-reverse", "(at (reverse a) N)", "(at a [- -1 N])"],
  ["at-shift", "(at (shift a b) N)", elementOfExtension],
  ["at-append", "(at (append a b) N)", elementOfExtension],
  ["at-added", "(at (add-at a N b) N)", "(+ (at a N) b)"],
  ["at-not-added", "(at (add-at a M b!) N)", "(at a N)", droppedIndex],

  ["in-reverse", "(in a (reverse b))", "(in a b)"],
  ["in-literal", "(in a b)", membership],
  ["in-negate", "(in (negate a) b)", movedMembers((value) => -value)],
  ["in-add", "(in (+ a M) b)", movedMembers((value, constant) => value - constant)],
  ["in-subtract", "(in (- a M) b)", movedMembers((value, constant) => value + constant)],
  ["in-opposite", "(in (- M a) b)", movedMembers((value, constant) => constant - value)],
];
