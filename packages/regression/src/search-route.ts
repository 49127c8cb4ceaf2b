import type { Candidate, Candidates } from "./candidates.ts";
import { collectCandidates } from "./candidates.ts";
import type { ReadingContext } from "./context.ts";
import type { Finder } from "./finder.ts";
import { tableName } from "./finders/machine.ts";
import { finders } from "./finders.ts";
import type { Route } from "./method.ts";

/**
 * Asks the finders of a route in the order of the table, and keeps the programs that are right on
 * all traces and better than those before.
 *
 * @param bound the cost of the most expensive program wanted
 */
export function searchRoute(context: ReadingContext, route: Route, bound: number): Candidates {
  const candidates = collectCandidates(context, bound);
  for (const finder of finders) {
    if (finder.route !== route) continue;
    const { steady } = candidates;
    if (finder.isLastResort && steady && isExplained(steady)) continue;
    askFinder(finder, context, candidates);
    if (finder.isFinal && candidates.steady?.stage === finder.name) break;
  }
  return candidates;
}

/** Whether a program says more than the machine that it was read from. */
export function isExplained({ stage }: Candidate): boolean {
  return stage !== tableName;
}

/** Offers what a finder finds, and tells it what became of it. */
export function askFinder(finder: Finder, context: ReadingContext, candidates: Candidates): void {
  const findings = finder.find(context, () => candidates.bound);
  try {
    let next = findings.next();
    while (!next.done) next = findings.next(candidates.offer(next.value, finder));
  } finally {
    // what the finder holds is given back where an offer throws
    findings.return();
  }
}
