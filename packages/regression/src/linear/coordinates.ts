import type { Recurrence } from "@latticode/machines";
import type { Program } from "@latticode/program";
import { simplifyProgram } from "@latticode/program";
import { clearUnreadStarts } from "../unread-starts.ts";
import { solveIntegers } from "./integer-matrix.ts";
import type { LinearPlan } from "./linear-program.ts";
import { planRecurrence, writePlan } from "./linear-program.ts";
import { reverse, shear, translate } from "./recurrence.ts";

// A lattice has many bases, and a recurrence reads well in few of them. A beam search over
// unimodular changes of coordinates looks for the cheapest program; every step is exact, so every
// recurrence on the way computes the same function.

const beamWidth = 8;
/**
 * Recurrences planned before the search ends; counted, so that the result depends on no clock. A
 * plan of n coordinates takes about n^3 as long.
 */
const usualBudget = 3000;
const fullBudgetDimension = 4;
/** Rounds without an improvement before the search ends. */
const patience = 3;
const largestEntry = 2 ** 31;

interface Candidate {
  readonly recurrence: Recurrence;
  readonly plan: LinearPlan;
  /** Prefers start values at 0, then small entries, among equally long programs. */
  readonly size: number;
}

export interface CoordinatesOptions {
  /** Recurrences planned before the search ends; 3,000 unless told, fewer beyond 4 coordinates. */
  readonly budget?: number;
}

/** The cheapest program found for a recurrence, simplified. */
export function recurrenceToProgram(
  recurrence: Recurrence,
  options: CoordinatesOptions = {},
): Program {
  const best = simplestCoordinates(recurrence, options);
  return clearUnreadStarts(simplifyProgram(writePlan(best.recurrence, best.plan)));
}

/**
 * The recurrence in the coordinates in which its program is cheapest, as far as the search went.
 */
export function simplestRecurrence(
  recurrence: Recurrence,
  options: CoordinatesOptions = {},
): Recurrence {
  return simplestCoordinates(recurrence, options).recurrence;
}

function simplestCoordinates(recurrence: Recurrence, options: CoordinatesOptions): Candidate {
  const share = fullBudgetDimension / Math.max(fullBudgetDimension, recurrence.stateDim);
  const budget = options.budget ?? Math.ceil(usualBudget * share * share * share);
  const visited = new Set<string>();
  let planned = 0;
  const consider = (next: Recurrence, found: Candidate[]) => {
    if (planned >= budget) return;
    const entries = entriesOf(next);
    const key = entries.join();
    if (visited.has(key)) return;
    visited.add(key);
    if (!entries.every((v) => Math.abs(v) <= largestEntry)) return;
    planned++;
    found.push({ recurrence: next, plan: planRecurrence(next), size: sizeOf(next, entries) });
  };
  let beam: Candidate[] = [];
  for (const start of startingPoints(recurrence)) consider(start, beam);
  if (beam.length === 0) {
    return { recurrence, plan: planRecurrence(recurrence), size: 0 };
  }
  beam.sort(compareCandidates);
  let best = beam[0];
  for (let stale = 0; stale < patience && planned < budget; ) {
    const found: Candidate[] = [];
    for (const { recurrence: current } of beam) {
      for (const next of neighbours(current)) consider(next, found);
    }
    if (found.length === 0) break;
    beam = found.sort(compareCandidates).slice(0, beamWidth);
    if (compareCandidates(beam[0], best) < 0) {
      stale = beam[0].plan.cost < best.plan.cost ? 0 : stale + 1;
      best = beam[0];
    } else {
      stale++;
    }
  }
  return best;
}

/**
 * As given, with the start at 0, and with the constants of the updates at 0 where that is possible.
 */
function startingPoints(recurrence: Recurrence): Recurrence[] {
  const { stateDim, transition, offset, initial } = recurrence;
  const negated = (values: readonly number[]) => values.map((v) => 0 - v);
  const points = [recurrence, translate(recurrence, negated(initial))];
  // c + s - M s = 0
  const difference = transition.map((row, i) => row.map((m, j) => (i === j ? 1 : 0) - m));
  const s = solveIntegers(difference, stateDim, negated(offset));
  if (s) points.push(translate(recurrence, s));
  return points;
}

/** One coordinate added to or subtracted from another, reversed, or moved by one. */
function* neighbours(recurrence: Recurrence): Generator<Recurrence> {
  const n = recurrence.stateDim;
  for (let i = 0; i < n; i++) {
    yield reverse(recurrence, i);
    for (const sign of [1, -1] as const) {
      for (let j = 0; j < n; j++) if (i !== j) yield shear(recurrence, i, j, sign);
      yield translate(
        recurrence,
        Array.from({ length: n }, (_, k) => (k === i ? sign : 0)),
      );
    }
  }
}

function compareCandidates(a: Candidate, b: Candidate): number {
  return a.plan.cost - b.plan.cost || a.size - b.size;
}

/** Every number of a recurrence, which tells it from others of its dimensions. */
function entriesOf(recurrence: Recurrence): number[] {
  const { transition, input, offset, output, outputOffset, initial } = recurrence;
  const entries = [...offset, ...outputOffset, ...initial];
  for (const rows of [transition, input, output]) for (const row of rows) entries.push(...row);
  return entries;
}

function sizeOf({ initial }: Recurrence, entries: readonly number[]): number {
  let size = 0;
  for (const v of entries) size += Math.abs(v);
  for (const z of initial) if (z !== 0) size += 1000;
  return size;
}
