// Rules for == < and or not xor if, under the terms of rule.ts.

import type { BinaryExpression, ConditionalExpression, Expression } from "../expression.ts";
import {
  absolute,
  and,
  conditional,
  equal,
  integer,
  less,
  mapArguments,
  maximum,
  minimum,
  not,
  or,
  sameExpression,
  xor,
} from "../expression.ts";
import { mayBe } from "./intervals.ts";
import type { Rule } from "./rule.ts";
import { constantLast, isBoolean, isInteger, safeInteger } from "./rule.ts";

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

/** For a comparison of e with the constant: what e is apart from an added constant or a sign. */
function comparedWith(
  e: Expression,
  constant: number,
):
  | { readonly e: Expression; readonly constant: Expression; readonly flipped: boolean }
  | undefined {
  let result: [Expression, number, boolean] | undefined;
  if (e.op === "negate") {
    result = [e.args[0], -constant, true];
  } else if (e.op === "+" || e.op === "-") {
    const [a, b] = e.args;
    if (b.op === "integer") {
      result = [a, e.op === "+" ? constant - b.value : constant + b.value, false];
    } else if (a.op === "integer") {
      result = e.op === "+" ? [b, constant - a.value, false] : [b, a.value - constant, true];
    }
  }
  const moved = result && safeInteger(result[1]);
  return result && moved && { e: result[0], constant: moved, flipped: result[2] };
}

export const equality: Rule<BinaryExpression> = (e, known) => {
  const [a, b] = e.args;
  if (sameExpression(a, b) && known.cannotFail(a)) {
    return integer(1);
  }
  if (isInteger(b, 0)) {
    return a.op === "-" ? equal(a.args[0], a.args[1]) : not(a);
  }
  if (isInteger(b, 1) && isBoolean(a, known)) {
    return a;
  }
  if (a.op === "negate" && b.op === "negate") {
    return equal(a.args[0], b.args[0]);
  }
  const compared = b.op === "integer" ? comparedWith(a, b.value) : undefined;
  return compared ? equal(compared.e, compared.constant) : constantLast(e);
};

export const order: Rule<BinaryExpression> = (e, known) => {
  const [a, b] = e.args;
  if (sameExpression(a, b) && known.cannotFail(a)) {
    return integer(0);
  }
  if (isInteger(a, 0) && isBoolean(b, known)) {
    return b;
  }
  if (isInteger(b, 1) && isBoolean(a, known)) {
    return not(a);
  }
  if (isInteger(b, 0) && a.op === "-") {
    return less(a.args[0], a.args[1]);
  }
  if (isInteger(a, 0) && b.op === "-") {
    return less(b.args[1], b.args[0]);
  }
  if (a.op === "negate" && b.op === "negate") {
    return less(b.args[0], a.args[0]);
  }
  const left = b.op === "integer" ? comparedWith(a, b.value) : undefined;
  if (left) {
    return left.flipped ? less(left.constant, left.e) : less(left.e, left.constant);
  }
  const right = a.op === "integer" ? comparedWith(b, a.value) : undefined;
  if (right) {
    return right.flipped ? less(right.e, right.constant) : less(right.constant, right.e);
  }
  return undefined;
};

export const bitwise: Rule<BinaryExpression> = (e, known) => {
  const [a, b] = e.args;
  if (isInteger(b, 0)) {
    return a;
  }
  if (sameExpression(a, b) && known.cannotFail(a)) {
    return integer(0);
  }
  if (isInteger(b, 1) && isBoolean(a, known)) {
    return not(a);
  }
  if (a.op === "not" && isBoolean(a.args[0], known) && isBoolean(b, known)) {
    return equal(a.args[0], b);
  }
  if (b.op === "not" && isBoolean(b.args[0], known) && isBoolean(a, known)) {
    return equal(a, b.args[0]);
  }
  if (a.op === "xor" && b.op === "integer" && a.args[1].op === "integer") {
    const bits = safeInteger(BigInt(a.args[1].value) ^ BigInt(b.value));
    return bits && xor(a.args[0], bits);
  }
  return constantLast(e);
};

