import type { DrawInteger, Examples, Program } from "@latticode/program";
import { compileProgram } from "@latticode/program";

/** The kinds of random tasks. */
export const kinds = ["machine", "linear", "program"] as const;

export type Kind = (typeof kinds)[number];

/** A machine with outputs on its transitions; the symbols are the inputs 0, 1, ... */
export interface RandomMachine {
  readonly stateCount: number;
  readonly symbolCount: number;
  /** [stateCount, symbolCount] */
  readonly transitions: readonly number[];
  /** [stateCount, symbolCount] */
  readonly outputs: readonly number[];
}

/** What generates the labels of a task: a machine, or a program (linear systems are programs). */
export type Definition =
  | { readonly type: "machine"; readonly machine: RandomMachine }
  | { readonly type: "program"; readonly program: Program };

/** A task that nobody made up: plain data. */
export interface RandomTask {
  readonly kind: Kind;
  /** Number of the task within its kind, which is its seed. */
  readonly index: number;
  /** What it is, in a few words. */
  readonly description: string;
  /** Sequences that are given as examples, and their length. */
  readonly count: number;
  readonly length: number;
  /** Longer ones, which are given too. */
  readonly longer?: Pick<RandomTask, "count" | "length">;
  /** Smallest and largest input of each column: [inputDim] */
  readonly ranges: readonly (readonly [low: number, high: number])[];
  readonly definition: Definition;
}

/** Runs a definition on the inputs x: [length, inputDim]; outputs [length], one a position. */
export type Labeller = (x: ArrayLike<number>, length: number) => number[];

/** @throws RangeError from the labeller where a program divides by 0 or leaves the safe integers */
export function labellerOf(definition: Definition): Labeller {
  if (definition.type === "machine") {
    const { symbolCount, transitions, outputs } = definition.machine;
    return (x, length) => {
      let state = 0;
      return Array.from({ length }, (_, t) => {
        const at = state * symbolCount + x[t];
        state = transitions[at];
        return outputs[at];
      });
    };
  }
  const run = compileProgram(definition.program);
  return (x, length) =>
    run(x, length).map((value) => {
      if (typeof value === "bigint") throw new RangeError(`${value} is no safe integer`);
      return value;
    });
}

/** Inputs of one sequence, uniform over the ranges: [length, inputDim]. */
export function drawInputs(
  { ranges, length }: Pick<RandomTask, "ranges" | "length">,
  draw: DrawInteger,
): number[] {
  const x: number[] = [];
  for (let t = 0; t < length; t++) for (const [low, high] of ranges) x.push(draw(low, high));
  return x;
}

/** Labelled sequences of a task; sequence i is drawn from stream i of the seed. */
export function sampleRandomTask(
  task: RandomTask,
  draws: (sequence: number) => DrawInteger,
): Examples {
  const { count, length, ranges } = task;
  const inputDim = ranges.length;
  const label = labellerOf(task.definition);
  const x = new Int32Array(count * length * inputDim);
  const y = new Int32Array(count * length);
  for (let i = 0; i < count; i++) {
    const inputs = drawInputs(task, draws(i));
    x.set(inputs, i * length * inputDim);
    y.set(label(inputs, length), i * length);
  }
  return { count, length, inputDim, outputDim: 1, x, y };
}
