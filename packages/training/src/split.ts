import { distinctSequences, drawIntegers, type Examples, selectExamples } from "@latticode/program";

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

/** With fewer distinct sequences nothing is held back. */
const fewestDistinct = 10;

/**
 * Deals the sequences at random: of every ten, six for training, one for stopping, one for
 * confirmation and two for verification. Sequences with the same inputs go to the same set, so that
 * what is held back is unseen. Of fewer than 10 distinct sequences all are trained on, and the
 * other sets are empty.
 *
 * @throws RangeError when there are no sequences
 */
export function splitExamples(examples: Examples, options: { readonly seed: number }): Split {
  const { count, group, first } = distinctSequences(examples);
  if (examples.count < 1) throw new RangeError("there are no sequences to train on");
  if (count < fewestDistinct) {
    const none = selectExamples(examples, []);
    return { training: examples, stopping: none, confirmation: none, verification: none };
  }
  const draw = drawIntegers(options.seed, 0);
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  // Fisher and Yates (Knuth, "The Art of Computer Programming", 3.4.2, algorithm P)
  for (let i = count - 1; i > 0; i--) {
    const j = draw(0, i);
    [order[i], order[j]] = [order[j], order[i]];
  }
  const { members, starts } = membersOf(group, first.length);
  const tenth = Math.floor(count / 10);
  const take = (from: number, to: number) => {
    const groups = order.subarray(from, to);
    const size = groups.reduce((sum, g) => sum + starts[g + 1] - starts[g], 0);
    const chosen = new Int32Array(size);
    let at = 0;
    for (const g of groups) {
      for (let i = starts[g]; i < starts[g + 1]; i++) chosen[at++] = members[i];
    }
    return selectExamples(examples, chosen);
  };
  return {
    verification: take(0, 2 * tenth),
    confirmation: take(2 * tenth, 3 * tenth),
    stopping: take(3 * tenth, 4 * tenth),
    training: take(4 * tenth, count),
  };
}

/** The sequences of group g, in their order: members from starts[g] to before starts[g + 1]. */
function membersOf(group: Int32Array, groups: number) {
  const starts = new Int32Array(groups + 1);
  for (const g of group) starts[g + 1]++;
  for (let g = 0; g < groups; g++) starts[g + 1] += starts[g];
  const filled = starts.slice();
  const members = new Int32Array(group.length);
  for (let s = 0; s < group.length; s++) members[filled[group[s]]++] = s;
  return { members, starts };
}
