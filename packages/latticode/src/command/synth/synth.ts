import type { Language } from "@latticode/codegen";
import { saveNetwork } from "@latticode/network";
import type { Examples } from "@latticode/program";
import type { Method } from "@latticode/regression";
import type { Strategy, TrainingResult } from "@latticode/training";
import { observeInputs } from "@latticode/verification";
import { digestOf } from "../../pipeline/digest.ts";
import { exitCodes } from "../exit-codes.ts";
import { prepareJournal } from "../journal-file.ts";
import type { Progress } from "../progress.ts";
import { reportOf } from "../report.ts";
import { inputMetadata } from "../sources/network-inputs.ts";
import { readSource } from "../sources/read-source.ts";
import { version } from "../version.ts";
import { prepareDirectory, writeFiles } from "../write-files.ts";
import { runSynthesis } from "./run-synthesis.ts";

export interface SynthOptions {
  readonly out?: string;
  readonly emit: readonly Language[];
  readonly seed: number;
  readonly workers?: number;
  readonly strategy: Strategy;
  readonly method: Method;
  /** Seconds. */
  readonly timeLimit?: number;
  readonly json?: true;
  readonly quiet?: true;
}

/**
 * `latticode synth`: examples in, program out, on standard output and in files.
 *
 * @returns the exit code
 * @throws UsageError or InputError when the source or an option is wrong
 */
export async function synth(
  source: string,
  options: SynthOptions,
  progress: Progress,
): Promise<number> {
  const { out, emit, seed, workers, strategy, method, timeLimit, json } = options;
  const start = performance.now();
  if (out !== undefined) prepareDirectory(out);
  const { examples, longer } = await readSource(source, { seed });
  const journal =
    out === undefined
      ? undefined
      : prepareJournal(out, { examples, longer, seed, strategy, version });
  const secondsLeft =
    timeLimit === undefined
      ? undefined
      : Math.max(0, timeLimit - (performance.now() - start) / 1000);
  const job = {
    examples,
    longer,
    seed,
    emit,
    workers,
    strategy,
    method,
    timeLimit,
    secondsLeft,
    journal,
  };
  const { result, training } = await runSynthesis(job, progress.show);
  progress.stop();
  if (out !== undefined) {
    writeFiles(out, result, result.network ? await networkFile(training, examples) : undefined);
  }
  process.stdout.write(json ? `${JSON.stringify(result)}\n` : reportOf(result));
  return result.solved ? exitCodes.solved : exitCodes.notSolved;
}

async function networkFile(
  { network, perfect }: TrainingResult,
  examples: Examples,
): Promise<Uint8Array> {
  const digest = await digestOf(network, undefined);
  const inputs = inputMetadata({ columns: observeInputs(examples), length: examples.length });
  return saveNetwork(network, { digest, perfect: String(perfect), ...inputs });
}
