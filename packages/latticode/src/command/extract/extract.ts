import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Language } from "@latticode/codegen";
import { maxLength } from "@latticode/kernels";
import type { Method } from "@latticode/regression";
import type { InputColumn } from "@latticode/verification";
import { type Command, InvalidArgumentError } from "commander";
import { exitCodes } from "../exit-codes.ts";
import {
  emitOption,
  methodOption,
  parseInteger,
  reportOptions,
  seedOption,
  timeLimitOption,
} from "../options.ts";
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

/** Adds `latticode extract`, which reads a program out of a network that was trained elsewhere. */
export function addExtractCommand(program: Command, startProgress: StartProgress): void {
  const command = program
    .command("extract")
    .description("reads a program out of a trained network")
    .argument("<network>", "a .safetensors file")
    .requiredOption(
      "--inputs <ranges>",
      "what inputs may be, both ends included: 0..99 for all of them, or a range a column: 0..1,0..9",
      parseRanges,
    )
    .option(
      "--length <n>",
      "positions a sequence, best as the network was trained",
      parseInteger(1, maxLength),
      10,
    )
    .option("--activation <name>", "between layers; only relu is known", parseActivation, "relu")
    .option("--out <dir>", "write the program, the network and result.json there")
    .addOption(emitOption())
    .addOption(seedOption())
    .addOption(methodOption())
    .addOption(timeLimitOption("end after that, as not solved"));
  for (const option of reportOptions()) command.addOption(option);
  command
    .addHelpText(
      "after",
      "\nThe network is h_t = f([h_(t-1), x_t]), y_t = g(h_t), its tensors hmlp.mlp.{0,2,4} (f) and\n" +
        "ymlp.mlp.{0,2,4} (g), each with .weight and .bias, F32 or F64; depths and sizes follow from the\n" +
        "shapes. What counts are its outputs rounded to integers: there are no labels.\n" +
        "Exit codes: 0 the program agrees with the network wherever it was checked, 3 not solved,\n" +
        "2 bad usage or input, 130 interrupted.",
    )
    .action(async (path: string, options: ExtractOptions) => {
      process.exitCode = await extract(path, options, startProgress(options));
    });
}

/** @throws UsageError when the file, the ranges or the directory are wrong */
async function extract(path: string, options: ExtractOptions, progress: Progress) {
  const { length, out, emit, seed, method, timeLimit, json } = options;
  const { network, bytes } = readNetwork(path);
  const inputs = columnsOf(options.inputs, network.shape.inputDim);
  if (out !== undefined) {
    prepareDirectory(out);
    if (existsSync(join(out, "journal.jsonl"))) {
      throw new UsageError(`--out ${out}: holds a run of synth, give another directory`);
    }
  }
  const job = { network, inputs, length, seed, method, emit, timeLimit, secondsLeft: timeLimit };
  const result = await runExtraction(job, progress.show);
  progress.stop();
  if (out !== undefined) writeFiles(out, result, bytes);
  process.stdout.write(json ? `${JSON.stringify(result)}\n` : extractionReportOf(result));
  return result.solved ? exitCodes.solved : exitCodes.notSolved;
}

/** One range for all columns, or one for each. */
function columnsOf(ranges: readonly InputColumn[], inputDim: number): readonly InputColumn[] {
  if (ranges.length === inputDim) return ranges;
  if (ranges.length === 1) return Array.from({ length: inputDim }, () => ranges[0]);
  const columns = inputDim === 1 ? "1 input column" : `${inputDim} input columns`;
  throw new UsageError(
    `--inputs: ${ranges.length} ranges, the network has ${columns}: give one range for all, or one a column`,
  );
}

function parseRanges(text: string): readonly InputColumn[] {
  return text.split(",").map((range) => {
    const [, low, high] = /^\s*(-?\d+)\.\.(-?\d+)\s*$/.exec(range) ?? [];
    const [min, max] = [Number(low), Number(high)];
    // also false for NaN
    if (!(min >= -(2 ** 31) && min <= max && max < 2 ** 31)) {
      throw new InvalidArgumentError(
        "It must be a range of 32-bit integers such as 0..99, or one a column such as 0..1,-5..5.",
      );
    }
    return { kind: "range", min, max };
  });
}

function parseActivation(text: string): "relu" {
  if (text !== "relu") {
    throw new InvalidArgumentError(
      "Networks with relu between their layers can be read, no others.",
    );
  }
  return text;
}
