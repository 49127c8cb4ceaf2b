// Which of two programs of one cost to prefer. Every criterion is a count, the less the better, and
// they are compared in the order in which they are listed here:
//
//   unbounded   state variables that can grow without end: what stays bounded is a finite machine,
//               runs in a fixed number of bits, and can be proven right by visiting its states
//   operators   different operators: a reader needs to know fewer of them
//   bitwise     exclusive ors of anything but bits, a trick with the encoding of integers
//   variables   state variables
//   constants   sizes of all constants and start values, summed: 1 explains itself, 37 does not
//
// What is still alike is ordered by the programs' text, so that the choice never depends on the
// order in which a search came upon them.

import { programCost } from "./cost.ts";
import type { Expression } from "./expression.ts";
import { argumentsOf, visitExpression } from "./expression.ts";
import type { Program } from "./program.ts";
import type { Range } from "./simplify/intervals.ts";
import { int32, isWithin } from "./simplify/intervals.ts";
import { programRanges, rangeReader } from "./simplify/ranges.ts";

/** The less of each the better, the first first. */
export interface Readability {
  /** State variables without bounds, or lists without bounds for their numbers or their length. */
  readonly unbounded: number;
  /** Different operators. */
  readonly operators: number;
  /** Exclusive ors with an argument that can be something else than 0 or 1. */
  readonly bitwise: number;
  /** State variables. */
  readonly variables: number;
  /** Sum of the absolute values of all constants and start values. */
  readonly constants: number;
}

/** What may be taken for granted about the inputs. */
export interface ReadabilityOptions {
  /** All inputs lie here. The integers of 32 bits if absent. */
  readonly input?: Range;
}

function isBounded({ min, max }: Range): boolean {
  // A range without a number in it is that of lists that are always empty.
  return min > max || (Number.isFinite(min) && Number.isFinite(max));
}

function sumOfSizes(values: readonly number[]): number {
  return values.reduce((total, value) => total + Math.abs(value), 0);
}

/** What makes a program hard to read, apart from its cost. */
export function readability(program: Program, options: ReadabilityOptions = {}): Readability {
  const environment = programRanges(program, {
    arithmetic: "unbounded",
    input: options.input ?? int32,
  });
  const rangeOf = rangeReader(environment);
  const bits = { min: 0, max: 1 };
  const operators = new Set<string>();
  let bitwise = 0;
  let constants = 0;
  for (const e of [...program.updates.map(({ value }) => value), ...program.outputs]) {
    visitExpression(e, (node) => {
      if (node.op === "integer" || node.op === "list") {
        constants += sumOfSizes(node.op === "integer" ? [node.value] : node.values);
      } else if ("args" in node) {
        operators.add(node.op);
        const onBits = node.args.every((argument) => isWithin(rangeOf(argument), bits));
        bitwise += node.op === "xor" && !onBits ? 1 : 0;
      }
    });
  }
  let unbounded = 0;
  for (const { name, initial } of program.state) {
    constants += sumOfSizes(typeof initial === "number" ? [initial] : initial);
    const ranges = [environment.state.get(name)!, environment.lengths?.get(name)];
    unbounded += ranges.every((range) => range === undefined || isBounded(range)) ? 0 : 1;
  }
  const variables = program.state.length;
  return { unbounded, operators: operators.size, bitwise, variables, constants };
}

/** The expression in Polish notation, the same text for the same tree only. */
function expressionText(e: Expression): string {
  switch (e.op) {
    case "integer":
      return String(e.value);
    case "list":
      return `[${e.values.join()}]`;
    case "input":
      return `x${e.index}`;
    case "state":
      return JSON.stringify(e.name);
    default:
      return `(${[e.op, ...argumentsOf(e).map(expressionText)].join(" ")})`;
  }
}

/** One text for one program: with every name and in the program's own order. */
function programText(program: Program): string {
  const { inputDim, state, order, updates, outputs } = program;
  return [
    ...updates.map(({ target, value }) => `${JSON.stringify(target)}=${expressionText(value)}`),
    ...outputs.map(expressionText),
    ...state.map(({ name, initial }) => JSON.stringify([name, initial])),
    order,
    inputDim,
  ].join(";");
}

/**
 * Negative when a is to be preferred, positive when b is, 0 only when they are the same program: by
 * cost, then by readability, then by their text. A total order, for `sort` and for picking the
 * least of what a search finds.
 */
export function comparePrograms(a: Program, b: Program, options: ReadabilityOptions = {}): number {
  const byCost = programCost(a) - programCost(b);
  if (byCost !== 0) {
    return byCost;
  }
  const [left, right] = [readability(a, options), readability(b, options)];
  for (const criterion of [
    "unbounded",
    "operators",
    "bitwise",
    "variables",
    "constants",
  ] as const) {
    if (left[criterion] !== right[criterion]) {
      return left[criterion] - right[criterion];
    }
  }
  const [p, q] = [programText(a), programText(b)];
  return p === q ? 0 : p < q ? -1 : 1;
}
