import type { Kernels } from "@latticode/kernels";
import { rowDistance } from "@latticode/network";
import { type Machine, symbolCountOf } from "../machine.ts";
import { type System, sampleWords } from "../system.ts";
import type { HiddenSpace } from "./blobs.ts";
import { type Decoding, decodeCodes } from "./decoding.ts";

/** The hidden states that one state of a machine stands for; distances in standard deviations. */
export interface StateEvidence {
  /** Hidden states that lead on from it, of those looked at. */
  readonly hiddenStates: number;
  /** Largest distance between two of them; 0 where there are fewer than two. */
  readonly spread: number;
  /** Smallest distance to a hidden state of another state; Infinity where there is none. */
  readonly distance: number;
}

/** How a machine's states lie in the hidden space of its network. */
export interface MachineEvidence {
  /** Hidden states looked at: those after each position of random words. */
  readonly hiddenStates: number;
  /** [stateCount] */
  readonly states: readonly StateEvidence[];
  /** How well each coordinate of the code is decoded, [coordinates]. */
  readonly decoding: readonly Decoding[];
  /** Pairs of a state and a symbol of known target, and of unknown one. */
  readonly transitions: { readonly known: number; readonly unknown: number };
}

export interface EvidenceOptions {
  readonly kernels: Kernels;
  readonly space: HiddenSpace;
  /** For the words; an integer from 0 to 2^32 - 1. */
  readonly seed: number;
  /**
   * What each state means, [stateCount, coordinates], at most 1,024 of them; unless told, a
   * coordinate for each of the first states that is 1 there and 0 elsewhere.
   */
  readonly code?: Int32Array;
}

const evidenceStates = 1500;
/** As many as least squares takes at once. */
const mostCoordinates = 1024;

/** Looks at the hidden states that a machine passes through. */
export function machineEvidence(
  system: System,
  machine: Machine,
  options: EvidenceOptions,
): MachineEvidence {
  const { kernels, space, seed } = options;
  const { length, hiddenDim } = system;
  const { stateCount, transitions } = machine;
  const symbolCount = symbolCountOf(machine);
  const code = options.code ?? unitCode(stateCount);
  const coordinates = code.length / stateCount;
  const count = Math.max(2, Math.ceil(evidenceStates / length));
  const { words, states } = sampleWords(system, count, seed + 1);
  const places: number[] = [];
  const reached: number[] = [];
  for (let i = 0; i < count; i++) {
    let state = machine.initial;
    for (let t = 0; t < length && state >= 0; t++) {
      state = transitions[state * symbolCount + words[i * length + t]];
      if (state < 0) break;
      reached.push(state);
      places.push(...space(states[t].subarray(i * hiddenDim, (i + 1) * hiddenDim)));
    }
  }
  const all = Float64Array.from(places);
  const rows = reached.length;
  const codes = new Int32Array(rows * coordinates);
  reached.forEach((state, row) => {
    codes.set(code.subarray(state * coordinates, (state + 1) * coordinates), row * coordinates);
  });
  const unknown = transitions.reduce((sum, target) => sum + (target < 0 ? 1 : 0), 0);
  return {
    hiddenStates: rows,
    states: stateEvidence(all, reached, stateCount),
    decoding: rows < 2 ? [] : decodeCodes(all, codes, { rows, kernels }),
    transitions: { known: transitions.length - unknown, unknown },
  };
}

function stateEvidence(
  places: Float64Array,
  reached: readonly number[],
  stateCount: number,
): StateEvidence[] {
  const rows = reached.length;
  const dim = places.length / Math.max(1, rows);
  const counts = new Array<number>(stateCount).fill(0);
  const spread = new Array<number>(stateCount).fill(0);
  const distance = new Array<number>(stateCount).fill(Number.POSITIVE_INFINITY);
  for (let i = 0; i < rows; i++) {
    const a = reached[i];
    counts[a]++;
    for (let j = 0; j < i; j++) {
      const b = reached[j];
      const largest = rowDistance(places, i, places, j, dim);
      if (a === b) spread[a] = Math.max(spread[a], largest);
      else {
        distance[a] = Math.min(distance[a], largest);
        distance[b] = Math.min(distance[b], largest);
      }
    }
  }
  return counts.map((hiddenStates, state) => ({
    hiddenStates,
    spread: spread[state],
    distance: distance[state],
  }));
}

function unitCode(stateCount: number): Int32Array {
  const coordinates = Math.min(stateCount, mostCoordinates);
  const code = new Int32Array(stateCount * coordinates);
  for (let i = 0; i < coordinates; i++) code[i * coordinates + i] = 1;
  return code;
}
