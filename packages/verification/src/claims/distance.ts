import type { Recurrent } from "@latticode/network";
import { pause } from "@latticode/network";
import type { Inputs } from "../inputs/drawn.ts";
import { edgeInputs } from "../inputs/edges.ts";
import { batchSizeOf } from "../network.ts";
import { countWordsOf, type Domain, drawWords, wordsOf } from "./domain.ts";

/** A network whose outputs are no further from integers than this computes integers. */
export const mostDistance = 0.25;

/** How far a network's outputs are from integers on words of a domain, of its length. */
export interface IntegerDistance {
  /** In [0, 0.5]; Infinity where an output is beyond 32 bits, or no number. */
  readonly largest: number;
  /** Words that were looked at. */
  readonly words: number;
  /** These are all words of the length. */
  readonly exhaustive: boolean;
  /** Positions up to which no output is further than 0.25 from an integer. */
  readonly integersUpTo: number;
}

/** From an output to the nearest integer of 32 bits; Infinity where there is none within 0.5. */
export function distanceOf(y: number): number {
  return Math.abs(y) < 2 ** 31 ? Math.abs(y - Math.round(y)) : Number.POSITIVE_INFINITY;
}

/**
 * Looks at a network's outputs on all words of the domain's length where they are no more than
 * `words`, else on that many random ones and on those at the edges of the domain.
 *
 * @throws the signal's reason when it is aborted
 */
export async function distanceToIntegers(
  network: Recurrent,
  domain: Domain,
  options: {
    /** For random words, an integer from 0 to 2^32 - 1. */
    readonly seed: number;
    /** 100,000 unless given. */
    readonly words?: number;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<IntegerDistance> {
  const { seed, words: most = 100_000, signal } = options;
  const { length } = domain;
  const { outputDim } = network;
  const exhaustive = countWordsOf(domain, length, most) !== undefined;
  const batch = batchSizeOf(length);
  /** The largest distance at each position. */
  const largest = new Float64Array(length);
  let words = 0;
  for (const { count, x } of exhaustive ? wordsOf(domain, length, batch) : drawn()) {
    await pause(signal);
    words += count;
    const { y } = network.run(x, count, length);
    for (let i = 0; i < y.length; i++) {
      const distance = distanceOf(y[i]);
      const t = Math.floor(i / outputDim) % length;
      if (distance > largest[t]) largest[t] = distance;
    }
  }
  const first = largest.findIndex((distance) => distance > mostDistance);
  return {
    largest: largest.reduce((a, b) => Math.max(a, b)),
    ...{ words, exhaustive },
    integersUpTo: first < 0 ? length : first,
  };

  function* drawn(): Generator<Inputs> {
    yield* parts(edgeInputs(domain, length), domain.inputDim, batch);
    for (let from = 0; from < most; from += batch) {
      const count = Math.min(batch, most - from);
      yield drawWords(domain, { count, length, seed, first: from });
    }
  }
}

/** Words in parts of at most `most`. */
export function* parts(
  { count, length, x }: Inputs,
  inputDim: number,
  most: number,
): Generator<Inputs> {
  const width = length * inputDim;
  for (let from = 0; from < count; from += most) {
    const to = Math.min(count, from + most);
    yield { count: to - from, length, x: x.subarray(from * width, to * width) };
  }
}
