import type { Examples } from "@latticode/program";
import { compareMachines } from "../compare.ts";
import type { Machine } from "../machine.ts";
import type { Rejection } from "../rejection.ts";
import { isRejection } from "../rejection.ts";
import type { MachineKind } from "./folding.ts";
import { labelledTree } from "./labelled-tree.ts";
import type { MergingOptions, MergingOrder } from "./state-merging.ts";
import { mergeTree } from "./state-merging.ts";

/** A machine that gives every label, and how it was found. */
export interface TraceMachine {
  readonly machine: Machine;
  readonly order: MergingOrder;
  readonly kind: MachineKind;
}

/**
 * The machines that state merging finds from the labels in either order and of either kind, those
 * with fewer states first. No two of them are equal: one knows an output that the other does not,
 * or they differ on a word, which `compareMachines` gives. If none differs from a machine in
 * question, state merging has no rival of it.
 *
 * @returns one to four machines, or the first rejection where nothing is found
 * @throws Error for examples or a mask of the wrong size
 */
export function traceMachines(
  examples: Examples,
  options: Omit<MergingOptions, "order" | "kind"> = {},
): readonly TraceMachine[] | Rejection {
  const tree = labelledTree(examples, options);
  if (isRejection(tree)) return tree;
  const found: TraceMachine[] = [];
  let rejection: Rejection | undefined;
  for (const order of ["rpni", "edsm"] as const) {
    for (const kind of ["mealy", "moore"] as const) {
      const machine = mergeTree(tree, { ...options, order, kind });
      if (isRejection(machine)) rejection ??= machine;
      else found.push({ machine, order, kind });
    }
  }
  if (found.length === 0) return rejection!;
  return found
    .sort((a, b) => a.machine.stateCount - b.machine.stateCount)
    .filter(({ machine }, i, all) =>
      all.slice(0, i).every((other) => compareMachines(machine, other.machine).verdict !== "equal"),
    );
}
