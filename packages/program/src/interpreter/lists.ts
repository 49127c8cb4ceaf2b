// Lists while a program runs: JavaScript arrays that are never changed, of numbers or of BigInt
// like everything else in the run. The operators differ in how an integer is made and how an index
// read.

import { sameNumbers } from "../expression.ts";
import { EvaluationError } from "./evaluation-error.ts";
import type { Evaluator, Integer, ListEvaluator } from "./frame.ts";

/** Where Python finds that index in a list of that length. */
function place(index: number, length: number, path: string): number {
  const i = index < 0 ? index + length : index;
  if (!(i >= 0 && i < length)) {
    throw new EvaluationError(`${path}: index ${index} is out of range of a list of ${length}`);
  }
  return i;
}

function checkNotEmpty(values: readonly Integer[], op: string, path: string): void {
  if (values.length === 0) {
    throw new EvaluationError(`${path}: ${op} of an empty list`);
  }
}

/** The operators that take or give lists. */
export type OperatorsOnLists<Value extends Integer> = ReturnType<typeof operatorsOnLists<Value>>;

/** Makes them of how an integer of the run is made, read as an index, and added. */
export function operatorsOnLists<Value extends Integer>(
  fromInteger: (value: Integer) => Value,
  toNumber: (value: Value) => number,
  add: (a: Value, b: Value) => Value,
) {
  type Number = Evaluator<Value>;
  type List = ListEvaluator<Value>;
  const [no, yes] = [fromInteger(0), fromInteger(1)];
  return {
    shift:
      (list: List, number: Number, path: string): List =>
      (frame) => {
        const values = list(frame);
        checkNotEmpty(values, "shift", path);
        const shifted = values.slice(1);
        shifted.push(number(frame));
        return shifted;
      },
    append:
      (list: List, number: Number): List =>
      (frame) => {
        const values = list(frame).slice();
        values.push(number(frame));
        return values;
      },
    "add-at":
      (list: List, index: Number, number: Number, path: string): List =>
      (frame) => {
        const changed = list(frame).slice();
        const i = place(toNumber(index(frame)), changed.length, path);
        changed[i] = add(changed[i], number(frame));
        return changed;
      },
    reverse:
      (list: List): List =>
      (frame) =>
        list(frame).slice().reverse(),
    sum:
      (list: List): Number =>
      (frame) => {
        let total = no;
        for (const value of list(frame)) {
          total = add(total, value);
        }
        return total;
      },
    argmax:
      (list: List, path: string): Number =>
      (frame) => {
        const values = list(frame);
        checkNotEmpty(values, "argmax", path);
        let largest = 0;
        for (let i = 1; i < values.length; i++) {
          if (values[i] > values[largest]) {
            largest = i;
          }
        }
        return fromInteger(largest);
      },
    at:
      (list: List, index: Number, path: string): Number =>
      (frame) => {
        const values = list(frame);
        return values[place(toNumber(index(frame)), values.length, path)];
      },
    in:
      (number: Number, list: List): Number =>
      (frame) => {
        const value = number(frame);
        return list(frame).includes(value) ? yes : no;
      },
    "== of lists":
      (a: List, b: List): Number =>
      (frame) =>
        sameNumbers(a(frame), b(frame)) ? yes : no,
  };
}
