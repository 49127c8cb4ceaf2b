import type { Recurrent } from "@latticode/network";
import { pause, traceNetwork } from "@latticode/network";
import type { CompiledProgram, Program } from "@latticode/program";
import { compileProgram } from "@latticode/program";
import { compareOnAllWords } from "../words.ts";
import type { Domain } from "./domain.ts";
import { countWordsOf, drawWords, wordsOf } from "./domain.ts";

/**
 * How a program and a network relate, on words of the domain up to the trained length; the network's
 * outputs are rounded. What was not compared is not called equal.
 */
export type Relation =
  /** Equal on all words up to the length; `words` counts those of that length. */
  | { readonly kind: "exhaustive"; readonly length: number; readonly words: number }
  /**
   * Equal on that many random words of the length: with 95 % confidence fewer than 3 / words of such
   * words differ. All words were compared up to `exhaustive` positions, 0 for none.
   */
  | {
      readonly kind: "sampled";
      readonly length: number;
      readonly words: number;
      readonly exhaustive: number;
    }
  /** They differ, at the last position of the shortest such word that was compared. */
  | {
      readonly kind: "differs";
      /** [length, inputDim] */
      readonly word: Int32Array;
      /** Outputs there; texts beyond 2^53, "fails" where the program does. */
      readonly program: readonly (number | string)[];
      readonly network: readonly number[];
    };

export interface RelationOptions {
  /** For random words, an integer from 0 to 2^32 - 1. */
  readonly seed: number;
  /** All words are compared up to the length of which there are no more than this; 2^20 unless given. */
  readonly mostWords?: number;
  /** Random words where there are more; 100,000 unless given. */
  readonly words?: number;
  readonly signal?: AbortSignal | undefined;
}

const batchWords = 1000;

/**
 * Compares a program with a network on the words of a domain: all of the trained length where they are
 * few enough, else all shorter ones of which that is so, and random words of the trained length.
 *
 * @throws the signal's reason when it is aborted
 */
export async function relate(
  program: Program,
  network: Recurrent,
  domain: Domain,
  options: RelationOptions,
): Promise<Relation> {
  const { mostWords = 2 ** 20, words: sampled = 100_000, seed, signal } = options;
  const { length } = domain;
  let exhaustive = 0;
  while (exhaustive < length && countWordsOf(domain, exhaustive + 1, mostWords) !== undefined) {
    exhaustive++;
  }
  if (exhaustive > 0 && !(await isEqualOnAll(program, network, domain, exhaustive, signal))) {
    for (let shortest = 1; shortest <= exhaustive; shortest++) {
      const found = await firstDifference(
        program,
        network,
        wordsOf(domain, shortest, batchWords),
        signal,
      );
      if (found) return found;
    }
  }
  if (exhaustive === length) {
    return { kind: "exhaustive", length, words: countWordsOf(domain, length, mostWords)! };
  }
  const found = await firstDifference(program, network, drawBatches(), signal);
  return found ?? { kind: "sampled", length, words: sampled, exhaustive };

  function* drawBatches() {
    for (let first = 0; first < sampled; first += batchWords) {
      const count = Math.min(batchWords, sampled - first);
      yield drawWords(domain, { count, length, seed, first });
    }
  }
}

/** Whether nothing differs; words share their beginnings, so that most are cheap. */
async function isEqualOnAll(
  program: Program,
  network: Recurrent,
  domain: Domain,
  length: number,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  if (!domain.order) {
    const result = await compareOnAllWords(
      program,
      network,
      { symbols: domain.rows!, length },
      { signal },
    );
    if (result) return result.wrong === 0;
  }
  return !(await firstDifference(program, network, wordsOf(domain, length, batchWords), signal));
}

/** The shortest word on which they differ among those given. */
async function firstDifference(
  program: Program,
  network: Recurrent,
  batches: Iterable<{ readonly count: number; readonly length: number; readonly x: Int32Array }>,
  signal: AbortSignal | undefined,
): Promise<Extract<Relation, { kind: "differs" }> | undefined> {
  const { inputDim, outputDim } = network;
  const run = compileProgram(program);
  let found: Extract<Relation, { kind: "differs" }> | undefined;
  for (const { count, length, x } of batches) {
    await pause(signal);
    const { y } = traceNetwork(network, { count, length, x });
    for (let s = 0; s < count; s++) {
      const word = x.subarray(s * length * inputDim, (s + 1) * length * inputDim);
      const outputs = outputsOf(run, word, length);
      const bound = found ? found.word.length / inputDim - 1 : length;
      for (let t = 0; t < bound; t++) {
        const at = (s * length + t) * outputDim;
        const given = outputs?.slice(t * outputDim, (t + 1) * outputDim);
        if (given?.every((value, k) => value === y[at + k])) continue;
        found = {
          kind: "differs",
          word: word.slice(0, (t + 1) * inputDim),
          program: given ? given.map(plain) : ["fails"],
          network: [...y.subarray(at, at + outputDim)],
        };
        break;
      }
    }
  }
  return found;
}

function outputsOf(run: CompiledProgram, x: Int32Array, length: number) {
  try {
    return run(x, length);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function plain(value: number | bigint): number | string {
  return typeof value === "bigint" ? String(value) : value;
}
