// Rules for lists, under the terms of rule.ts. Lists have no affine gauge: nothing here changes
// what numbers a state variable holds.

import type {
  AtExpression,
  BinaryExpression,
  Expression,
  InExpression,
  ListReductionExpression,
} from "../expression.ts";
import {
  add,
  addAt,
  at,
  contains,
  countNodes,
  equal,
  integer,
  listOf,
  multiply,
  sameExpression,
  sameNumbers,
  sum,
} from "../expression.ts";
import { isWithin, mayBe } from "./intervals.ts";
import { shorterSum } from "./linear-form.ts";
import { rangeOfNumbers } from "./list-ranges.ts";
import type { Knowledge, Rule } from "./rule.ts";
import { isInteger, safeInteger } from "./rule.ts";

/** The constant as an index of a list of that length, or nothing when there is no such place. */
function placeOf(e: Expression, length: number): number | undefined {
  if (e.op !== "integer") {
    return undefined;
  }
  const i = e.value < 0 ? e.value + length : e.value;
  return i >= 0 && i < length ? i : undefined;
}

/** Whether the expression is an index that every list that `list` can be has. */
function isIndexOf(e: Expression, list: Expression, known: Knowledge): boolean {
  const least = known.lengthOf(list).min;
  return isWithin(known.rangeOf(e), { min: -least, max: least - 1 });
}

/** The literal list that operators on literals and constants make. */
function foldList(e: Expression): Expression | undefined {
  if (!("args" in e) || e.args[0].op !== "list") {
    return undefined;
  }
  const { values } = e.args[0];
  switch (e.op) {
    case "reverse":
      return listOf(values.toReversed());
    case "shift":
    case "append": {
      const last = e.args[1];
      const kept = e.op === "shift" ? values.slice(1) : values;
      return last.op === "integer" ? listOf([...kept, last.value]) : undefined;
    }
    case "add-at": {
      const i = placeOf(e.args[1], values.length);
      const added = e.args[2];
      if (i === undefined || added.op !== "integer") {
        return undefined;
      }
      const total = values[i] + added.value;
      return Number.isSafeInteger(total) ? listOf(values.with(i, total)) : undefined;
    }
    default:
      return undefined;
  }
}

/** A simpler list of the same value, or nothing when no rule applies to the node itself. */
export function rewriteList(e: Expression, known: Knowledge): Expression | undefined {
  if (e.op === "list") {
    return undefined;
  }
  const { min, max } = known.rangeOf(e);
  const length = known.lengthOf(e);
  if (min === max && length.min === 1 && length.max === 1 && known.cannotFail(e)) {
    return listOf([min]);
  }
  const folded = foldList(e);
  if (folded !== undefined) {
    return folded;
  }
  if (e.op === "reverse") {
    const [a] = e.args;
    return a.op === "reverse" ? a.args[0] : known.lengthOf(a).max <= 1 ? a : undefined;
  }
  if (e.op === "add-at") {
    const [a, index, added] = e.args;
    if (isInteger(added, 0) && isIndexOf(index, a, known) && known.cannotFail(index)) {
      return a;
    }
    if (a.op === "add-at" && sameExpression(a.args[1], index)) {
      return addAt(a.args[0], index, add(a.args[2], added));
    }
  }
  return undefined;
}

export const listSum: Rule<ListReductionExpression> = (e, known) => {
  const [a] = e.args;
  if (a.op === "list") {
    return safeInteger(a.values.reduce((total, value) => total + BigInt(value), 0n));
  }
  if (a.op === "reverse") {
    return sum(a.args[0]);
  }
  if (a.op === "add-at" && isIndexOf(a.args[1], a.args[0], known) && known.cannotFail(a.args[1])) {
    return add(sum(a.args[0]), a.args[2]);
  }
  return undefined;
};

export const largest: Rule<ListReductionExpression> = ({ args: [a] }) =>
  a.op === "list" ? integer(a.values.indexOf(rangeOfNumbers(a.values).max)) : undefined;

/**
 * A number at a constant index of a list that an operator has made, taken from where that took it.
 */
