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
  /** Most pairs of nodes that are folded, in vain or not; 2^28 unless told, some 10 seconds. */
  readonly maximumSteps?: number;
}

/** Confirmed labels from which on a merge is as good as any other. */
const enoughEvidence = 1 << 10;

/**
 * A small machine that gives every label of the examples, by merging states of their prefix tree
 * (red-blue, each merge folded to the end and taken back where two labels contradict each other).
 *
 * - "rpni": the first state in order of its shortest word is merged with the first state that it can
 *   be merged with (Oncina and García 1992, "Inferring regular languages in polynomial updated time").
 * - "edsm": a state that can be merged with none is kept at once; otherwise the merge that most labels
 *   confirm is made (Lang, Pearlmutter and Price 1998, "Results of the Abbadingo one DFA learning
 *   competition and a new evidence-driven state merging algorithm"). 1,024 confirmed labels are enough.
 *
 * A "mealy" machine has outputs on its transitions. In a "moore" machine all transitions into a state
 * have one output; where it is the truth, fewer labels find it. What no label shows is unknown (-1).
 * The order of the sequences does not matter.
 *
 * Building the tree takes linear time. Merging takes at most (states)^2 (symbols) folds, for EDSM
 * (states)^3 (symbols)^2 and often far fewer, which is bounded by `maximumSteps`.
 *
 * @returns the machine, its states numbered breadth-first, or a rejection where labels contradict each
 *   other, or where there are too many inputs (over 4,096), states or steps
 * @throws Error for examples or a mask of the wrong size
 * @example
 * const examples = {
 *   count: 2, length: 3, inputDim: 1, outputDim: 1, // parity
 *   x: Int32Array.of(1, 1, 1, 0, 1, 0), y: Int32Array.of(1, 0, 1, 0, 1, 1),
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
  { order, kind, maximumStates = 1024, maximumSteps = 2 ** 28 }: Omit<MergingOptions, "known">,
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

function mergeByEvidence(folding: Folding, limits: Limits): Rejection | undefined {
  // of edges: what a merge with each state finds; what contradicts labels once does so for ever
  const evidence = new Map<number, number[]>();
  const scoresOf = (edge: number) => {
    const scores = evidence.get(edge) ?? [];
    evidence.set(edge, scores);
    while (scores.length < folding.stateCount()) scores.push(stale);
    scores.forEach((score, state) => {
      if (score !== stale || exceeded(folding, limits)) return;
      scores[state] = folding.merge(edge, state, enoughEvidence);
      folding.undo();
    });
    return scores;
  };
  for (;;) {
    let best = { edge: -1, state: -1, score: contradicted };
    let refused = -1;
    for (let at = folding.nextBlue(0); at >= 0 && refused < 0; at = folding.nextBlue(at + 1)) {
      const edge = folding.edgeAt(at);
      const scores = scoresOf(edge);
      const rejection = exceeded(folding, limits);
      if (rejection) return rejection;
      if (scores.every((score) => score === contradicted)) refused = edge;
      scores.forEach((score, state) => {
        if (score > best.score) best = { edge, state, score };
      });
    }
    if (refused >= 0) {
      folding.promote(refused);
      evidence.delete(refused);
    } else if (best.edge < 0) {
      return exceeded(folding, limits);
    } else if (folding.merge(best.edge, best.state) < 0) {
      // by a label beyond the evidence that was enough
      evidence.get(best.edge)![best.state] = contradicted;
    } else {
      evidence.delete(best.edge);
      for (const scores of evidence.values()) {
        scores.forEach((score, state) => {
          if (score !== contradicted) scores[state] = stale;
        });
      }
    }
  }
}
