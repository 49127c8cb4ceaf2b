import type { Kernels } from "@latticode/kernels";
import type { Recurrent, Traces } from "@latticode/network";
import type { Candidates } from "../src/candidates.ts";
import { collectCandidates } from "../src/candidates.ts";
import type { ReadingContext } from "../src/context.ts";
import { createContext } from "../src/context.ts";
import type { Finder } from "../src/finder.ts";
import { askFinder } from "../src/search-route.ts";

// Finders asked alone, for their tests.

/** A context in which these parts are known; there is no network to ask for others. */
export function contextOf(
  traces: Traces,
  parts: { readonly kernels: Kernels } & Partial<ReadingContext>,
): ReadingContext {
  const { kernels } = parts;
  const recurrent = {} as Recurrent;
  const context = createContext({ kernels, seed: 1, recurrent, traces, routes: [] });
  for (const [part, value] of Object.entries(parts)) {
    Object.defineProperty(context, part, { value });
  }
  return context;
}

/** What the finders find, one after the other, up to a bound of the cost. */
export function candidatesOf(
  finders: readonly Finder[],
  context: ReadingContext,
  bound: number,
): Candidates {
  const candidates = collectCandidates({ goesOn: () => true, traces: context.traces }, bound);
  for (const finder of finders) askFinder(finder, context, candidates);
  return candidates;
}
