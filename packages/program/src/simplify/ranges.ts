// Between which integers the values of expressions lie, lists with all their numbers.
//
// Two readings of a program are of use, and they differ in what happens beyond the safe integers:
// "unbounded", where integers have any size and a bound beyond the safe ones is given as infinite,
// and "safe", where a result that is no safe integer ends the run, so that all others are bounded.

import type { Expression, OperatorExpression } from "../expression.ts";
import { kindOf } from "../expression.ts";
import type { Program } from "../program.ts";
import type { NumberOperator, Range } from "./intervals.ts";
import { everything, isWithin, join, resultRange, safeIntegers, single } from "./intervals.ts";
import {
  anyLength,
  emptyRange,
  isEmpty,
  lengthRange,
  listEqualityRange,
  listResultRange,
  rangeOfNumbers,
} from "./list-ranges.ts";

/** What is known about the values that an expression reads. */
export interface RangeEnvironment {
  readonly arithmetic: "unbounded" | "safe";
  /** Every input lies here. */
  readonly input: Range;
  /**
   * By name; variables that are absent can have any value. Of a list, all numbers in it; a range
   * whose min is above its max says that it is always empty.
   */
  readonly state: ReadonlyMap<string, Range>;
  /** The lengths of the state variables that are lists, by name: all of them, if there are any. */
  readonly lengths?: ReadonlyMap<string, Range>;
}

/**
 * A finite bound beyond the safe integers has been rounded, so outwards it is as good as none; the
 * largest safe integer is what remains of it inwards.
 */
function cut(range: Range, arithmetic: RangeEnvironment["arithmetic"]): Range {
  const largest = Number.MAX_SAFE_INTEGER;
  const beyond = arithmetic === "safe" ? largest : Infinity;
  const { min, max } = range;
  if (isEmpty(range)) {
    return emptyRange;
  }
  return {
    min: min < -largest ? -beyond : Math.min(min, largest) + 0,
    max: max > largest ? beyond : Math.max(max, -largest) + 0,
  };
}

/** The operator's own result, with arguments in the ranges that the functions tell. */
function operatorRange(
  e: OperatorExpression,
  rangeOf: (e: Expression) => Range,
  lengthOf: (e: Expression) => Range,
  lists: ReadonlySet<string>,
): Range {
  switch (e.op) {
    case "shift":
    case "append":
    case "add-at":
    case "reverse":
    case "sum":
    case "at":
    case "argmax":
    case "in":
      return listResultRange(e, rangeOf, lengthOf);
    case "==":
      if (kindOf(e.args[0], lists) === "list") {
        return listEqualityRange(e.args, rangeOf, lengthOf);
      }
  }
  return resultRange(e.op as NumberOperator, e.args.map(rangeOf));
}

/**
 * A function that tells between which integers the length of a list expression lies, when it has a
 * value. It remembers nothing: a list's length takes a few steps only.
 */
export function lengthReader(
  environment: Pick<RangeEnvironment, "lengths">,
): (e: Expression) => Range {
  const lengths = environment.lengths ?? new Map<string, Range>();
  return (e) => lengthRange(e, lengths);
}

/**
 * A function that tells between which integers the value of an expression lies, when it has one; of
 * a list, all its numbers. It remembers its answers for as long as the expressions live.
 */
export function rangeReader(environment: RangeEnvironment): (e: Expression) => Range {
  const known = new WeakMap<Expression, Range>();
  const { arithmetic, input, state } = environment;
  const lengthOf = lengthReader(environment);
  const lists = new Set(environment.lengths?.keys());
  const rangeOf = (e: Expression): Range => {
    switch (e.op) {
      case "integer":
        return single(e.value + 0);
      case "list":
        return cut(rangeOfNumbers(e.values), arithmetic);
      case "input":
        return cut(input, arithmetic);
      case "state":
        return cut(state.get(e.name) ?? everything, arithmetic);
    }
    let range = known.get(e);
    if (range === undefined) {
      range = cut(operatorRange(e, rangeOf, lengthOf, lists), arithmetic);
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
 * Whether the expression's own operator can give a result that is not a safe integer, or a list
 * with one, with arguments in the ranges that `rangeOf` tells, and lists of the lengths that
 * `lengthOf` tells (any, if absent).
 */
export function canLeaveSafeIntegers(
  e: Expression,
  rangeOf: (e: Expression) => Range,
  lengthOf: (e: Expression) => Range = () => anyLength,
): boolean {
  switch (e.op) {
    case "integer":
    case "list":
    case "input":
    case "state":
    case "==":
      return false;
    default: {
      const range = operatorRange(e, rangeOf, lengthOf, new Set());
      return !isEmpty(range) && !isWithin(range, safeIntegers);
    }
  }
}

/** Ranges of the state variables, and lengths of those that are lists. */
interface StateRanges {
  readonly state: Map<string, Range>;
  readonly lengths: Map<string, Range>;
}

function startRanges(program: Program): StateRanges {
  const ranges: StateRanges = { state: new Map(), lengths: new Map() };
  for (const { name, initial } of program.state) {
    if (typeof initial === "number") {
      ranges.state.set(name, single(initial));
    } else {
      ranges.state.set(name, rangeOfNumbers(initial));
      ranges.lengths.set(name, single(initial.length));
    }
  }
  return ranges;
}

/** One round: what the start values and the updates give, with the state in the given ranges. */
function nextRanges(program: Program, environment: RangeEnvironment): StateRanges {
  const next = startRanges(program);
  const rangeOf = rangeReader(environment);
  const lengthOf = lengthReader(environment);
  for (const { target, value } of program.updates) {
    next.state.set(target, join(next.state.get(target)!, rangeOf(value)));
    const length = next.lengths.get(target);
    if (length !== undefined) {
      next.lengths.set(target, join(length, lengthOf(value)));
    }
  }
  return next;
}

/** Joins `old` into `next`; gives up bounds that move, if so told. Returns whether any moved. */
function widen(
  old: ReadonlyMap<string, Range>,
  next: Map<string, Range>,
  giveUp: boolean,
  cutRange: (range: Range) => Range,
): boolean {
  let moving = false;
  for (const [name, before] of old) {
    let { min, max } = join(before, next.get(name)!);
    if (min < before.min || max > before.max) {
      moving = true;
      if (giveUp) {
        min = min < before.min ? -Infinity : min;
        max = max > before.max ? Infinity : max;
      }
    }
    next.set(name, cutRange({ min, max }));
  }
  return moving;
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
  let ranges = startRanges(program);
  // A value passes from variable to variable once a round; only what moves longer is given up.
  const patience = program.state.length + 4;
  for (let round = 0, moving = true; moving; round++) {
    const next = nextRanges(program, { arithmetic, input, ...ranges });
    const giveUp = round >= patience;
    const values = widen(ranges.state, next.state, giveUp, (range) => cut(range, arithmetic));
    const lengths = widen(ranges.lengths, next.lengths, giveUp, (range) => range);
    moving = values || lengths;
    ranges = next;
  }
  for (let round = 0; round < 2; round++) {
    ranges = nextRanges(program, { arithmetic, input, ...ranges });
  }
  return { arithmetic, input, ...ranges };
}
