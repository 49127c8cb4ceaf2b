import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { loadKernels, maxLength } from "@latticode/kernels";
import type { InputGroup } from "@latticode/verification";
import type { Command } from "commander";
import type { Inspection } from "../../inspection/index.ts";
import { inspectionFiles, inspectionText, inspectNetwork } from "../../inspection/index.ts";
import { inputsHelp, inputsOfNetwork, parseInputGroups } from "../input-groups.ts";
import { parseInteger } from "../options.ts";
import { readNetwork } from "../sources/read-network.ts";
import { UsageError } from "../usage-error.ts";
import { prepareDirectory, writeAtomically } from "../write-files.ts";

interface InspectOptions {
  readonly inputs?: readonly InputGroup[];
  readonly length?: number;
  readonly seed: number;
  readonly out?: string;
}

const manual = `
Examples:
    latticode inspect parity
    latticode inspect network.safetensors --inputs 0..1,0..1 --length 10 --out pictures

A network that synth saved knows the range of its inputs and their length. Any other needs --inputs.

Output:
Standard output shows the normalizers, the weights after them, the hidden states by cluster, the
lattice with its recurrence, the machine, and the program. The program is only read, not verified.
With --out, the directory receives:
    inspection.txt                        the same text
    weights.svg                           the weights as a heat map
    states-0-as-trained.svg, ...          the hidden states, before and after each normalizer
    lattice.svg                           the middle of a lattice that is too fine to draw whole
    machine.dot, machine.mmd, machine.svg the machine for Graphviz, for Mermaid, and drawn
    recurrence.tex                        the linear recurrence as LaTeX

The same network and options give the same bytes.

Exit codes:
    0    done
    2    bad usage or a bad file
    130  interrupted`;

/** Adds `latticode inspect`, which shows what is in a network. */
export function addInspectCommand(command: Command): void {
  command
    .command("inspect")
    .description("shows what a network holds: its weights, hidden states, lattice and machine")
    .argument("<network>", "a directory that synth --out wrote, or a .safetensors file")
    .option("--inputs <values>", inputsHelp, parseInputGroups)
    .option(
      "--length <n>",
      "positions per sequence; as the file says unless given, else 10",
      parseInteger(1, maxLength),
    )
    .option("--seed <n>", "seed of the sampled inputs", parseSeed, 0)
    .option("--out <dir>", "directory for the text and the pictures")
    .addHelpText("after", manual)
    .action(inspect);
}

// one less than the largest seed: readers draw from the next one, too
const parseSeed = parseInteger(0, 2 ** 32 - 2);

/** @throws UsageError when the network, its inputs or the directory are wrong */
async function inspect(source: string, options: InspectOptions): Promise<void> {
  // what follows computes on this thread, where a handler would wait for its end
  process.removeAllListeners("SIGINT");
  const { out, seed } = options;
  if (out !== undefined) prepareDirectory(out);
  const path = networkPath(source);
  const { network, metadata } = readNetwork(path);
  const { inputDim } = network.shape;
  const saved = inputsOfNetwork(options.inputs, { path, metadata, inputDim });
  const length = options.length ?? saved.length ?? 10;
  const kernels = await loadKernels();
  let inspection: Inspection;
  try {
    inspection = inspectNetwork(network, { kernels, columns: saved.groups, length, seed });
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(`${path}: ${error.message}`);
    throw error;
  }
  process.stdout.write(inspectionText(inspection));
  if (out !== undefined) writeInspection(out, await inspectionFiles(inspection, { kernels }));
}

function networkPath(source: string): string {
  const status = statSync(source, { throwIfNoEntry: false });
  if (!status) {
    throw new UsageError(
      `${source}: no such file or directory; give a directory that synth --out ` +
        "wrote, or a .safetensors file",
    );
  }
  if (!status.isDirectory()) return source;
  const path = join(source, "network.safetensors");
  if (!existsSync(path)) {
    throw new UsageError(
      `${source}: has no network.safetensors; give a directory that synth --out wrote`,
    );
  }
  return path;
}

const ours =
  /^(states-\d-[a-z-]+\.svg|weights\.svg|lattice\.svg|machine\.(dot|mmd|svg)|recurrence\.tex)$/;

/** Writes the files, and removes those of an earlier inspection that this one does not have. */
function writeInspection(directory: string, files: Readonly<Record<string, string>>): void {
  try {
    if (existsSync(join(directory, "inspection.txt"))) {
      for (const name of readdirSync(directory)) {
        if (ours.test(name) && !(name in files)) rmSync(join(directory, name));
      }
    }
    for (const [name, text] of Object.entries(files)) writeAtomically(join(directory, name), text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(
      `--out ${directory}: cannot write there: ${reason}; give another directory`,
    );
  }
}
