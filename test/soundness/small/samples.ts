// Small and skewed samples: tasks of a few states, and so few or so one-sided examples that they often
// leave the task open. Each is a function of its kind and number.

import type { DrawInteger, Examples } from "@latticode/program";
import { drawIntegers } from "@latticode/program";
import type { Definition } from "../definition.ts";
import { labellerOf } from "../definition.ts";
import { isConnected, isMinimal, makeProgram } from "../tasks.ts";

export const smallKinds = ["small-counter", "small-moore", "small-mealy", "small-program"] as const;

export type SmallKind = (typeof smallKinds)[number];

/** How many runs of each kind there are. */
export const smallRuns = 500;

export interface SmallTask {
  readonly kind: SmallKind;
  readonly index: number;
  readonly description: string;
  readonly count: number;
  readonly length: number;
  /** Share of the inputs that are not 0; the others than 0 are equally likely. */
  readonly rate: number;
  readonly ranges: readonly (readonly [low: number, high: number])[];
  readonly definition: Definition;
}

const counts = [10, 20, 50, 100, 200, 500, 1000, 2000];
const rates = [0.5, 0.1, 0.2, 0.3, 0.4];
/** Words of the length; a task is judged on all of them. */
const mostWords = 2 ** 16;

/** The task of a kind with a number from 0 to 499; sizes, rates and lengths go round. */
export function smallTask(kind: SmallKind, index: number): SmallTask {
  const seed = (10 + smallKinds.indexOf(kind)) * 1_000_000 + index;
  for (let attempt = 0; ; attempt++) {
    const drawn = makers[kind](drawIntegers(seed, attempt), index);
    if (!drawn) continue;
    const rows = drawn.ranges.reduce((product, [low, high]) => product * (high - low + 1), 1);
    let length = 4 + (Math.floor(index / 40) % 7);
    while (length > 4 && rows ** length > mostWords) length--;
    if (rows ** length > mostWords) continue;
    const task = {
      ...{ kind, index, length },
      count: counts[index % 8],
      rate: rates[Math.floor(index / 8) % 5],
      ...drawn,
    };
    if (isRunnable(task)) return task;
  }
}

type Drawn = Pick<SmallTask, "ranges" | "definition" | "description">;

const makers: Readonly<Record<SmallKind, (draw: DrawInteger, index: number) => Drawn | undefined>> =
  {
    "small-counter": makeCounter,
    "small-moore": (draw) => makeMachine(draw, "moore"),
    "small-mealy": (draw) => makeMachine(draw, "mealy"),
    "small-program": makeProgram,
  };

/** Counts up to a limit; puts out the count, or whether the limit is reached; some count down too. */
function makeCounter(draw: DrawInteger): Drawn {
  const limit = draw(2, 9);
  const shows = ["the count", "whether it is full"][draw(0, 1)];
  const symbolCount = draw(0, 2) === 0 ? 3 : 2;
  const stateCount = limit + 1;
  const transitions: number[] = [];
  const outputs: number[] = [];
  for (let count = 0; count <= limit; count++) {
    for (let symbol = 0; symbol < symbolCount; symbol++) {
      const to = Math.max(0, Math.min(limit, count + [0, 1, -1][symbol]));
      transitions.push(to);
      outputs.push(shows === "the count" ? to : Number(to === limit));
    }
  }
  return {
    ranges: [[0, symbolCount - 1]],
    definition: { type: "machine", machine: { stateCount, symbolCount, transitions, outputs } },
    description: `counts ${symbolCount === 3 ? "up and down" : "up"} to ${limit}, shows ${shows}`,
  };
}

/** 2 to 6 states, all reached and no two alike, 2 or 3 symbols. */
function makeMachine(draw: DrawInteger, type: "moore" | "mealy"): Drawn | undefined {
  const stateCount = draw(2, 6);
  const symbolCount = draw(0, 2) === 0 ? 3 : 2;
  const outputCount = draw(2, Math.min(3, stateCount));
  const size = stateCount * symbolCount;
  const transitions = Array.from({ length: size }, () => draw(0, stateCount - 1));
  const byState = Array.from({ length: stateCount }, () => draw(0, outputCount - 1));
  const outputs =
    type === "moore"
      ? transitions.map((to) => byState[to])
      : transitions.map(() => draw(0, outputCount - 1));
  const machine = { stateCount, symbolCount, transitions, outputs };
  if (!isConnected(machine) || !isMinimal(machine)) return undefined;
  return {
    ranges: [[0, symbolCount - 1]],
    definition: { type: "machine", machine },
    description: `${stateCount} states, ${symbolCount} symbols, outputs on ${type === "moore" ? "states" : "transitions"}`,
  };
}

/** Programs may fail on some inputs, and grow: drawn again. */
function isRunnable(task: SmallTask): boolean {
  try {
    const { y } = smallExamples({ ...task, count: 200, rate: 0.7 }, 2);
    return y.every((value) => Math.abs(value) <= 1000) && new Set(y).size > 1;
  } catch {
    return false;
  }
}

/** Labelled sequences of a task; no stream of numbers serves two purposes. */
export function smallExamples(task: SmallTask, purpose: 0 | 1 | 2): Examples {
  const { kind, index, count, length, rate, ranges } = task;
  const inputDim = ranges.length;
  const label = labellerOf(task.definition);
  const x = new Int32Array(count * length * inputDim);
  const y = new Int32Array(count * length);
  const seed = (20 + smallKinds.indexOf(kind)) * 1_000_000 + 1000 * index + purpose;
  for (let s = 0; s < count; s++) {
    const draw = drawIntegers(seed, s);
    const inputs = Array.from({ length: length * inputDim }, (_, i) => {
      const [low, high] = ranges[i % inputDim];
      if (draw(1, 1000) > 1000 * rate) return 0;
      const other = draw(low, high - 1);
      return other >= 0 ? other + 1 : other;
    });
    x.set(inputs, s * length * inputDim);
    y.set(label(inputs, length), s * length);
  }
  return { count, length, inputDim, outputDim: 1, x, y };
}
