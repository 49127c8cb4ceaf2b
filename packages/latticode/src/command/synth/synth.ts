import type { Language } from "@latticode/codegen";
import { saveNetwork } from "@latticode/network";
import type { Examples } from "@latticode/program";
import type { Method } from "@latticode/regression";
import { type Strategy, strategies, type TrainingResult } from "@latticode/training";
import { observeGroups } from "@latticode/verification";
import { type Command, Option } from "commander";
import { digestOf } from "../../pipeline/digest.ts";
import { exitCodes } from "../exit-codes.ts";
import { prepareJournal } from "../journal-file.ts";
import {
  emitOption,
  methodOption,
  parseInteger,
  reportOptions,
  seedOption,
  timeLimitOption,
} from "../options.ts";
import type { Progress, StartProgress } from "../progress.ts";
import { reportOf } from "../report.ts";
import { inputMetadata } from "../sources/network-inputs.ts";
import { readSource } from "../sources/read-source.ts";
import { version } from "../version.ts";
import { prepareDirectory, writeFiles } from "../write-files.ts";
import { runSynthesis } from "./run-synthesis.ts";

interface SynthOptions {
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

/** Adds `latticode synth`, which finds a program for examples. */
export function addSynthCommand(program: Command, startProgress: StartProgress): void {
  const command = program
    .command("synth")
    .description("finds a program that explains the examples")
    .argument(
      "<source>",
      "a .jsonl, .csv or .parquet file of examples, - for standard input, or a task's name",
    )
    .option(
      "--out <dir>",
      "write the program, the network and result.json there, and resume from there",
    )
    .addOption(emitOption())
    .addOption(seedOption())
    .addOption(
      new Option("--strategy <name>", "how the network's shape is searched")
        .choices(strategies)
        .default("portfolio"),
    )
    .addOption(methodOption())
    .option(
      "--workers <n>",
      "threads to train on, 0 for none; default: one a core",
      parseInteger(0, 1024),
    )
    .addOption(timeLimitOption("end after that with what there is"));
  for (const option of reportOptions()) command.addOption(option);
  command
    .addHelpText(
      "after",
      '\nA line of a .jsonl file is {"x": [...], "y": [...]}, a number or an array of numbers a position;\n' +
        'a row of a .csv or .parquet file is a position, its columns "sequence", "x" (or "x1", "x2", ...), "y".\n' +
        "Exit codes: 0 solved and verified, 3 not solved, 2 bad usage or input, 130 interrupted.",
    )
    .action(async (source: string, options: SynthOptions) => {
      process.exitCode = await synth(source, options, startProgress(options));
    });
}

/**
 * `latticode synth`: examples in, program out, on standard output and in files.
 *
 * @returns the exit code
 * @throws UsageError or InputError when the source or an option is wrong
 */
async function synth(source: string, options: SynthOptions, progress: Progress): Promise<number> {
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
  const limits = { timeLimit, secondsLeft };
  const job = { examples, longer, seed, emit, workers, strategy, method, journal, ...limits };
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
  const inputs = inputMetadata({ columns: observeGroups(examples), length: examples.length });
  return saveNetwork(network, { digest, perfect: String(perfect), ...inputs });
}
