import type { Kernels } from "@latticode/kernels";
import type { Traces } from "@latticode/network";
import type { Candidates } from "../src/candidates.ts";
import { collectCandidates } from "../src/candidates.ts";
import type { ReadingContext } from "../src/context.ts";
import type { Finder } from "../src/finder.ts";
import { askFinder } from "../src/search-route.ts";

// Finders asked alone, for their tests.

/** A context that holds nothing but what is given. */
export function contextOf(
  traces: Traces,
  parts: { readonly kernels: Kernels } & Partial<ReadingContext>,
): ReadingContext {
  return { seed: 1, traces, notes: [], ...parts } as object as ReadingContext;
}

/** What the finders find, one after the other, up to a bound of the cost. */
export function candidatesOf(
  finders: readonly Finder[],
  context: ReadingContext,
  bound: number,
): Candidates {
  const candidates = collectCandidates(context.traces, bound);
  for (const finder of finders) askFinder(finder, context, candidates);
  return candidates;
}
