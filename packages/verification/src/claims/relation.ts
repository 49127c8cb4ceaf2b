import type { Recurrent } from "@latticode/network";
import { pause, traceNetwork } from "@latticode/network";
import { compileProgram, type Program, unlessFailed } from "@latticode/program";
import type { Inputs } from "../inputs/drawn.ts";
import { edgeInputs } from "../inputs/edges.ts";
import { compareOnAllWords, wordOf } from "../words.ts";
import type { Domain } from "./domain.ts";
import { countWordsOf, drawWords, wordsOf } from "./domain.ts";

/**
 * How a program and a network relate, on words of the domain up to the trained length; the
 * network's outputs are rounded. What was not compared is not called equal.
 */
export type Relation =
  /** Equal on all words up to the length; `words` counts those of that length. */
  | { readonly kind: "exhaustive"; readonly length: number; readonly words: number }
  /**
   * Equal on that many random words of the length: with 95 % confidence fewer than 3 / words of
   * such words differ. All words were compared up to `exhaustive` positions, 0 for none.
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
  /**
   * All words are compared up to the length of which there are no more than this; 2^20 unless
   * given.
   */
  readonly mostWords?: number;
  /** Random words where there are more; 100,000 unless given. */
  readonly words?: number;
  /** The number of the first random word, where earlier ones have been used; 0 unless given. */
  readonly first?: number;
  readonly signal?: AbortSignal | undefined;
}

type Differs = Extract<Relation, { kind: "differs" }>;

const batchWords = 1000;

/**
 * Compares a program with a network on the words of a domain: all of the trained length where they
 * are few enough, else all shorter ones of which that is so, random words of the trained length,
 * and those at the edges of the domain.
 *
 * @throws the signal's reason when it is aborted
 */
export async function relate(
  program: Program,
  network: Recurrent,
  domain: Domain,
  options: RelationOptions,
): Promise<Relation> {
  const { mostWords = 2 ** 20, words: sampled = 100_000, seed, first = 0, signal } = options;
  const { length } = domain;
  let exhaustive = 0;
  while (exhaustive < length && countWordsOf(domain, exhaustive + 1, mostWords) !== undefined) {
    exhaustive++;
  }
  const short =
    exhaustive > 0 && (await shortestAmongAll(program, network, domain, exhaustive, signal));
  if (short) return short;
  if (exhaustive === length) {
    return { kind: "exhaustive", length, words: countWordsOf(domain, length, mostWords)! };
  }
  const found = await firstDifference(program, network, longWords(), signal);
  return found ?? { kind: "sampled", length, words: sampled, exhaustive };

  function* longWords() {
    yield edgeInputs(domain, length);
    for (let from = 0; from < sampled; from += batchWords) {
      const count = Math.min(batchWords, sampled - from);
      yield drawWords(domain, { count, length, seed, first: first + from });
    }
  }
}

/** The shortest word on which they differ among all up to a length. */
async function shortestAmongAll(
  program: Program,
  network: Recurrent,
  domain: Domain,
  length: number,
  signal: AbortSignal | undefined,
): Promise<Differs | undefined> {
  const { rows, order, inputDim } = domain;
  const symbols = rows!;
  // words share their beginnings, so that most are cheap
  const all = order
    ? undefined
    : await compareOnAllWords(program, network, { symbols, length }, { signal });
  if (all?.wrong === 0) return undefined;
  for (let shortest = 1; shortest <= length; shortest++) {
    const result =
      all && (await compareOnAllWords(program, network, { symbols, length: shortest }, { signal }));
    if (result?.wrong === 0) continue;
    const word = result?.first && wordOf(symbols, inputDim, result.first);
    const words = word
      ? [{ count: 1, length: shortest, x: word }]
      : wordsOf(domain, shortest, batchWords);
    const found = await firstDifference(program, network, words, signal);
    if (found) return found;
  }
  return undefined;
}

/** The shortest word on which they differ among those given. */
async function firstDifference(
  program: Program,
  network: Recurrent,
  batches: Iterable<Inputs>,
  signal: AbortSignal | undefined,
): Promise<Differs | undefined> {
  const { inputDim, outputDim } = network;
  const run = compileProgram(program);
  let found: Differs | undefined;
  for (const { count, length, x } of batches) {
    await pause(signal);
    const { y } = traceNetwork(network, { count, length, x });
    for (let s = 0; s < count; s++) {
      const word = x.subarray(s * length * inputDim, (s + 1) * length * inputDim);
      const outputs = unlessFailed(() => run(word, length));
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

function plain(value: number | bigint): number | string {
  return typeof value === "bigint" ? String(value) : value;
}