/** `and` and `or`, which differ in the truth of the first argument that settles the matter. */
export const connective: Rule<BinaryExpression> = (e, known) => {
  const [a, b] = e.args;
  const settles = (argument: Expression, truth: boolean) => {
    const range = known.rangeOf(argument);
    return truth ? !mayBe(range, 0) : range.min === 0 && range.max === 0;
  };
  const whenSettled = integer(e.op === "and" ? 0 : 1);
  const deciding = e.op === "or";
  if (settles(a, deciding) && known.cannotFail(a)) {
    return whenSettled;
  }
  if (settles(b, deciding) && known.cannotFail(a) && known.cannotFail(b)) {
    return whenSettled;
  }
  if (settles(a, !deciding) && known.cannotFail(a) && isBoolean(b, known)) {
    return b;
  }
  if (settles(b, !deciding) && known.cannotFail(b) && isBoolean(a, known)) {
    return a;
  }
  if (sameExpression(a, b) && isBoolean(a, known)) {
    return a;
  }
  if (a.op === "not" && b.op === "not") {
    return not(e.op === "and" ? or(a.args[0], b.args[0]) : and(a.args[0], b.args[0]));
  }
  const shorter = mapArguments(e, asCondition);
  return shorter === e ? undefined : shorter;
};

export const negation: Rule<Expression & { readonly op: "not" }> = (e, known) => {
  const [a] = e.args;
  if (a.op === "not" && isBoolean(a.args[0], known)) {
    return a.args[0];
  }
  if (a.op === "<") {
    const [left, right] = a.args;
    const shifted =
      right.op === "integer"
        ? safeInteger(right.value - 1)
        : left.op === "integer"
          ? safeInteger(left.value + 1)
          : undefined;
    return shifted && (right.op === "integer" ? less(shifted, left) : less(right, shifted));
  }
  if (a.op === "==" || a.op === "xor") {
    const [left, right] = a.args;
    if (a.op === "xor") {
      return equal(left, right);
    }
    return isBoolean(left, known) && isBoolean(right, known) ? xor(left, right) : undefined;
  }
  const shorter = asCondition(a);
  return shorter === a ? undefined : not(shorter);
};

/** `if a < b then ... else ...` where the branches are a and b, or a and -a around 0. */
function choiceByOrder(e: ConditionalExpression): Expression | undefined {
  const [condition, yes, no] = e.args;
  if (condition.op !== "<") {
    return undefined;
  }
  const [a, b] = condition.args;
  if (sameExpression(a, yes) && sameExpression(b, no)) {
    return minimum(a, b);
  }
  if (sameExpression(a, no) && sameExpression(b, yes)) {
    return maximum(a, b);
  }
  const opposite = (p: Expression, q: Expression) =>
    p.op === "negate" && sameExpression(p.args[0], q);
  if (isInteger(b, 0) && sameExpression(a, no) && opposite(yes, no)) {
    return absolute(a);
  }
  if (isInteger(a, 0) && sameExpression(b, yes) && opposite(no, yes)) {
    return absolute(b);
  }
  return undefined;
}

export const choice: Rule<ConditionalExpression> = (e, known) => {
  const [condition, yes, no] = e.args;
  const range = known.rangeOf(condition);
  if (known.cannotFail(condition)) {
    if (!mayBe(range, 0)) {
      return yes;
    }
    if ((range.min === 0 && range.max === 0) || sameExpression(yes, no)) {
      return no;
    }
  }
  const shorter = asCondition(condition);
  if (shorter !== condition) {
    return conditional(shorter, yes, no);
  }
  if (isInteger(yes, 0) && isInteger(no, 1)) {
    return not(condition);
  }
  if (isInteger(yes, 1) && isInteger(no, 0)) {
    return isBoolean(condition, known) ? condition : not(not(condition));
  }
  if (condition.op === "not") {
    return conditional(condition.args[0], no, yes);
  }
  if (yes.op === "if" && sameExpression(yes.args[0], condition)) {
    return conditional(condition, yes.args[1], no);
  }
  if (no.op === "if" && sameExpression(no.args[0], condition)) {
    return conditional(condition, yes, no.args[2]);
  }
  if (isInteger(no, 0) && isBoolean(yes, known)) {
    return and(condition, yes);
  }
  if (isInteger(yes, 1) && isBoolean(no, known)) {
    return or(condition, no);
  }
  return choiceByOrder(e);
};
