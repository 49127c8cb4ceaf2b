import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Language } from "@latticode/codegen";
import { maxLength } from "@latticode/kernels";
import type { Method } from "@latticode/regression";
import type { InputColumn } from "@latticode/verification";
import { type Command, InvalidArgumentError } from "commander";
import { exitCodeOf } from "../exit-codes.ts";
import {
  emitOption,
  methodOption,
  methodsText,
  outputText,
  parseInteger,
  reportOptions,
  seedOption,
  timeLimitOption,
} from "../options.ts";
import { checkPrintOptions, printResult } from "../print-result.ts";
import type { Progress, StartProgress } from "../progress.ts";
import { extractionReportOf } from "../report.ts";
import { readNetwork } from "../sources/read-network.ts";
import { UsageError } from "../usage-error.ts";
import { prepareDirectory, writeFiles } from "../write-files.ts";
import { runExtraction } from "./run-extraction.ts";

interface ExtractOptions {
  readonly inputs: readonly InputColumn[];
  readonly length: number;
  readonly activation: "relu";
  readonly out?: string;
  readonly emit: readonly Language[];
  readonly seed: number;
  readonly method: Method;
  /** Seconds. */
  readonly timeLimit?: number;
  readonly json?: true;
  readonly quiet?: true;
}

const manual = `
Examples:
    latticode extract network.safetensors --inputs 0..99
    latticode extract network.safetensors --inputs 0..1,0..9 --length 20 --out run

Input:
The network computes a hidden state h and an output y from every input x:
    h_t = f([h_(t-1), x_t])
    y_t = g(h_t)

Both f and g are perceptrons of 1 to 3 layers with ReLU between the layers. The file holds their
tensors as F32 or F64, under the names that Michaud et al. (2024) use:
    hmlp.mlp.{0,2,4}.weight, hmlp.mlp.{0,2,4}.bias    layers of f
    ymlp.mlp.{0,2,4}.weight, ymlp.mlp.{0,2,4}.bias    layers of g

Depths and sizes follow from the shapes of the tensors.

${outputText}

Only the network's outputs, rounded to integers, judge the program. There are no labels, so
agreement does not show that either of them is right. Beyond the length of their training, most
networks drift. The files of --out are those of synth, without a journal. --out refuses the directory of a
run of synth.

${methodsText}

Exit codes:
    0    solved: the program agrees with the network in every check
    2    bad usage or bad input
    3    not solved; the report says how far the run got
    130  interrupted`;

/** Adds `latticode extract`, which reads a program out of a network that was trained elsewhere. */
export function addExtractCommand(program: Command, startProgress: StartProgress): void {
  const command = program
    .command("extract")
    .description("reads a program out of a trained network")
    .argument("<network>", "a .safetensors file")
    .requiredOption(
      "--inputs <ranges>",
      "range of the inputs, both ends included: 0..99 for all columns, or one per " +
        "column, such as 0..1,0..9",
      parseRanges,
    )
    .option(
      "--length <n>",
      "positions per sequence, best the length that the network was trained on",
      parseInteger(1, maxLength),
      10,
    )
    .option(
      "--activation <name>",
      "activation between layers; only relu is supported",
      parseActivation,
      "relu",
    )
    .option("--out <dir>", "directory for the program, the network and result.json")
    .addOption(emitOption())
    .addOption(seedOption())
    .addOption(methodOption())
    .addOption(timeLimitOption());
  for (const option of reportOptions()) command.addOption(option);
  command.addHelpText("after", manual).action(async (path: string, options: ExtractOptions) => {
    process.exitCode = await extract(path, options, startProgress(options));
  });
}

/** @throws UsageError when the file, the ranges or the directory are wrong */
async function extract(path: string, options: ExtractOptions, progress: Progress) {
  const { length, out, emit, seed, method, timeLimit } = options;
  checkPrintOptions(options);
  const { network, bytes } = readNetwork(path);
  const inputs = columnsOf(options.inputs, network.shape.inputDim);
  if (out !== undefined) {
    prepareDirectory(out);
    if (existsSync(join(out, "journal.jsonl"))) {
      throw new UsageError(`--out ${out}: holds a run of synth; give another directory`);
    }
  }
  const source = { name: path, sha256: createHash("sha256").update(bytes).digest("hex") };
  const limits = { timeLimit, secondsLeft: timeLimit };
  const job = { network, source, inputs, length, seed, method, emit, ...limits };
  const result = await runExtraction(job, progress.show);
  progress.stop();
  const written = out === undefined ? [] : writeFiles(out, result, bytes);
  printResult(result, extractionReportOf(result), written, options);
  return exitCodeOf(result.verdict);
}

/** One range for all columns, or one for each. */
function columnsOf(ranges: readonly InputColumn[], inputDim: number): readonly InputColumn[] {
  if (ranges.length === inputDim) return ranges;
  if (ranges.length === 1) return Array.from({ length: inputDim }, () => ranges[0]);
  const columns = inputDim === 1 ? "1 input column" : `${inputDim} input columns`;
  throw new UsageError(
    `--inputs: got ${ranges.length} ranges, but the network has ${columns}; give one ` +
      "range for all, or one per column",
  );
}

function parseRanges(text: string): readonly InputColumn[] {
  return text.split(",").map((range) => {
    const [, low, high] = /^\s*(-?\d+)\.\.(-?\d+)\s*$/.exec(range) ?? [];
    const [min, max] = [Number(low), Number(high)];
    // also false for NaN
    if (!(min >= -(2 ** 31) && min <= max && max < 2 ** 31)) {
      throw new InvalidArgumentError(
        "Give a range of 32-bit integers such as 0..99, or one per column such as 0..1,-5..5.",
      );
    }
    return { kind: "range", min, max };
  });
}

function parseActivation(text: string): "relu" {
  if (text !== "relu") {
    throw new InvalidArgumentError("Only networks with relu between their layers can be read.");
  }
  return text;
}
