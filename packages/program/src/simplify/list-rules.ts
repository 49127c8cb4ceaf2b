// What the rules for lists compute of literal lists and constant indices.

import type { Expression, IntegerExpression } from "../expression.ts";
import {
  add,
  at,
  contains,
  countNodes,
  equal,
  integer,
  listOf,
  multiply,
  sameNumbers,
} from "../expression.ts";
import { isWithin, mayBe } from "./intervals.ts";
import { shorterSum } from "./linear-form.ts";
import { rangeOfNumbers } from "./list-ranges.ts";
import type { Knowledge, Replacement } from "./pattern.ts";
import { safeInteger } from "./pattern.ts";

/** The constant as an index of a list of that length, or nothing when there is no such place. */
function placeOf(e: Expression, length: number): number | undefined {
  if (e.op !== "integer") {
    return undefined;
  }
  const i = e.value < 0 ? e.value + length : e.value;
  return i >= 0 && i < length ? i : undefined;
}

/** Whether the expression is an index that every list that `list` can be has. */
export function isIndexOf(e: Expression, list: Expression, known: Knowledge): boolean {
  const least = known.lengthOf(list).min;
  return isWithin(known.rangeOf(e), { min: -least, max: least - 1 });
}

/** The literal list that an operator on a literal and constants makes. */
export const foldList: Replacement = ({ a, b, c }, _, e) => {
  if (a.op !== "list") {
    return undefined;
  }
  if (e.op === "reverse") {
    return listOf(a.values.toReversed());
  }
  if (e.op !== "add-at") {
    const kept = e.op === "shift" ? a.values.slice(1) : a.values;
    return b.op === "integer" ? listOf([...kept, b.value]) : undefined;
  }
  const i = placeOf(b, a.values.length);
  const total = i === undefined || c.op !== "integer" ? Number.NaN : a.values[i] + c.value;
  return Number.isSafeInteger(total) ? listOf(a.values.with(i!, total)) : undefined;
};

export const sumOfLiteral: Replacement = ({ a }) =>
  a.op === "list"
    ? safeInteger(a.values.reduce((total, value) => total + BigInt(value), 0n))
    : undefined;

export const largestOfLiteral: Replacement = ({ a }) =>
  a.op === "list" ? integer(a.values.indexOf(rangeOfNumbers(a.values).max)) : undefined;

export const elementOfLiteral: Replacement = ({ a, N }) => {
  const i = a.op === "list" ? placeOf(N, a.values.length) : undefined;
  return a.op === "list" && i !== undefined ? integer(a.values[i]) : undefined;
};

/** A number at a constant index behind `shift` or `append`, taken from where that took it. */
export const elementOfExtension: Replacement = ({ a, b, N }, known, e) => {
  const extension = (e as ReturnType<typeof at>).args[0];
  const index = (N as IntegerExpression).value;
  if (index === -1) {
    return known.cannotFail(extension) ? b : undefined;
  }
  const least = known.lengthOf(a).min;
  const moved = extension.op === "shift" || index < 0 ? index + 1 : index;
  const exists = index >= 0 ? moved < least : extension.op === "append" || -index <= least;
  return exists && known.cannotFail(b) ? at(a, integer(moved)) : undefined;
};

/** `at` of a literal whose numbers grow by equal steps, for an index that is never out of range. */
export const arithmeticProgression: Replacement = ({ a: list, x: index }, known, e) => {
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
};

/** Membership of an expression apart from an added constant M or a sign, in the changed list. */
export function movedMembers(change: (value: number, constant: number) => number): Replacement {
  return ({ a, b: list, M }) => {
    const constant = M?.op === "integer" ? M.value : 0;
    const values = list.op === "list" ? list.values.map((value) => change(value, constant)) : [];
    return values.length > 0 && values.every(Number.isSafeInteger)
      ? contains(a, listOf(values))
      : undefined;
  };
}

/** Members each once, in order, without those that the value never is; constants decided. */
export const membership: Replacement = ({ a, b: list }, known, e) => {
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
    return e;
  }
  if (range.max - range.min + 1 === values.length && known.cannotFail(a)) {
    return integer(1);
  }
  if (values.length === 1) {
    return equal(a, integer(values[0]));
  }
  return sameNumbers(values, list.values) ? undefined : contains(a, listOf(values));
};

/** `==` of two literal lists, and a literal after what it is compared with. */
export const sameLiterals: Replacement = ({ a, b }) => {
  if (a.op !== "list") {
    return undefined;
  }
  return b.op === "list" ? integer(sameNumbers(a.values, b.values) ? 1 : 0) : equal(b, a);
};
