import type { Kernels } from "@latticode/kernels";
import type { Program } from "@latticode/program";
import { drawIntegers } from "@latticode/program";
import { countWrong as countWrongOf } from "@latticode/verification";
import type { Synthesis } from "latticode";
import { synthesize } from "latticode";
import { runEmitted } from "latticode/node";
import type { Kind, RandomTask } from "./definition.ts";
import { drawInputs, labellerOf, sampleRandomTask } from "./definition.ts";

/** What became of a random task: plain data. */
export interface Outcome {
  readonly kind: Kind;
  readonly index: number;
  readonly description: string;
  /** The network is right on all examples. */
  readonly trained: boolean;
  readonly verdict: Synthesis["verdict"];
  /** The verdict is "solved". */
  readonly solved: boolean;
  /** The stage that did not deliver, when not solved. */
  readonly stopped: string | null;
  /** Fresh sequences of the trained length, and how many the program has wrong; 0 without a program. */
  readonly judged: number;
  readonly wrong: number;
  readonly program: string | null;
  readonly seconds: number;
}

const judged = 20_000;
/** Sequences are drawn from streams, and no stream serves two purposes. */
const exampleSeed = 11;
const judgingSeed = 12;
const longerSeed = 13;

/**
 * Examples of a task to a program, in the calling thread; a program that is called solved is then
 * held against the definition on fresh sequences.
 */
export async function solveRandomTask(
  task: RandomTask,
  options: { readonly kernels: Kernels },
): Promise<Outcome> {
  const { kind, index, description } = task;
  const start = performance.now();
  const longer =
    task.longer &&
    sampleRandomTask({ ...task, ...task.longer }, (sequence) => drawIntegers(longerSeed, sequence));
  const examples = sampleRandomTask(task, (sequence) => drawIntegers(exampleSeed, sequence));
  const synthesis = await synthesize(examples, {
    ...options,
    seed: index,
    workers: 0,
    ...{ longer, runEmitted },
  });
  const { verdict, solved, stopped, training, program, code } = synthesis;
  const wrong = solved && program ? countWrong(program, task) : 0;
  return {
    ...{ kind, index, description, trained: training.perfect, verdict, solved },
    ...{ stopped: stopped?.stage ?? null, judged: solved ? judged : 0, wrong },
    program: code?.python ?? null,
    seconds: (performance.now() - start) / 1000,
  };
}

/** Sequences out of 20,000 fresh ones that a program has wrong by the task's definition. */
export function countWrong(program: Program, task: RandomTask): number {
  const label = labellerOf(task.definition);
  const { length } = task;
  const sequences = Array.from({ length: judged }, (_, i) => {
    const x = drawInputs(task, drawIntegers(judgingSeed, i));
    return { x, y: label(x, length), length };
  });
  return countWrongOf(program, sequences);
}
