import type { Recurrent } from "@latticode/network";
import { pause, traceNetwork } from "@latticode/network";
import type { Examples, Program } from "@latticode/program";
import { againstNetwork, type Check, toldCheck } from "./check.ts";
import { checkDrift } from "./drift.ts";
import type { Inputs } from "./inputs/drawn.ts";
import type { LongInputs } from "./inputs/long.ts";
import { newTally } from "./tally.ts";

// Beyond the trained length most networks drift, so that a program that is right differs from them.
// Where a network is still right is told by labels, where there are some, and by its outputs. Of
// 186 networks of the benchmark held against right programs, none of the 61 linear ones was wrong
// before its outputs had left the integers by 0.1, on random sequences and at the edges, to length
// 1,000. Of the 125 others four were; none on random sequences as long as labels of the same kind
// were right.

/** Outputs this near to integers are believed. */
const mostDistance = 0.1;

/** How far a network is believed beyond its trained length. */
interface Trust {
  /** Positions of a sequence; 0 where nothing speaks for it. */
  readonly length: number;
  /** On sequences at the edges of the inputs too, not only on random ones. */
  readonly edges: boolean;
}

export interface LongOptions {
  /** Positions that the network was trained on. */
  readonly trained: number;
  /** Labels of a greater length. */
  readonly longer?: Examples | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * How often a program and the network agree on sequences much longer than it was trained on, which
 * judges nobody; and, where the network is still right, a check that judges the program.
 */
export async function checkLong(
  program: Program,
  network: Recurrent,
  inputs: readonly LongInputs[],
  options: LongOptions,
): Promise<Check[]> {
  const { trained } = options;
  const checks: Check[] = [];
  const trust = await trustOf(network, options);
  const judged = new Set<number>();
  for (const { random, edges } of inputs) {
    checks.push(await checkDrift(program, network, [random, edges], options));
    const length = Math.min(random.length, trust.length);
    if (length <= trained || judged.has(length)) continue;
    judged.add(length);
    const batches = trust.edges ? [random, edges] : [random];
    checks.push(await checkTrusted(program, network, { batches, length }, options));
  }
  return checks;
}

/** Up to the first error on labels of a greater length; a linear network by its outputs alone. */
async function trustOf(network: Recurrent, { longer, signal }: LongOptions): Promise<Trust> {
  const { affine, outputDim } = network;
  if (affine === "both") return { length: Number.POSITIVE_INFINITY, edges: true };
  let length = longer && longer.count > 0 ? longer.length : 0;
  if (longer && length > 0) {
    await pause(signal);
    const { y } = traceNetwork(network, longer);
    const width = longer.length * outputDim;
    for (let i = 0; i < y.length; i++) {
      if (y[i] === longer.y[i]) continue;
      length = Math.min(length, Math.floor((i % width) / outputDim));
    }
  }
  return { length, edges: false };
}

/** Sequences that are run at once. */
const batchSequences = 100;

async function checkTrusted(
  program: Program,
  network: Recurrent,
  { batches, length }: { batches: readonly Inputs[]; length: number },
  { signal, trained }: LongOptions,
): Promise<Check> {
  const { inputDim, outputDim } = network;
  const tally = newTally(program, outputDim);
  let further = 0;
  for (const batch of batches) {
    for (let from = 0; from < batch.count; from += batchSequences) {
      await pause(signal);
      const count = Math.min(batchSequences, batch.count - from);
      const width = batch.length * inputDim;
      const x = batch.x.subarray(from * width, (from + count) * width);
      const { y } = network.run(x, count, batch.length);
      for (let i = 0; i < count; i++) {
        const outputs = y.subarray(
          i * batch.length * outputDim,
          (i + 1) * batch.length * outputDim,
        );
        const believed = Math.min(length, believedLength(outputs, outputDim));
        if (believed <= trained) continue;
        further++;
        tally.compare({
          ...{ count: 1, length: believed, inputDim, outputDim },
          x: x.subarray(i * width, i * width + believed * inputDim),
          y: Int32Array.from(outputs.subarray(0, believed * outputDim), Math.round),
        });
      }
    }
  }
  const description = `${againstNetwork} at length ${length}, as far as they can be trusted`;
  if (further === 0) {
    return toldCheck(
      "long",
      description,
      "not run: before that length, the network's outputs drift from integers",
    );
  }
  return tally.finish("long", description);
}

/** Positions before the first output that is not near an integer of 32 bits. */
function believedLength(outputs: Float64Array | Float32Array, outputDim: number): number {
  const first = outputs.findIndex(
    (y) => !(Math.abs(y - Math.round(y)) < mostDistance && Math.abs(y) < 2 ** 31),
  );
  return Math.floor((first < 0 ? outputs.length : first) / outputDim);
}
