import { drawIntegers, type Examples, selectExamples } from "@latticode/program";

/** Examples dealt into sets that are never mixed, in the order in which they come into play. */
export interface Split {
  /** What the weights are fitted to. */
  readonly training: Examples;
  /** What decides whether an attempt has succeeded. */
  readonly stopping: Examples;
  /** What a network's accuracy and margin are reported on. */
  readonly confirmation: Examples;
  /** What a program is judged on; no earlier stage sees it. */
  readonly verification: Examples;
}

/** Sequences that a split needs at least. */
export const fewestSequences = 10;

/**
 * Deals the sequences at random: of every ten, six for training, one for stopping, one for
 * confirmation and two for verification.
 *
 * @throws RangeError when there are fewer than 10 sequences
 */
export function splitExamples(examples: Examples, options: { readonly seed: number }): Split {
  const { count } = examples;
  if (count < fewestSequences) {
    throw new RangeError(
      `${count} sequences are too few to train, stop, confirm and verify on: at least ` +
        `${fewestSequences} are needed`,
    );
  }
  const draw = drawIntegers(options.seed, 0);
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  // Fisher and Yates (Knuth, "The Art of Computer Programming", 3.4.2, algorithm P)
  for (let i = count - 1; i > 0; i--) {
    const j = draw(0, i);
    [order[i], order[j]] = [order[j], order[i]];
  }
  const tenth = Math.floor(count / 10);
  const take = (from: number, to: number) => selectExamples(examples, order.subarray(from, to));
  return {
    verification: take(0, 2 * tenth),
    confirmation: take(2 * tenth, 3 * tenth),
    stopping: take(3 * tenth, 4 * tenth),
    training: take(4 * tenth, count),
  };
}
