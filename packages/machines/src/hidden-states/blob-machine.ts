import type { Kernels } from "@latticode/kernels";
import { rowDistance } from "@latticode/network";
import { agreementOnSample } from "../agreement.ts";
import { compareMachines } from "../compare.ts";
import type { Machine } from "../machine.ts";
import {
  distinguishingLengths,
  equalStates,
  isComplete,
  quotientMachine,
  symbolCountOf,
} from "../machine.ts";
import { mergeStates } from "../merge.ts";
import { isRejection, type Rejection } from "../rejection.ts";
import { type Sample, type System, sampleWords } from "../system.ts";
import { type Blobs, findBlobs, type HiddenSpace, hiddenSpace } from "./blobs.ts";

// A network with finitely many states keeps them as small clouds, often several a state. Splitting
// a cloud is harmless, as merging joins what behaves alike; joining two is not, and a single point
// on the wrong side is enough to keep states apart that are one. So a machine counts that agrees
// with the network and comes out again at a finer tolerance.

export interface BlobMachine {
  readonly machine: Machine;
  /**
   * Every transition was seen from a state shallow enough to know its target by its future, and two
   * tolerances gave the machine.
   */
  readonly closed: boolean;
  /** Within this distance two hidden states counted as one, in standard deviations. */
  readonly tolerance: number;
  /** Clouds of hidden states before merging. */
  readonly blobs: number;
  /** Pairs of a cloud and a symbol never asked, which merging fills in. */
  readonly inferred: number;
}

export interface BlobOptions {
  readonly kernels: Kernels;
  /** For sample words; an integer from 0 to 2^32 - 1. */
  readonly seed: number;
  /** Most clouds; 4096 unless told. */
  readonly maximumBlobs?: number;
}

const tolerances = Array.from({ length: 16 }, (_, i) => 0.5 / 2 ** i);
/**
 * Tolerances that are looked at once one agrees with the network: finer ones only split further.
 */
const mostAgreeing = 6;
const sampledWords = 800;
/**
 * In so many directions the narrow ones, stretched to the width of the others, are most of a
 * distance: of a network of 32 units that adds in binary, the same states are 8 clouds as they are,
 * and more than 1,024 stretched.
 */
const manyDirections = 12;

/**
 * The machine that hidden states move through, from blobs in hidden space merged nearest first. It
 * is right on the sampled words. Where states need more look-ahead than the trained length leaves
 * them, as counters do, those transitions are unknown.
 */
export function blobMachine(system: System, options: BlobOptions): BlobMachine | Rejection {
  const { kernels, seed } = options;
  const sample = sampleWords(system, sampledWords, seed);
  const found = blobMachineIn(hiddenSpace(sample, { kernels }), sample, system, options);
  if (!isRejection(found) || system.hiddenDim < manyDirections) return found;
  const other = hiddenSpace(sample, { kernels, scale: "widest" });
  const again = blobMachineIn(other, sample, system, options);
  return isRejection(again) ? found : again;
}

function blobMachineIn(
  space: HiddenSpace,
  sample: Sample,
  system: System,
  options: BlobOptions,
): BlobMachine | Rejection {
  const { kernels, maximumBlobs = 4096 } = options;
  let unconfirmed: BlobMachine | undefined;
  let open: { readonly found: BlobMachine; readonly right: number } | undefined;
  let agreeing = 0;
  let best = 0;
  let failure: string | undefined;
  for (const tolerance of tolerances) {
    const blobs = findBlobs(system, space, { kernels, tolerance, maximumBlobs });
    if (isRejection(blobs)) {
      failure = blobs.rejected;
      break;
    }
    const { right, words } = agreementOnSample(blobs.machine, sample);
    best = Math.max(best, right / words);
    if (right < words) continue;
    if (++agreeing > mostAgreeing) break;
    const found = mergeBlobs(system, { ...blobs, tolerance }, kernels);
    if (found.closed) {
      const isConfirmed =
        unconfirmed && compareMachines(unconfirmed.machine, found.machine).verdict === "equal";
      if (isConfirmed) return found;
      unconfirmed = found;
    } else {
      const agreement = agreementOnSample(found.machine, sample);
      if (!open || agreement.right > open.right) open = { found, right: agreement.right };
    }
  }
  if (unconfirmed) return { ...unconfirmed, closed: false };
  if (open) return open.found;
  if (failure && best === 0) return { rejected: failure };
  const share = `at best right on ${(100 * best).toFixed(2)} % of the words`;
  return { rejected: `machine: no clouds of hidden states agree with the network, ${share}` };
}

