import type { Expression, Kind } from "./expression.ts";
import { binaryOperators, kindOf, listOperators, unaryOperators } from "./expression.ts";

/**
 * A state variable with its value before the first position: a safe integer, or a list of such,
 * which may be empty and makes the variable a list for good.
 */
export interface StateVariable {
  readonly name: string;
  readonly initial: number | readonly number[];
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

/** Names of the state variables that are lists. */
export function listVariables(program: Pick<Program, "state">): Set<string> {
  const names = new Set<string>();
  for (const { name, initial } of program.state) {
    if (typeof initial !== "number") {
      names.add(name);
    }
  }
  return names;
}

/** More inputs than any example file has; keeps a damaged program from exhausting memory. */
const maximumInputDim = 65_536;

/** Recursion over an expression stays well within the stack of every runtime up to this depth. */
const maximumDepth = 1000;

/** The kinds of an operator's arguments. Those of == are both numbers or both lists. */
const argumentKinds: ReadonlyMap<unknown, readonly Kind[]> = new Map<unknown, readonly Kind[]>([
  ...unaryOperators.map((op) => [op, ["number"]] as const),
  ...binaryOperators.map((op) => [op, ["number", "number"]] as const),
  ["if", ["number", "number", "number"]],
  ...Object.entries(listOperators).map(([op, { args }]) => [op, args] as const),
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
  readonly lists: ReadonlySet<string>;
}

function checkSafeIntegers(value: unknown, path: string): void {
  for (const [i, entry] of list(value, path).entries()) {
    if (!Number.isSafeInteger(entry)) {
      throw new Error(`${path}[${i}]: ${shown(entry)} is not a safe integer`);
    }
  }
}

function checkLeaf(e: Record<string, unknown>, path: string, scope: Scope): boolean {
  switch (e.op) {
    case "integer":
      if (!Number.isSafeInteger(e.value)) {
        throw new Error(`${path}.value: ${shown(e.value)} is not a safe integer`);
      }
      return true;
    case "list":
      checkSafeIntegers(e.values, `${path}.values`);
      if ((e.values as unknown[]).length === 0) {
        throw new Error(`${path}.values: empty, a literal list has at least one number`);
      }
      return true;
    case "input": {
      const index = e.index as number;
      if (!Number.isInteger(index) || index < 0 || index >= scope.inputDim) {
        throw new Error(
          `${path}.index: ${shown(index)} is not the index of one of ${scope.inputDim} inputs`,
        );
      }
      return true;
    }
    case "state":
      if (!scope.names.has(e.name)) {
        throw new Error(`${path}.name: unknown state variable ${shown(e.name)}`);
      }
      return true;
    default:
      return false;
  }
}

const withArticle = { number: "a number", list: "a list" } as const;

/** Checks the expression and that its value is of the kind; any kind will do if there is none. */
function checkExpression(
  value: unknown,
  path: string,
  scope: Scope,
  kind: Kind | undefined,
  depth: number,
): void {
  if (depth > maximumDepth) {
    throw new Error(`${path}: nested more than ${maximumDepth} deep`);
  }
  const e = record(value, path);
  if (!checkLeaf(e, path, scope)) {
    const kinds = argumentKinds.get(e.op);
    if (kinds === undefined) {
      const known = ["integer", "list", "input", "state", ...argumentKinds.keys()].join(" ");
      throw new Error(`${path}.op: ${shown(e.op)} is not one of ${known}`);
    }
    const args = list(e.args, `${path}.args`);
    if (args.length !== kinds.length) {
      throw new Error(
        `${path}.args: ${shown(e.op)} takes ${kinds.length} arguments, has ${args.length}`,
      );
    }
    for (let i = 0; i < kinds.length; i++) {
      const comparedWith = i === 1 ? kindOf(args[0] as Expression, scope.lists) : undefined;
      const expected = e.op === "==" ? comparedWith : kinds[i];
      checkExpression(args[i], `${path}.args[${i}]`, scope, expected, depth + 1);
    }
  }
  const found = kindOf(value as Expression, scope.lists);
  if (kind !== undefined && found !== kind) {
    throw new Error(
      `${path}: ${shown(e.op)} gives ${withArticle[found]}, not ${withArticle[kind]}`,
    );
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
    if (Array.isArray(initial)) {
      checkSafeIntegers(initial, `state[${i}].initial`);
    } else if (!Number.isSafeInteger(initial)) {
      throw new Error(`state[${i}].initial: ${shown(initial)} is not a safe integer`);
    }
    names.add(name);
  }
  return names;
}

/**
 * Checks that a value from anywhere, parsed JSON for one, is a program: every field present and of
 * the right kind, numbers safe integers, names known and unique, lists where lists belong and
 * numbers elsewhere (in outputs too), expressions at most 1,000 deep, at least one input and one
 * output. Fields that programs do not have are ignored.
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
  const lists = listVariables({ state: state as readonly StateVariable[] });
  const scope: Scope = { inputDim: inputDim as number, names, lists };
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
    const kind = lists.has(target as string) ? "list" : "number";
    checkExpression(value, `updates[${i}].value`, scope, kind, 1);
  }
  const outputList = list(outputs, "outputs");
  if (outputList.length === 0) {
    throw new Error("outputs: empty, a program has at least one output");
  }
  for (const [i, value] of outputList.entries()) {
    checkExpression(value, `outputs[${i}]`, scope, "number", 1);
  }
}
