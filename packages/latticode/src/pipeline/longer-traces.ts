import { maxLength } from "@latticode/kernels";
import type { Recurrent, Traces } from "@latticode/network";
import { traceNetwork } from "@latticode/network";
import type { Domain } from "@latticode/verification";
import { drawWords, edgeInputs } from "@latticode/verification";

/** Words that are drawn, and those of them at the edges of the domain. */
const mostWords = 2000;
/** Outputs this near to integers are believed. */
const nearDistance = 0.1;

/**
 * What a network does on words about twice as long as one on which a program is wrong, that word
 * and the edges of the domain among them, and no word on which an output is in between two
 * integers.
 *
 * @param options.word the word [length, inputDim]
 * @param options.most positions in all, about
 * @returns undefined where the network drifts on most words even of that length
 */
export function longerTraces(
  network: Recurrent,
  domain: Domain,
  options: { readonly word: Int32Array; readonly seed: number; readonly most: number },
): Traces | undefined {
  const { word, seed, most } = options;
  const { inputDim } = domain;
  const shortest = word.length / inputDim;
  for (const length of [Math.min(2 * shortest, maxLength), shortest]) {
    const width = length * inputDim;
    const drawn = Math.max(2, Math.min(mostWords, Math.floor(most / length)));
    const x = drawWords(domain, { count: drawn, length, seed }).x;
    // the word in question first, followed as the random word in its place goes on
    x.set(word);
    const edges = edgeInputs(domain, length);
    const few = Math.min(edges.count, Math.floor(drawn / 4));
    for (let i = 0; i < few; i++) {
      const from = Math.floor((i * edges.count) / few) * width;
      x.set(edges.x.subarray(from, from + width), (1 + i) * width);
    }
    const kept = believed(network, { x, count: drawn, length });
    const isShown = kept.length > 0 && kept[0] === 0;
    if (!isShown || kept.length < drawn / 2) continue;
    const words = new Int32Array(kept.length * width);
    kept.forEach((s, i) => {
      words.set(x.subarray(s * width, (s + 1) * width), i * width);
    });
    return traceNetwork(network, { x: words, count: kept.length, length });
  }
  return undefined;
}

/** The words on which all outputs are near integers, by their index. */
function believed(
  network: Recurrent,
  { x, count, length }: { readonly x: Int32Array; readonly count: number; readonly length: number },
): number[] {
  const { y } = network.run(x, count, length);
  const width = length * network.outputDim;
  return Array.from({ length: count }, (_, s) => s).filter((s) =>
    y
      .subarray(s * width, (s + 1) * width)
      .every(
        (value) => Math.abs(value - Math.round(value)) <= nearDistance && Math.abs(value) < 2 ** 31,
      ),
  );
}
