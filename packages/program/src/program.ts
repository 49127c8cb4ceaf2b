import type { Expression } from "./expression.ts";
import { binaryOperators, unaryOperators } from "./expression.ts";

/** A state variable with its value before the first position, a safe integer. */
export interface StateVariable {
  readonly name: string;
  readonly initial: number;
}

/** Assigns the value of an expression to a state variable. */
export interface Update {
  readonly target: string;
  readonly value: Expression;
}

/**
 * A program that turns a sequence of inputs into a sequence of outputs of the same length. At every
 * position it runs the updates and then evaluates the outputs. Plain JSON data.
 */
export interface Program {
  /** Input numbers at a position. */
  readonly inputDim: number;
  readonly state: readonly StateVariable[];
  /**
   * "simultaneous": all updates read the old state, and no variable is updated twice.
   * "in-place": in order, each update sees what those before it wrote.
   */
  readonly order: "simultaneous" | "in-place";
  readonly updates: readonly Update[];
  /** Evaluated after the updates, over the new state and the current inputs. */
  readonly outputs: readonly Expression[];
}

/** More inputs than any example file has; keeps a damaged program from exhausting memory. */
const maximumInputDim = 65_536;

/** Recursion over an expression stays well within the stack of every runtime up to this depth. */
const maximumDepth = 1000;

const argumentCounts: ReadonlyMap<unknown, number> = new Map<unknown, number>([
  ...unaryOperators.map((op) => [op, 1] as const),
  ...binaryOperators.map((op) => [op, 2] as const),
  ["if", 3],
]);

function shown(value: unknown): string {
  if (typeof value === "object" && value !== null) {
    return Array.isArray(value) ? "an array" : "an object";
  }
  const text = typeof value === "string" ? JSON.stringify(value) : String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function record(value: unknown, path: string): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Error(`${path}: not an object`);
  }
  return value as Record<string, unknown>;
}

function list(value: unknown, path: string): readonly unknown[] {
  if (!Array.isArray(value)) {
    throw new Error(`${path}: not an array`);
  }
  return value;
}

interface Scope {
  readonly inputDim: number;
  readonly names: ReadonlySet<unknown>;
}

function checkExpression(value: unknown, path: string, scope: Scope, depth: number): void {
  if (depth > maximumDepth) {
    throw new Error(`${path}: nested more than ${maximumDepth} deep`);
  }
  const e = record(value, path);
  if (e.op === "integer") {
    if (!Number.isSafeInteger(e.value)) {
      throw new Error(`${path}.value: ${shown(e.value)} is not a safe integer`);
    }
    return;
  }
  if (e.op === "input") {
    const index = e.index;
    if (!Number.isInteger(index) || (index as number) < 0 || (index as number) >= scope.inputDim) {
      throw new Error(
        `${path}.index: ${shown(index)} is not the index of one of ${scope.inputDim} inputs`,
      );
    }
    return;
  }
  if (e.op === "state") {
    if (!scope.names.has(e.name)) {
      throw new Error(`${path}.name: unknown state variable ${shown(e.name)}`);
    }
    return;
  }
  const count = argumentCounts.get(e.op);
  if (count === undefined) {
    throw new Error(
      `${path}.op: ${shown(e.op)} is not one of integer input state ${[...argumentCounts.keys()].join(" ")}`,
    );
  }
  const args = list(e.args, `${path}.args`);
  if (args.length !== count) {
    throw new Error(`${path}.args: ${shown(e.op)} takes ${count} arguments, has ${args.length}`);
  }
  for (let i = 0; i < count; i++) {
    checkExpression(args[i], `${path}.args[${i}]`, scope, depth + 1);
  }
}

function checkState(value: unknown): Set<unknown> {
  const names = new Set<unknown>();
  for (const [i, entry] of list(value, "state").entries()) {
    const { name, initial } = record(entry, `state[${i}]`);
    if (typeof name !== "string" || name === "") {
      throw new Error(`state[${i}].name: ${shown(name)} is not a name`);
    }
    if (names.has(name)) {
      throw new Error(`state[${i}].name: ${shown(name)} is already the name of another variable`);
    }
    if (!Number.isSafeInteger(initial)) {
      throw new Error(`state[${i}].initial: ${shown(initial)} is not a safe integer`);
    }
    names.add(name);
  }
  return names;
}

/**
 * Checks that a value from anywhere, parsed JSON for one, is a program: every field present and of
 * the right kind, numbers safe integers, names known and unique, expressions at most 1,000 deep, at
 * least one input and one output. Fields that programs do not have are ignored.
 *
 * @throws Error with the path of what is wrong, as in
 *   `updates[1].value.args[0].name: unknown state variable "b"`
 */
export function checkProgram(program: unknown): asserts program is Program {
  const { inputDim, state, order, updates, outputs } = record(program, "program");
  if (
    !Number.isInteger(inputDim) ||
    (inputDim as number) < 1 ||
    (inputDim as number) > maximumInputDim
  ) {
    throw new Error(`inputDim: ${shown(inputDim)} is not an integer from 1 to ${maximumInputDim}`);
  }
  const names = checkState(state);
  if (order !== "simultaneous" && order !== "in-place") {
    throw new Error(`order: ${shown(order)} is neither "simultaneous" nor "in-place"`);
  }
  const scope: Scope = { inputDim: inputDim as number, names };
  const updated = new Set<unknown>();
  for (const [i, entry] of list(updates, "updates").entries()) {
    const { target, value } = record(entry, `updates[${i}]`);
    if (!names.has(target)) {
      throw new Error(`updates[${i}].target: unknown state variable ${shown(target)}`);
    }
    if (order === "simultaneous" && updated.has(target)) {
      throw new Error(
        `updates[${i}].target: ${shown(target)} is updated twice, which only "in-place" allows`,
      );
    }
    updated.add(target);
    checkExpression(value, `updates[${i}].value`, scope, 1);
  }
  const outputList = list(outputs, "outputs");
  if (outputList.length === 0) {
    throw new Error("outputs: empty, a program has at least one output");
  }
  for (const [i, value] of outputList.entries()) {
    checkExpression(value, `outputs[${i}]`, scope, 1);
  }
}