function elementOfResult(a: Expression, index: number, known: Knowledge): Expression | undefined {
  switch (a.op) {
    case "reverse": {
      const opposite = safeInteger(-1 - index);
      return opposite && at(a.args[0], opposite);
    }
    case "shift":
    case "append": {
      const [list, last] = a.args;
      const least = known.lengthOf(list).min;
      const moved = a.op === "shift" || index < 0 ? index + 1 : index;
      if (index === -1) {
        return known.cannotFail(a) ? last : undefined;
      }
      const exists = index >= 0 ? moved < least : a.op === "append" || -index <= least;
      return exists && known.cannotFail(last) ? at(list, integer(moved)) : undefined;
    }
    case "add-at": {
      const [list, changed, added] = a.args;
      if (changed.op !== "integer" || changed.value < 0 !== index < 0) {
        return undefined;
      }
      if (changed.value === index) {
        return add(at(list, integer(index)), added);
      }
      const canDrop = isIndexOf(changed, list, known) && known.cannotFail(added);
      return canDrop ? at(list, integer(index)) : undefined;
    }
    default:
      return undefined;
  }
}

/** `at` of a literal whose numbers grow by equal steps, for an index that is never out of range. */
function arithmeticProgression(e: AtExpression, known: Knowledge): Expression | undefined {
  const [list, index] = e.args;
  if (list.op !== "list" || list.values.length < 2) {
    return undefined;
  }
  const { values } = list;
  const step = values[1] - values[0];
  const inRange = isWithin(known.rangeOf(index), { min: 0, max: values.length - 1 });
  const grows = values.every((value, i) => i === 0 || value - values[i - 1] === step);
  if (!inRange || !grows || !Number.isSafeInteger(step)) {
    return undefined;
  }
  const affine = add(multiply(integer(step), index), integer(values[0]));
  const shorter = shorterSum(affine, known.cannotFail) ?? affine;
  return countNodes(shorter) < countNodes(e) ? shorter : undefined;
}

export const element: Rule<AtExpression> = (e, known) => {
  const [list, index] = e.args;
  if (index.op !== "integer") {
    return arithmeticProgression(e, known);
  }
  if (list.op === "list") {
    const i = placeOf(index, list.values.length);
    return i === undefined ? undefined : integer(list.values[i]);
  }
  return elementOfResult(list, index.value, known);
};

/** `e in values` where e is another expression apart from an added constant or a sign. */
function shiftedMembership(e: Expression, values: readonly number[]): InExpression | undefined {
  let of: Expression;
  let change: (value: number) => number;
  if (e.op === "negate") {
    of = e.args[0];
    change = (value) => -value;
  } else if ((e.op === "+" || e.op === "-") && e.args[1].op === "integer") {
    const constant = e.op === "+" ? e.args[1].value : -e.args[1].value;
    of = e.args[0];
    change = (value) => value - constant;
  } else if (e.op === "-" && e.args[0].op === "integer") {
    const constant = e.args[0].value;
    of = e.args[1];
    change = (value) => constant - value;
  } else {
    return undefined;
  }
  const changed = values.map(change);
  return changed.every(Number.isSafeInteger) ? contains(of, listOf(changed)) : undefined;
}

/** Members each once, in order, without those that the value never is; constants decided. */
export const membership: Rule<InExpression> = (e, known) => {
  const [a, list] = e.args;
  if (list.op === "reverse") {
    return contains(a, list.args[0]);
  }
  if (list.op !== "list") {
    return undefined;
  }
  if (a.op === "integer") {
    return integer(list.values.includes(a.value) ? 1 : 0);
  }
  const range = known.rangeOf(a);
  const possible = new Set(list.values.filter((value) => mayBe(range, value)));
  const values = [...possible].sort((p, q) => p - q);
  if (values.length === 0) {
    // The range of the whole is 0 to 0; it stays for what may fail in it.
    return undefined;
  }
  if (range.max - range.min + 1 === values.length && known.cannotFail(a)) {
    return integer(1);
  }
  if (values.length === 1) {
    return equal(a, integer(values[0]));
  }
  if (!sameNumbers(values, list.values)) {
    return contains(a, listOf(values));
  }
  return shiftedMembership(a, values);
};

/** `==` of lists. */
export const listEquality: Rule<BinaryExpression> = (e, known) => {
  const [a, b] = e.args;
  if (a.op === "list" && b.op === "list") {
    return integer(sameNumbers(a.values, b.values) ? 1 : 0);
  }
  if (sameExpression(a, b) && known.cannotFail(a)) {
    return integer(1);
  }
  if (a.op === "reverse" && b.op === "reverse") {
    return equal(a.args[0], b.args[0]);
  }
  return a.op === "list" ? equal(b, a) : undefined;
};
