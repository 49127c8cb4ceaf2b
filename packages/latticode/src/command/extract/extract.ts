import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Language } from "@latticode/codegen";
import { maxLength } from "@latticode/kernels";
import { type Activation, activations } from "@latticode/network";
import type { Method } from "@latticode/regression";
import { type InputGroup, productDomain } from "@latticode/verification";
import { type Command, InvalidArgumentError } from "commander";
import { exitCodes } from "../exit-codes.ts";
import { inputsHelp, inputsOfNetwork, parseInputGroups } from "../input-groups.ts";
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
  readonly inputs?: readonly InputGroup[];
  readonly length?: number;
  readonly activation?: Activation;
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
    .option("--inputs <values>", inputsHelp, parseInputGroups)
    .option(
      "--length <n>",
      "positions per sequence, best as the network was trained",
      parseInteger(1, maxLength),
    )
    .option(
      "--activation <name>",
      `between layers, where the file does not say: ${activations.join(", ")}`,
      parseActivation,
    )
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
        "shapes. A network that synth saved knows its inputs and their length; any other needs --inputs,\n" +
        "and has length 10 unless told. There are no labels: what counts are the outputs, rounded, which\n" +
        "must be within 0.25 of integers. Longer words are looked at as well, as far as they are near\n" +
        "integers.\n" +
        "Exit codes: 0 the program equals the network on all words of the length, or on 100,000 of them;\n" +
        "3 not solved, 2 bad usage or input, 130 interrupted.",
    )
    .action(async (path: string, options: ExtractOptions) => {
      process.exitCode = await extract(path, options, startProgress(options));
    });
}

/** @throws UsageError when the file, the inputs or the directory are wrong */
async function extract(path: string, options: ExtractOptions, progress: Progress) {
  const { out, emit, seed, method, timeLimit, json } = options;
  const { network, metadata, activation, bytes } = readNetwork(path, options.activation);
  const { inputDim } = network.shape;
  const saved = inputsOfNetwork(options.inputs, { path, metadata, inputDim });
  const inputs = saved.groups;
  const length = options.length ?? saved.length ?? 10;
  checkRows(inputs, length);
  if (out !== undefined) {
    prepareDirectory(out);
    if (existsSync(join(out, "journal.jsonl"))) {
      throw new UsageError(`--out ${out}: holds a run of synth, give another directory`);
    }
  }
  const job = {
    network,
    activation,
    inputs,
    length,
    seed,
    method,
    emit,
    timeLimit,
    secondsLeft: timeLimit,
  };
  const result = await runExtraction(job, progress.show);
  progress.stop();
  if (out !== undefined) writeFiles(out, result, bytes);
  process.stdout.write(json ? `${JSON.stringify(result)}\n` : extractionReportOf(result));
  return result.verdict === "solved" ? exitCodes.solved : exitCodes.notSolved;
}

/** @throws UsageError where inputs cannot be listed */
function checkRows(inputs: readonly InputGroup[], length: number): void {
  try {
    productDomain(inputs, length);
  } catch (error) {
    throw new UsageError(`--inputs: ${error instanceof Error ? error.message : error}`);
  }
}

function parseActivation(text: string): Activation {
  const known = activations.find((name) => name === text);
  if (!known) {
    throw new InvalidArgumentError(
      `Networks with ${activations.join(" or ")} between their layers can be read, no others.`,
    );
  }
  return known;
}
