import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Language } from "@latticode/codegen";
import { maxLength } from "@latticode/kernels";
import { type Activation, activations } from "@latticode/network";
import type { Method } from "@latticode/regression";
import { type InputGroup, productDomain } from "@latticode/verification";
import { type Command, InvalidArgumentError } from "commander";
import { exitCodeOf } from "../exit-codes.ts";
import { inputsHelp, inputsOfNetwork, parseInputGroups } from "../input-groups.ts";
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

const manual = `
Examples:
    latticode extract network.safetensors --inputs 0..99
    latticode extract network.safetensors --inputs 0..1,0..9 --length 20 --out run
    latticode extract network.safetensors --inputs "onehot:7,{-1,1}"

Input:
The network computes a hidden state h and an output y from every input x:
    h_t = f([h_(t-1), x_t])
    y_t = g(h_t)

Both f and g are perceptrons of 1 to 3 layers with ReLU between the layers. The file holds their
tensors as F32 or F64, under the names that Michaud et al. (2024) use:
    hmlp.mlp.{0,2,4}.weight, hmlp.mlp.{0,2,4}.bias    layers of f
    ymlp.mlp.{0,2,4}.weight, ymlp.mlp.{0,2,4}.bias    layers of g

Depths and sizes follow from the shapes of the tensors. A network that synth saved knows its inputs
and their length. Any other needs --inputs, and has length 10 unless --length says otherwise.

A file whose metadata give an "activation" other than relu is refused. If a file does not say,
the report says that ReLU was assumed.

${outputText}

The program is compared only with the network's outputs, rounded to integers. There are no labels,
so agreement does not show that either of them is right. Every output must be within 0.25 of an
integer on all words of the length, or on 100,000 of them.

A word is an input sequence. Longer words are compared too, up to at least 4 times the length, for
as long as outputs are within 0.1 of integers. If the program differs there, the network is read
again on longer words. If that fails, the report gives the shortest word on which they differ. It
also says up to which length all outputs stay near integers.

The files of --out are those of synth, without a journal. A directory that synth wrote is refused.

${methodsText}

Exit codes:
    0    the program equals the network on all words of the length, or on 100,000 of them
    2    bad usage or bad input
    3    not solved; the report says how far the run got
    130  interrupted`;

/** Adds `latticode extract`, which reads a program out of a network that was trained elsewhere. */
export function addExtractCommand(program: Command, startProgress: StartProgress): void {
  const command = program
    .command("extract")
    .description("reads a program out of a trained network")
    .argument("<network>", "a .safetensors file")
    .option("--inputs <values>", inputsHelp, parseInputGroups)
    .option(
      "--length <n>",
      "positions per sequence, best the length that the network was trained on",
      parseInteger(1, maxLength),
    )
    .option(
      "--activation <name>",
      `activation between layers, if the file does not say: ${activations.join(", ")}`,
      parseActivation,
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

/** @throws UsageError when the file, the inputs or the directory are wrong */
async function extract(path: string, options: ExtractOptions, progress: Progress) {
  const { out, emit, seed, method, timeLimit } = options;
  checkPrintOptions(options);
  const { network, metadata, activation, bytes } = readNetwork(path, options.activation);
  const { inputDim } = network.shape;
  const saved = inputsOfNetwork(options.inputs, { path, metadata, inputDim });
  const inputs = saved.groups;
  const length = options.length ?? saved.length ?? 10;
  checkRows(inputs, length);
  if (out !== undefined) {
    prepareDirectory(out);
    if (existsSync(join(out, "journal.jsonl"))) {
      throw new UsageError(`--out ${out}: holds a run of synth; give another directory`);
    }
  }
  const source = { name: path, sha256: createHash("sha256").update(bytes).digest("hex") };
  const limits = { timeLimit, secondsLeft: timeLimit };
  const job = { network, activation, source, inputs, length, seed, method, emit, ...limits };
  const result = await runExtraction(job, progress.show);
  progress.stop();
  const written = out === undefined ? [] : writeFiles(out, result, bytes);
  printResult(result, extractionReportOf(result), written, options);
  return exitCodeOf(result.verdict);
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
      `Only networks with ${activations.join(" or ")} between their layers can be read.`,
    );
  }
  return known;
}