function mergeBlobs(
  system: System,
  blobs: Blobs & { readonly tolerance: number },
  kernels: Kernels,
): BlobMachine {
  const { machine: separate, tolerance } = blobs;
  const symbolCount = symbolCountOf(separate);
  const equal = equalStates(separate, { kernels });
  // the classes of equal blobs, each by its first blob, which is its shallowest
  const { machine: reduced, states } = quotientMachine(separate, equal);
  const members: number[][] = Array.from({ length: reduced.stateCount }, () => []);
  states.forEach((state, blob) => {
    members[state].push(blob);
  });
  const inferred = separate.outputs.reduce((sum, output) => sum + (output < 0 ? 1 : 0), 0);
  const evidence = { tolerance, blobs: separate.stateCount, inferred };
  if (isComplete(separate)) return { machine: reduced, closed: true, ...evidence };

  const depths = Int32Array.from(members, (m) => blobs.depths[m[0]]);
  const distance = (a: number, b: number) => nearest(blobs, members[a], members[b]);
  const classes = mergeStates(reduced, depths, distance);
  const merged = quotientMachine(reduced, classes);

  const shallowest = new Int32Array(merged.machine.stateCount).fill(system.length);
  merged.states.forEach((state, before) => {
    if (state >= 0) shallowest[state] = Math.min(shallowest[state], depths[before]);
  });
  const deepest = deepestKnown(merged.machine, shallowest, system.length);
  const transitions = merged.machine.transitions.map((target, i) =>
    shallowest[Math.floor(i / symbolCount)] < deepest ? target : -1,
  );
  if (!transitions.includes(-1)) return { machine: merged.machine, closed: true, ...evidence };
  const cut = { ...merged.machine, transitions };
  const reachable = quotientMachine(
    cut,
    Int32Array.from({ length: cut.stateCount }, (_, i) => i),
  );
  return { machine: reachable.machine, closed: false, ...evidence };
}

/**
 * The depth down to which states have more steps left within the trained length than it takes to
 * tell any two of them apart. What lies deeper may be a state not seen before.
 */
function deepestKnown(machine: Machine, depths: Int32Array, length: number): number {
  const steps = distinguishingLengths(machine);
  const { stateCount } = machine;
  const needed = new Float64Array(length + 1);
  for (let a = 0; a < stateCount; a++) {
    for (let b = 0; b < a; b++) {
      const depth = Math.max(depths[a], depths[b]);
      needed[depth] = Math.max(needed[depth], steps[a * stateCount + b]);
    }
  }
  let most = 0;
  for (let depth = 0; depth <= length; depth++) {
    most = Math.max(most, needed[depth]);
    if (depth + most + 1 > length) return depth - 1;
  }
  return length;
}

/** Smallest distance between a blob of each class, by the largest difference of a coordinate. */
function nearest(
  { representatives, machine }: Blobs,
  left: readonly number[],
  right: readonly number[],
): number {
  const dim = representatives.length / machine.stateCount;
  let smallest = Number.POSITIVE_INFINITY;
  for (const a of left) {
    for (const b of right) {
      smallest = Math.min(smallest, rowDistance(representatives, a, representatives, b, dim));
    }
  }
  return smallest;
}
