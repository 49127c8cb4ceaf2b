// Interval arithmetic over expressions: between which integers a value lies.
//
// Two readings of a program are of use, and they differ in what happens beyond the safe integers:
// "unbounded", where integers have any size and a bound beyond the safe ones is given as infinite,
// and "safe", where a result that is no safe integer ends the run, so that all others are bounded.

import { floorDivideNumbers } from "./arithmetic.ts";
import type { Expression, OperatorExpression } from "./expression.ts";
import type { Program } from "./program.ts";

/** All integers from min to max, both included. A bound is a safe integer or infinite. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

/** What is known about the values that an expression reads. */
export interface RangeEnvironment {
  readonly arithmetic: "unbounded" | "safe";
  /** Every input lies here. */
  readonly input: Range;
  /** By name; variables that are absent can have any value. */
  readonly state: ReadonlyMap<string, Range>;
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

/** Whether the integer lies in the range. */
export function contains(range: Range, value: number): boolean {
  return range.min <= value && value <= range.max;
}

function single(value: number): Range {
  return { min: value, max: value };
}

/** The smallest range that contains both. */
function join(a: Range, b: Range): Range {
  return { min: Math.min(a.min, b.min), max: Math.max(a.max, b.max) };
}

function truth(canBeFalse: boolean, canBeTrue: boolean): Range {
  return { min: canBeFalse ? 0 : 1, max: canBeTrue ? 1 : 0 };
}

/** 0 and infinity give 0: the bound is reached by the 0 only. */
function productBound(a: number, b: number): number {
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

/** The range of an operator's result, not yet cut to what the arithmetic allows. */
function resultRange(op: OperatorExpression["op"], ranges: readonly Range[]): Range {
  const [a, b, c] = ranges;
  switch (op) {
    case "negate":
      return { min: -a.max, max: -a.min };
    case "abs":
      return {
        min: contains(a, 0) ? 0 : Math.min(Math.abs(a.min), Math.abs(a.max)),
        max: Math.max(Math.abs(a.min), Math.abs(a.max)),
      };
    case "not":
      return truth(a.min < 0 || a.max > 0, contains(a, 0));
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
      return truth(contains(a, 0) || contains(b, 0), isTrue(a) && isTrue(b));
    case "or":
      return truth(contains(a, 0) && contains(b, 0), isTrue(a) || isTrue(b));
    case "xor":
      return xorRange(a, b);
    case "if":
      return !contains(a, 0) ? b : isTrue(a) ? join(b, c) : c;
    default:
      return op satisfies never;
  }
}

/** Whether some integer of the range counts as true. */
function isTrue(range: Range): boolean {
  return range.min !== 0 || range.max !== 0;
}

/**
 * A finite bound beyond the safe integers has been rounded, so outwards it is as good as none; the
 * largest safe integer is what remains of it inwards.
 */
function cut(range: Range, arithmetic: RangeEnvironment["arithmetic"]): Range {
  const largest = Number.MAX_SAFE_INTEGER;
  const beyond = arithmetic === "safe" ? largest : Infinity;
  const { min, max } = range;
  return {
    min: min < -largest ? -beyond : Math.min(min, largest) + 0,
    max: max > largest ? beyond : Math.max(max, -largest) + 0,
  };
}

/**
 * A function that tells between which integers the value of an expression lies, when it has one. It
 * remembers its answers for as long as the expressions live.
 */
export function rangeReader(environment: RangeEnvironment): (e: Expression) => Range {
  const known = new WeakMap<Expression, Range>();
  const { arithmetic, input, state } = environment;
  const compute = (e: Expression): Range => {
    switch (e.op) {
      case "integer":
        return single(e.value);
      case "input":
        return input;
      case "state":
        return state.get(e.name) ?? everything;
      default:
        return resultRange(e.op, e.args.map(rangeOf));
    }
  };
  const rangeOf = (e: Expression): Range => {
    let range = known.get(e);
    if (range === undefined) {
      range = cut(compute(e), arithmetic);
      known.set(e, range);
    }
    return range;
  };
  return rangeOf;
}

/** Between which integers the value of an expression lies, when it has one. */
export function expressionRange(e: Expression, environment: RangeEnvironment): Range {
  return rangeReader(environment)(e);
}

/**
 * Whether the expression's own operator can give a result that is not a safe integer, with
 * arguments in the ranges that `rangeOf` tells.
 */
export function canLeaveSafeIntegers(e: Expression, rangeOf: (e: Expression) => Range): boolean {
  return "args" in e && !isWithin(resultRange(e.op, e.args.map(rangeOf)), safeIntegers);
}

/** One round: what the start values and the updates give, with the state in the given ranges. */
function nextRanges(program: Program, environment: RangeEnvironment): Map<string, Range> {
  const next = new Map(program.state.map(({ name, initial }) => [name, single(initial)]));
  const rangeOf = rangeReader(environment);
  for (const { target, value } of program.updates) {
    next.set(target, join(next.get(target)!, rangeOf(value)));
  }
  return next;
}

/**
 * Between which integers the state variables lie, at all times and on all sequences of inputs in
 * `input`: the environment in which to take the ranges of the program's expressions. Found by
 * iteration from the start values; bounds that keep moving are given up, then improved again by two
 * rounds from above (widening and narrowing of abstract interpretation).
 */
export function programRanges(
  program: Program,
  options: { readonly arithmetic: "unbounded" | "safe"; readonly input: Range },
): RangeEnvironment {
  const { arithmetic, input } = options;
  let state = new Map(program.state.map(({ name, initial }) => [name, single(initial)]));
  // A value passes from variable to variable once a round; only what moves longer is given up.
  const patience = program.state.length + 4;
  for (let round = 0, moving = true; moving; round++) {
    moving = false;
    const next = nextRanges(program, { arithmetic, input, state });
    for (const [name, old] of state) {
      let { min, max } = join(old, next.get(name)!);
      if (min < old.min || max > old.max) {
        moving = true;
        if (round >= patience) {
          min = min < old.min ? -Infinity : min;
          max = max > old.max ? Infinity : max;
        }
      }
      next.set(name, cut({ min, max }, arithmetic));
    }
    state = next;
  }
  for (let round = 0; round < 2; round++) {
    state = nextRanges(program, { arithmetic, input, state });
  }
  return { arithmetic, input, state };
}
