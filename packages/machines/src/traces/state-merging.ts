import type { Examples } from "@latticode/program";
import type { Machine } from "../machine.ts";
import { quotientMachine } from "../machine.ts";
import type { Rejection } from "../rejection.ts";
import { isRejection } from "../rejection.ts";
import type { Labelled } from "./contradictions.ts";
import type { Folding, MachineKind } from "./folding.ts";
import { createFolding } from "./folding.ts";
import type { LabelledTree } from "./labelled-tree.ts";
import { labelledTree } from "./labelled-tree.ts";

/** Which states are merged first: see mergeTraces. */
export type MergingOrder = "rpni" | "edsm";

export interface MergingOptions extends Labelled {
  readonly order: MergingOrder;
  readonly kind: MachineKind;
  /** Most states; 1,024 unless told. */
  readonly maximumStates?: number;
  /** Most pairs of nodes that are folded, in vain or not, and edges looked at; 2^26 unless told. */
  readonly maximumSteps?: number;
}

/** Confirmed labels after which a merge needs no comparison with others. */
const enoughEvidence = 1 << 10;

/** Steps up to which evidence is counted anew after every merge. */
const freshSteps = 1 << 22;

/** States that are compared beyond that, the first ones in order of their words. */
const window = 64;

/**
 * A small machine that gives every label of the examples, by merging states of their prefix tree
 * (red-blue, each merge folded to the end and taken back where two labels contradict each other).
 *
 * - "rpni": the first state in order of its shortest word is merged with the first state that it
 *   can be merged with (Oncina and García 1992, "Inferring regular languages in polynomial updated
 *   time").
 * - "edsm": a state that can be merged with none is kept at once; otherwise the merge that most
 *   labels confirm is made (Lang, Pearlmutter and Price 1998, "Results of the Abbadingo one DFA
 *   learning competition and a new evidence-driven state merging algorithm"). To stay within
 *   seconds, a merge that 1,024 labels confirm is made without a look at the others, and after 2^22
 *   steps only the first 64 states are compared (a window, as Lang proposes there), by evidence
 *   that is counted once per pair of states, not anew after every merge.
 *
 * A "mealy" machine has outputs on its transitions. In a "moore" machine all transitions into a
 * state have one output; where it is the truth, fewer labels find it. What no label shows is
 * unknown (-1). The order of the sequences does not matter.
 *
 * Building the tree takes linear time. Merging folds the tree at most (states)^2 (symbols) times,
 * far fewer with most labels, and `maximumSteps` bounds it.
 *
 * @returns the machine, its states numbered breadth-first, or a rejection where labels contradict
 *   each other, or where there are too many inputs (over 4,096), states or steps
 * @throws Error for examples or a mask of the wrong size
 * @example
 * const examples = {
 *   count: 2, length: 3, inputDim: 1, outputDim: 1, // parity
 *   x: Int32Array.of(1, 0, 1, 1, 1, 0), y: Int32Array.of(1, 1, 0, 1, 0, 0),
 * };
 * const machine = mergeTraces(examples, { order: "rpni", kind: "mealy" });
 * if (!isRejection(machine)) console.log(machine.stateCount); // 2
 */
export function mergeTraces(examples: Examples, options: MergingOptions): Machine | Rejection {
  const tree = labelledTree(examples, options);
  return isRejection(tree) ? tree : mergeTree(tree, options);
}

/** The same from the examples' tree, which it leaves as it is. */
export function mergeTree(
  tree: LabelledTree,
  { order, kind, maximumStates = 1024, maximumSteps = 2 ** 26 }: Omit<MergingOptions, "known">,
): Machine | Rejection {
  const folding = createFolding(tree, kind);
  const limits = { maximumStates, maximumSteps };
  const rejection =
    order === "rpni" ? mergeInOrder(folding, limits) : mergeByEvidence(folding, limits);
  if (rejection) return rejection;
  const machine = folding.machine();
  const each = Int32Array.from({ length: machine.stateCount }, (_, state) => state);
  return quotientMachine(machine, each).machine;
}

interface Limits {
  readonly maximumStates: number;
  readonly maximumSteps: number;
}

function exceeded(
  folding: Folding,
  { maximumStates, maximumSteps }: Limits,
): Rejection | undefined {
  if (folding.stateCount() > maximumStates) {
    return { rejected: `machine: more than ${maximumStates} states` };
  }
  if (folding.steps() > maximumSteps) {
    return { rejected: `machine: merging takes more than ${maximumSteps} steps` };
  }
  return undefined;
}

function mergeInOrder(folding: Folding, limits: Limits): Rejection | undefined {
  for (let place = folding.nextBlue(0); place >= 0; place = folding.nextBlue(place)) {
    const edge = folding.edgeAt(place);
    let isMerged = false;
    for (let state = 0; state < folding.stateCount() && !isMerged; state++) {
      const rejection = exceeded(folding, limits);
      if (rejection) return rejection;
      isMerged = folding.merge(edge, state) >= 0;
    }
    // edges may have come to states that were done
    if (isMerged) place = Math.min(place, folding.firstChanged());
    else folding.promote(edge);
  }
  return exceeded(folding, limits);
}

const contradicted = -1;
const stale = -2;

/** What merges of a blue node are worth. */
interface Evidence {
  /** Labels that confirm a merge with each state, `contradicted` or `stale`: [stateCount] */
  readonly scores: number[];
  /** The first state with the highest score. */
  best: number;
}

function mergeByEvidence(folding: Folding, limits: Limits): Rejection | undefined {
  // by edge; what contradicts labels once does so for ever
  const evidence = new Map<number, Evidence>();
  const evaluate = (edge: number): Evidence => {
    const found = evidence.get(edge) ?? { scores: [], best: -1 };
    evidence.set(edge, found);
    const { scores } = found;
    while (scores.length < folding.stateCount()) {
      scores.push(stale);
      found.best = -1;
    }
    if (found.best >= 0) return found;
    for (let state = 0; state < scores.length && !exceeded(folding, limits); state++) {
      if (scores[state] !== stale) continue;
      scores[state] = folding.merge(edge, state, enoughEvidence);
      folding.undo();
    }
    found.best = scores.indexOf(Math.max(...scores));
    return found;
  };
  let start = 0;
  for (;;) {
    start = folding.nextBlue(start);
    if (start < 0) return exceeded(folding, limits);
    let chosen = { edge: -1, state: -1, score: stale };
    let left = folding.steps() > freshSteps ? window : Number.POSITIVE_INFINITY;
    for (let at = start; at >= 0 && left > 0; at = folding.nextBlue(at + 1), left--) {
      const edge = folding.edgeAt(at);
      const { scores, best } = evaluate(edge);
      const rejection = exceeded(folding, limits);
      if (rejection) return rejection;
      const score = scores[best];
      if (score > chosen.score || score === contradicted) {
        chosen = { edge, state: best, score };
      }
      if (score === contradicted || score >= enoughEvidence) break;
    }
    const { edge, state, score } = chosen;
    if (score === contradicted) {
      folding.promote(edge);
      evidence.delete(edge);
    } else if (folding.merge(edge, state) < 0) {
      // labels that were not looked at, or that earlier merges have brought here
      const found = evidence.get(edge)!;
      found.scores[state] = contradicted;
      found.best = -1;
    } else {
      evidence.delete(edge);
      start = Math.min(start, folding.firstChanged());
      if (folding.steps() > freshSteps) continue;
      for (const found of evidence.values()) {
        found.best = -1;
        found.scores.forEach((score, state) => {
          if (score !== contradicted) found.scores[state] = stale;
        });
      }
    }
  }
}
