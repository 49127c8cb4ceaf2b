// Interval arithmetic: between which integers the results of the operators on numbers lie.

import type { BinaryOperator, UnaryOperator } from "../expression.ts";
import { floorDivideNumbers } from "../interpreter/arithmetic.ts";

/** An operator of which all arguments are numbers. */
export type NumberOperator = UnaryOperator | BinaryOperator | "if";

/** All integers from min to max, both included. A bound is a safe integer or infinite. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

/** All integers. */
export const everything: Range = { min: -Infinity, max: Infinity };

/** The safe integers. */
export const safeIntegers: Range = { min: -Number.MAX_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER };

/** The integers of 32 bits. */
export const int32: Range = { min: -(2 ** 31), max: 2 ** 31 - 1 };

/** Whether every integer of `inner` is one of `outer`. */
export function isWithin(inner: Range, outer: Range): boolean {
  return inner.min >= outer.min && inner.max <= outer.max;
}

/** Whether a value of that range may be the integer. */
export function mayBe(range: Range, value: number): boolean {
  return range.min <= value && value <= range.max;
}

/** The range of one integer. */
export function single(value: number): Range {
  return { min: value, max: value };
}

/** The smallest range that contains both. */
export function join(a: Range, b: Range): Range {
  return { min: Math.min(a.min, b.min), max: Math.max(a.max, b.max) };
}

/** The range of something that is 0 or 1. */
export function truth(canBeFalse: boolean, canBeTrue: boolean): Range {
  return { min: canBeFalse ? 0 : 1, max: canBeTrue ? 1 : 0 };
}

/** 0 and infinity give 0: the bound is reached by the 0 only. */
export function productBound(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : a * b;
}

function quotientBound(a: number, b: number): number {
  if (Math.abs(b) === Infinity) {
    return a === 0 || a < 0 === b < 0 ? 0 : -1;
  }
  return floorDivideNumbers(a, b);
}

function hull(values: readonly number[]): Range {
  return { min: Math.min(...values), max: Math.max(...values) };
}

/** The divisors below and above 0. */
function divisorRanges(b: Range): Range[] {
  return [
    { min: b.min, max: Math.min(b.max, -1) },
    { min: Math.max(b.min, 1), max: b.max },
  ].filter(({ min, max }) => min <= max);
}

function quotientRange(a: Range, b: Range): Range {
  const parts = divisorRanges(b).map((divisor) =>
    hull([
      quotientBound(a.min, divisor.min),
      quotientBound(a.min, divisor.max),
      quotientBound(a.max, divisor.min),
      quotientBound(a.max, divisor.max),
    ]),
  );
  return parts.length === 0 ? everything : parts.reduce(join);
}

function remainderRange(a: Range, b: Range): Range {
  const parts = divisorRanges(b).map((divisor) => {
    if (divisor.max < 0) {
      const smallest = a.max <= 0 ? Math.max(a.min, divisor.min + 1) : divisor.min + 1;
      return a.max <= 0 && a.min > divisor.max ? a : { min: smallest, max: 0 };
    }
    const largest = a.min >= 0 ? Math.min(a.max, divisor.max - 1) : divisor.max - 1;
    return a.min >= 0 && a.max < divisor.min ? a : { min: 0, max: largest };
  });
  return parts.length === 0 ? everything : parts.reduce(join);
}

/** All that the bits of the bounds can spell. */
function xorRange(a: Range, b: Range): Range {
  if (a.min === a.max && b.min === b.max && isWithin(join(a, b), safeIntegers)) {
    return single(Number(BigInt(a.min) ^ BigInt(b.min)));
  }
  const { min, max } = join(a, b);
  let power = 1;
  // Beyond the safe integers no bound is kept, so a power of 2 that is one will do for all.
  while (power < 2 ** 54 && (power <= max || -power > min)) {
    power *= 2;
  }
  return { min: min < 0 ? -power : 0, max: power - 1 };
}

/** The range of the result of an operator on numbers. A bound is not yet cut to a safe integer. */
export function resultRange(op: NumberOperator, ranges: readonly Range[]): Range {
  const [a, b, c] = ranges;
  switch (op) {
    case "negate":
      return { min: -a.max, max: -a.min };
    case "abs":
      return {
        min: mayBe(a, 0) ? 0 : Math.min(Math.abs(a.min), Math.abs(a.max)),
        max: Math.max(Math.abs(a.min), Math.abs(a.max)),
      };
    case "not":
      return truth(a.min < 0 || a.max > 0, mayBe(a, 0));
    case "+":
      return { min: a.min + b.min, max: a.max + b.max };
    case "-":
      return { min: a.min - b.max, max: a.max - b.min };
    case "*":
      return hull([
        productBound(a.min, b.min),
        productBound(a.min, b.max),
        productBound(a.max, b.min),
        productBound(a.max, b.max),
      ]);
    case "//":
      return quotientRange(a, b);
    case "%":
      return remainderRange(a, b);
    case "min":
      return { min: Math.min(a.min, b.min), max: Math.min(a.max, b.max) };
    case "max":
      return { min: Math.max(a.min, b.min), max: Math.max(a.max, b.max) };
    case "==":
      return truth(
        a.min < a.max || b.min < b.max || a.min !== b.min,
        a.min <= b.max && b.min <= a.max,
      );
    case "<":
      return truth(a.max >= b.min, a.min < b.max);
    case "and":
      return truth(mayBe(a, 0) || mayBe(b, 0), mayBeTrue(a) && mayBeTrue(b));
    case "or":
      return truth(mayBe(a, 0) && mayBe(b, 0), mayBeTrue(a) || mayBeTrue(b));
    case "xor":
      return xorRange(a, b);
    case "if":
      return !mayBe(a, 0) ? b : mayBeTrue(a) ? join(b, c) : c;
    default:
      return op satisfies never;
  }
}

/** Whether some integer of the range counts as true. */
function mayBeTrue(range: Range): boolean {
  return range.min !== 0 || range.max !== 0;
}
