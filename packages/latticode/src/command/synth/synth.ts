import type { Language } from "@latticode/codegen";
import { saveNetwork } from "@latticode/network";
import type { Examples } from "@latticode/program";
import type { Method } from "@latticode/regression";
import { type Strategy, strategies, type TrainingResult } from "@latticode/training";
import { observeGroups } from "@latticode/verification";
import { type Command, Option } from "commander";
import { digestOf } from "../../pipeline/digest.ts";
import { exitCodeOf } from "../exit-codes.ts";
import { prepareJournal } from "../journal-file.ts";
import {
  emitOption,
  methodOption,
  methodsText,
  noiseOption,
  outputText,
  parseInteger,
  reportOptions,
  seedOption,
  timeLimitOption,
} from "../options.ts";
import { checkPrintOptions, printResult } from "../print-result.ts";
import type { Progress, StartProgress } from "../progress.ts";
import { reportOf } from "../report.ts";
import { inputMetadata } from "../sources/network-inputs.ts";
import { readSource } from "../sources/read-source.ts";
import { UsageError } from "../usage-error.ts";
import { version } from "../version.ts";
import { prepareDirectory, writeFiles } from "../write-files.ts";
import { contradictionText } from "./contradiction-text.ts";
import { runSynthesis } from "./run-synthesis.ts";

interface SynthOptions {
  readonly out?: string;
  readonly emit: readonly Language[];
  readonly seed: number;
  readonly workers?: number;
  readonly strategy: Strategy;
  readonly method: Method;
  readonly noise: number;
  /** Seconds. */
  readonly timeLimit?: number;
  readonly json?: true;
  readonly quiet?: true;
}

const manual = `
Examples:
    latticode synth examples.jsonl
    latticode synth examples.jsonl --emit python > program.py
    latticode synth Parity_All --seed 3 --emit python,c --out parity
    latticode tasks Sum_All --sample 1000 | latticode synth -

Input:
JSON lines hold one sequence per line, one number per position. Where there are several inputs or
outputs, there is one array of numbers per position:
    {"x": [3, 1, 4], "y": [3, 4, 8]}
    {"x": [[0, 1], [1, 1]], "y": [1, 0]}

CSV and Parquet files hold one position per row. Their columns are:
    sequence       the number of the sequence, ascending
    x or x1, x2    the inputs
    y or y1, y2    the outputs

All sequences have the same length. All numbers are integers below 2^31 in magnitude. At least 10
sequences are needed; more are better. Files are read as streams. If a file holds more than 2^25
numbers, a sample of its sequences is used, and standard error says so. For a named task, 20,000
sequences are sampled with the seed. A few tasks, such as Majority_0_3, need more: see bench.

${outputText}

With --out, the directory receives:
    program.py, program.js, ...   the program in each language of --emit
    program.json                  the program as data, with its domain
    network.safetensors           the trained network
    result.json                   what --json prints
    journal.jsonl                 finished training attempts

A run that was killed resumes when the same command is given again. It repeats no finished attempt
and ends with the same files, except for the times in them. The directory of another run is refused.
The same examples and seed give the same digest on every machine. --workers does not change it.

Verdicts:
    solved      right at every label, and the labels determine the program
    consistent  right at every label, but the labels do not determine the program; the report says
                what no label shows, and which labels would decide
    not solved  anything else; the report says how far the run got

docs/glossary.md explains the words of the report. README.md says when labels determine a program.

Wrong labels:
Two sequences contradict each other if they have the same inputs up to a position and different
outputs there. The run then stops before training, with exit code 2, and the message names the
lines. With --noise 0.02, up to 2 % of the sequences may have wrong labels. Sequences that
contradict others are left out of training. The program may be wrong on 2 % of the sequences, and
the report names them.

${methodsText}

Strategies:
    portfolio  try many small networks, simple ones first
    paper      search as Michaud et al. (2024) did; takes far longer

Exit codes:
    0    solved
    2    bad usage or bad input, such as labels that contradict each other
    3    not solved
    4    consistent
    130  interrupted`;

/** Adds `latticode synth`, which finds a program for examples. */
export function addSynthCommand(program: Command, startProgress: StartProgress): void {
  const command = program
    .command("synth")
    .description("finds a program that explains the examples")
    .argument(
      "<source>",
      "a .jsonl, .csv or .parquet file, - for JSON lines on standard input, or the name of a task",
    )
    .option(
      "--out <dir>",
      "directory for the program, the network and result.json; an interrupted run resumes from it",
    )
    .addOption(emitOption())
    .addOption(seedOption())
    .addOption(
      new Option("--strategy <name>", "how to search for the network's shape")
        .choices(strategies)
        .default("portfolio"),
    )
    .addOption(methodOption())
    .addOption(noiseOption())
    .option(
      "--workers <n>",
      "training threads, or 0 for none; one per core unless given",
      parseInteger(0, 1024),
    )
    .addOption(timeLimitOption());
  for (const option of reportOptions()) command.addOption(option);
  command.addHelpText("after", manual).action(async (source: string, options: SynthOptions) => {
    process.exitCode = await synth(source, options, startProgress(options));
  });
}

/**
 * `latticode synth`: examples in, program out, on standard output and in files.
 *
 * @returns the exit code
 * @throws UsageError or InputError when the source or an option is wrong, or labels contradict each
 *   other
 */
async function synth(source: string, options: SynthOptions, progress: Progress): Promise<number> {
  const { out, emit, seed, workers, strategy, method, noise, timeLimit } = options;
  const start = performance.now();
  checkPrintOptions(options);
  if (out !== undefined) prepareDirectory(out);
  const { examples, longer, origin } = await readSource(source, { seed });
  const journal =
    out === undefined
      ? undefined
      : prepareJournal(out, { examples, longer, seed, strategy, noise, version });
  const secondsLeft =
    timeLimit === undefined
      ? undefined
      : Math.max(0, timeLimit - (performance.now() - start) / 1000);
  const facts = { seed, origin, emit };
  const limits = { timeLimit, secondsLeft };
  const job = { examples, longer, noise, workers, strategy, method, journal, ...facts, ...limits };
  const outcome = await runSynthesis(job, progress.show);
  progress.stop();
  if ("contradicted" in outcome) {
    throw new UsageError(contradictionText(outcome.contradicted, origin));
  }
  const { result, training } = outcome;
  const network = result.network ? await networkFile(training, examples) : undefined;
  const written = out === undefined ? [] : writeFiles(out, result, network);
  printResult(result, reportOf(result), written, options);
  return exitCodeOf(result.verdict);
}

async function networkFile(
  { network, perfect }: TrainingResult,
  examples: Examples,
): Promise<Uint8Array> {
  const digest = await digestOf(network, undefined);
  const inputs = inputMetadata({ columns: observeGroups(examples), length: examples.length });
  return saveNetwork(network, { digest, perfect: String(perfect), ...inputs });
}
