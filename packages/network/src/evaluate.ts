import type { Examples } from "@latticode/program";
import type { Recurrent } from "./recurrent.ts";

/** How a network does on labelled sequences. */
export interface Evaluation {
  /** Share of outputs that are right after rounding to the nearest integer, 0 to 1. */
  readonly accuracy: number;
  /** Largest |output - label|; Infinity where an output is not a number. */
  readonly margin: number;
}

// Bounds the memory that the kernels need for hidden states, and the time between two turns for
// the host.
const chunkPositions = 1 << 16;

/** Yields after every chunk of sequences. */
function* evaluateChunks(
  recurrent: Recurrent,
  examples: Examples,
): Generator<undefined, Evaluation> {
  const { count, length, inputDim, outputDim } = examples;
  const chunk = Math.max(1, Math.floor(chunkPositions / length));
  let right = 0;
  let margin = 0;
  for (let from = 0; from < count; from += chunk) {
    const to = Math.min(count, from + chunk);
    const x = examples.x.subarray(from * length * inputDim, to * length * inputDim);
    const labels = examples.y.subarray(from * length * outputDim, to * length * outputDim);
    const { y } = recurrent.run(x, to - from, length);
    for (let i = 0; i < labels.length; i++) {
      const error = Math.abs(y[i] - labels[i]);
      if (error < 0.5) right++;
      if (!(error <= margin)) margin = Number.isNaN(error) ? Number.POSITIVE_INFINITY : error;
    }
    yield;
  }
  return { accuracy: right / (count * length * outputDim), margin };
}

/** Runs a network on examples and compares its outputs with the labels. */
export function evaluateNetwork(recurrent: Recurrent, examples: Examples): Evaluation {
  const chunks = evaluateChunks(recurrent, examples);
  let chunk = chunks.next();
  while (!chunk.done) chunk = chunks.next();
  return chunk.value;
}

/** The same, with a turn for the host now and then; ends with what that throws. */
export async function evaluateInTurns(
  recurrent: Recurrent,
  examples: Examples,
  giveWay: () => Promise<void>,
): Promise<Evaluation> {
  const chunks = evaluateChunks(recurrent, examples);
  let chunk = chunks.next();
  while (!chunk.done) {
    await giveWay();
    chunk = chunks.next();
  }
  return chunk.value;
}
