// Rules for + - * // % min max, under the terms of rule.ts.

import type { BinaryExpression, Expression } from "../expression.ts";
import {
  binary,
  floorDivide,
  integer,
  mapArguments,
  maximum,
  minimum,
  modulo,
  multiply,
  negate,
  not,
  sameExpression,
} from "../expression.ts";
import { floorDivideBigInts, moduloBigInts } from "../interpreter/arithmetic.ts";
import { shorterSum } from "./linear-form.ts";
import type { Knowledge, Rule } from "./rule.ts";
import { constantLast, isBoolean, isInteger, safeInteger } from "./rule.ts";

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

export const sum: Rule<BinaryExpression> = (e, { cannotFail }) => {
  const [a, b] = e.args;
  if (isInteger(b, 0)) {
    return a;
  }
  const shorter = shorterSum(e, cannotFail);
  if (shorter !== undefined) {
    return shorter;
  }
  if (b.op === "integer" && b.value < 0) {
    return binary(e.op === "+" ? "-" : "+", a, integer(-b.value));
  }
  return e.op === "+" ? constantLast(e) : undefined;
};

export const difference: Rule<BinaryExpression> = (e, known) => {
  const [a, b] = e.args;
  return isInteger(a, 1) && isBoolean(b, known) ? not(b) : sum(e, known);
};

export const product: Rule<BinaryExpression> = (e, known) => {
  const [a, b] = e.args;
  if (isInteger(a, -1)) {
    return negate(b);
  }
  if (b.op === "integer" && a.op !== "integer") {
    return multiply(b, a);
  }
  if (a.op === "negate" && b.op === "negate") {
    return multiply(a.args[0], b.args[0]);
  }
  if (sameExpression(a, b) && isBoolean(a, known)) {
    return a;
  }
  return shorterSum(e, known.cannotFail);
};

export const quotient: Rule<BinaryExpression> = (e) => {
  const [a, b] = e.args;
  if (b.op !== "integer" || b.value === 0) {
    return undefined;
  }
  if (b.value === 1) {
    return a;
  }
  if (b.value === -1) {
    return negate(a);
  }
  if (a.op === "*" && isInteger(a.args[0], b.value)) {
    return a.args[1];
  }
  if (a.op === "//" && a.args[1].op === "integer" && a.args[1].value > 0 && b.value > 0) {
    const divisor = safeInteger(BigInt(a.args[1].value) * BigInt(b.value));
    return divisor === undefined ? undefined : floorDivide(a.args[0], divisor);
  }
  return undefined;
};

export const remainder: Rule<BinaryExpression> = (e, known) => {
  const [a, b] = e.args;
  if (b.op !== "integer" || b.value === 0) {
    return undefined;
  }
  const { min, max } = known.rangeOf(a);
  if (b.value > 0 ? min >= 0 && max < b.value : max <= 0 && min > b.value) {
    return a;
  }
  const shorter = withoutMultiples(a, b.value, known);
  return shorter === a ? undefined : modulo(shorter, b);
};

export const extremum: Rule<BinaryExpression> = (e, { rangeOf, cannotFail }) => {
  const [a, b] = e.args;
  if (sameExpression(a, b)) {
    return a;
  }
  const aIsSmaller = rangeOf(a).max <= rangeOf(b).min;
  if (aIsSmaller || rangeOf(b).max <= rangeOf(a).min) {
    const [kept, dropped] = aIsSmaller === (e.op === "min") ? [a, b] : [b, a];
    return cannotFail(dropped) ? kept : undefined;
  }
  if (a.op === e.op && b.op === "integer" && a.args[1].op === "integer") {
    const choose = e.op === "min" ? Math.min : Math.max;
    return binary(e.op, a.args[0], integer(choose(a.args[1].value, b.value)));
  }
  if (a.op === "negate" && b.op === "negate") {
    const opposite = e.op === "min" ? maximum : minimum;
    return negate(opposite(a.args[0], b.args[0]));
  }
  return constantLast(e);
};

const folds: { readonly [op in BinaryExpression["op"]]?: (a: bigint, b: bigint) => bigint } = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "//": floorDivideBigInts,
  "%": moduloBigInts,
  xor: (a, b) => a ^ b,
};

/** Arithmetic on constants. Those of truth and order are settled by their ranges. */
export function foldConstants(e: BinaryExpression): Expression | undefined {
  const [a, b] = e.args;
  const fold = folds[e.op];
  if (fold === undefined || a.op !== "integer" || b.op !== "integer") {
    return undefined;
  }
  if ((e.op === "//" || e.op === "%") && b.value === 0) {
    return undefined;
  }
  return safeInteger(fold(BigInt(a.value), BigInt(b.value)));
}
