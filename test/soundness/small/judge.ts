import type { Kernels } from "@latticode/kernels";
import { missingOf, synthesize } from "latticode";
import { definitionRunner, outputsAlong, programRunner, sequenceOf } from "../runner.ts";
import {
  machineRunner,
  prefixKey,
  rowsOf,
  shownSteps,
  smallestMachine,
  walkWords,
} from "./reference.ts";
import type { SmallKind, SmallTask } from "./samples.ts";
import { smallExamples } from "./samples.ts";
import { falseStatements } from "./statements.ts";

/** What became of a small sample: plain data. */
export interface SmallOutcome {
  readonly kind: SmallKind;
  readonly index: number;
  readonly description: string;
  readonly count: number;
  readonly length: number;
  readonly rate: number;
  readonly verdict: "solved" | "consistent" | "not solved";
  readonly stopped: string | null;
  /** Why it is not determined, in the words of the report. */
  readonly missing: readonly string[];
  /** Words of the length over the domain, those on which the program is wrong, and the shortest. */
  readonly words: number;
  readonly wrongWords: number;
  readonly firstWrong: string | null;
  /** Sequences drawn like the examples, and those among them that the program has wrong. */
  readonly drawn: number;
  readonly wrongDrawn: number;
  /** The share of such sequences that the report says is not exceeded. */
  readonly bound: number | null;
  /** Every step of the truth that words of the length take is shown by an example. */
  readonly truthShown: boolean;
  readonly falseStatements: readonly string[];
  readonly program: string | null;
  readonly seconds: number;
}

const drawn = 2000;

/** Examples of a task to a program and a verdict, and what is true of it, in the calling thread. */
export async function judgeSmallTask(
  task: SmallTask,
  { kernels }: { readonly kernels: Kernels },
): Promise<SmallOutcome> {
  const { kind, index, description, count, length, rate } = task;
  const examples = smallExamples(task, 0);
  const start = performance.now();
  const synthesis = await synthesize(examples, { kernels, seed: index, workers: 0 });
  const seconds = (performance.now() - start) / 1000;
  const { program, domain, determination, verdict, stopped, code } = synthesis;
  const definition = definitionRunner(task.definition);
  const rows = rowsOf(domain);
  // the truth without superfluous states, where it is finite
  const machine = smallestMachine(definition, rows);
  const truth = machine ? machineRunner(machine, rows) : definition;
  const runner = program ? programRunner(program) : truth;
  const walk = walkWords(runner, truth, domain);
  // of the truth by itself
  const own = walkWords(truth, truth, domain);
  const shown = shownSteps(truth, domain, examples, { ...own, isSmall: true });
  const fresh = smallExamples({ ...task, count: drawn }, 1);
  let wrongDrawn = 0;
  for (let s = 0; s < drawn; s++) {
    const { word, labels } = sequenceOf(fresh, s);
    if (program && outputsAlong(runner, word).join() !== labels.join()) wrongDrawn++;
  }
  return {
    ...{ kind, index, description, count, length, rate, verdict },
    stopped: stopped ? `${stopped.stage}: ${stopped.reason}` : null,
    missing: determination ? missingOf(determination, synthesis.domain.inputDim) : [],
    ...{ words: walk.words, wrongWords: walk.wrongWords },
    firstWrong: walk.firstWrong ? prefixKey(walk.firstWrong) : null,
    ...{ drawn, wrongDrawn, bound: determination?.bound ?? null },
    truthShown: [...own.steps.keys()].every((step) => shown.has(step)),
    falseStatements: falseStatements(synthesis, { examples, truth, walk, kernels }),
    ...{ program: code?.python ?? null, seconds },
  };
}
