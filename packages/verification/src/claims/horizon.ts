import { maxLength } from "@latticode/kernels";
import type { Recurrent } from "@latticode/network";
import { pause } from "@latticode/network";
import type { Program } from "@latticode/program";
import { compileStep, unlessFailed } from "@latticode/program";
import { countText } from "../check.ts";
import type { Inputs } from "../inputs/drawn.ts";
import { edgeInputs } from "../inputs/edges.ts";
import { batchSizeOf } from "../network.ts";
import { distanceOf, parts } from "./distance.ts";
import { type Domain, drawWords } from "./domain.ts";

/** How far a program goes together with a network beyond the length that was asked for. */
export interface Horizon {
  /** The longest words that were compared; the length asked for where none is longer. */
  readonly length: number;
  /** Words that were compared, all of them longer than asked for. */
  readonly words: number;
  /**
   * Positions up to which nothing drifts: on all of these words every output is within 0.1 of an
   * integer of 32 bits. `length` where none leaves.
   */
  readonly steady: number;
  /**
   * The shortest word on which they differ although the network's outputs are near integers all
   * along: there the program is wrong, not the network unsure.
   */
  readonly differs?: {
    /** [length, inputDim] */
    readonly word: Int32Array;
    /** Outputs at its end; texts beyond 2^53, "fails" where the program does. */
    readonly program: readonly (number | string)[];
    readonly network: readonly number[];
  };
}

/** Outputs this near to integers are believed. */
const nearDistance = 0.1;
/** Steps of the network, about, and how many times the length is looked at in any case. */
const mostSteps = 1e7;
const leastTimes = 4;
/** Words of each length, and those of them at the edges of the domain. */
const wordsOfLength = 2000;
const mostEdges = 500;

/**
 * Compares a program with a network on words longer than those of the domain, twice as long each
 * time, as long as nothing drifts and both agree, within 10^7 steps of the network; to 4 times the
 * length in any case. Where an output is in between two integers the network drifts, and is not
 * believed on that word any more.
 *
 * @throws the signal's reason when it is aborted
 */
export async function compareBeyond(
  program: Program,
  network: Recurrent,
  domain: Domain,
  options: {
    /** For random words, an integer from 0 to 2^32 - 1. */
    readonly seed: number;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<Horizon> {
  const { seed, signal } = options;
  const compare = comparison(program, network);
  let length = domain.length;
  let words = 0;
  let steady = Number.POSITIVE_INFINITY;
  let steps = 0;
  let differs: Horizon["differs"];
  const goesOn = () =>
    length < maxLength &&
    (length < leastTimes * domain.length ||
      (steady > length && steps + 2 * length * wordsOfLength <= mostSteps));
  while (!differs && goesOn()) {
    length = Math.min(2 * length, maxLength);
    const edges = thinned(edgeInputs(domain, length), domain.inputDim);
    const count = wordsOfLength - edges.count;
    const random = drawWords(domain, { count, length, seed });
    for (const inputs of [edges, random]) {
      for (const part of parts(inputs, domain.inputDim, batchSizeOf(length))) {
        await pause(signal);
        const found = compare(part, differs && differs.word.length / domain.inputDim);
        steady = Math.min(steady, found.steady);
        differs = found.differs ?? differs;
      }
    }
    words += wordsOfLength;
    steps += wordsOfLength * length;
  }
  return { length, words, steady: Math.min(steady, length), ...(differs && { differs }) };
}

function comparison(program: Program, network: Recurrent) {
  const { inputDim, outputDim } = network;
  const { initial, step } = compileStep(program);
  /**
   * @param shortest the shortest word so far on which they differ: only shorter ones are of
   *   interest
   */
  return ({ count, length, x }: Inputs, shortest = Number.POSITIVE_INFINITY) => {
    const { y } = network.run(x, count, length);
    let steady = Number.POSITIVE_INFINITY;
    let bound = shortest;
    let differs: Horizon["differs"];
    for (let s = 0; s < count; s++) {
      const from = s * length;
      const near = nearLength(y.subarray(from * outputDim, (from + length) * outputDim), outputDim);
      if (near < length) steady = Math.min(steady, near);
      let state = initial;
      for (let t = 0; t < near && t + 1 < bound; t++) {
        const at = (from + t) * inputDim;
        const after = unlessFailed(() => step(state, x.subarray(at, at + inputDim)));
        const isEqual = (value: number | bigint, k: number) =>
          value === Math.round(y[(from + t) * outputDim + k]);
        if (after?.outputs.every(isEqual)) {
          state = after.state;
          continue;
        }
        bound = t + 1;
        differs = {
          word: x.slice(from * inputDim, at + inputDim),
          program: after
            ? after.outputs.map((value) => (typeof value === "bigint" ? String(value) : value))
            : ["fails"],
          // no -0
          network: Array.from({ length: outputDim }, (_, k) => {
            return Math.round(y[(from + t) * outputDim + k]) + 0;
          }),
        };
      }
    }
    return { steady, differs };
  };
}

/** Positions before the first output that is not near an integer of 32 bits. */
function nearLength(outputs: Float64Array, outputDim: number): number {
  let i = 0;
  while (i < outputs.length && distanceOf(outputs[i]) <= nearDistance) i++;
  return Math.floor(i / outputDim);
}

/** At most 500 of the words, evenly spread. */
function thinned({ count, length, x }: Inputs, inputDim: number): Inputs {
  if (count <= mostEdges) return { count, length, x };
  const width = length * inputDim;
  const kept = new Int32Array(mostEdges * width);
  for (let i = 0; i < mostEdges; i++) {
    const from = Math.floor((i * count) / mostEdges) * width;
    kept.set(x.subarray(from, from + width), i * width);
  }
  return { count: mostEdges, length, x: kept };
}

/** What is known of words longer than asked for, in words. */
export function horizonText(
  horizon: Pick<Horizon, "length" | "words" | "steady"> & {
    readonly differs?: Omit<NonNullable<Horizon["differs"]>, "word"> & {
      readonly word: ArrayLike<number>;
    };
  },
  domain: Pick<Domain, "length" | "inputDim">,
): string {
  const { length, words, steady, differs } = horizon;
  if (words === 0) return `no words longer than ${domain.length} were compared`;
  const compared = `${countText(words)} longer words, up to length ${countText(length)}`;
  if (differs) {
    const { word, program, network } = differs;
    const given = `the program gives ${program.join(" ")}, the network ${network.join(" ")}`;
    const positions = word.length / domain.inputDim;
    const after = JSON.stringify(Array.from(word));
    return (
      "the program differs from the network on longer words; the shortest has length " +
      `${positions}: after ${after} ${given}`
    );
  }
  if (steady >= length) return `also equal on ${compared}; no output drifts from the integers`;
  return (
    `the network drifts: beyond length ${steady}, some outputs are not near integers; before ` +
    `such an output, the program is equal on ${compared}`
  );
}
