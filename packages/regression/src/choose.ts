import { comparePrograms } from "@latticode/program";
import type { Candidate, Candidates, Repair } from "./candidates.ts";
import type { ReadingContext } from "./context.ts";
import { tolerantRepair } from "./finders/tolerant.ts";
import { isExplained } from "./search-route.ts";
import type { ProgramEvidence } from "./variable-evidence.ts";
import { decodeVariables } from "./variable-evidence.ts";

/** A program whose state is in the hidden states is preferred to one this much cheaper at most. */
const decodedSlack = 4;

/** The programs of all routes, the cheapest first; of one cost those read from hidden states. */
export function rankCandidates(routes: readonly Candidates[]): Candidate[] {
  const isElsewhere = ({ route }: Candidate) => Number(route !== "white-box");
  return routes
    .flatMap(({ found }) => found)
    .sort(
      (a, b) =>
        a.cost - b.cost || isElsewhere(a) - isElsewhere(b) || comparePrograms(a.program, b.program),
    );
}

/**
 * The cheapest program, or the cheapest whose state is in the hidden state, if that costs little
 * more. Those that go on as the network does beyond the length of the traces come before all
 * others.
 *
 * @param ranked see `rankCandidates`
 */
export function chooseCandidate(
  ranked: readonly Candidate[],
  context: ReadingContext,
): (Candidate & ProgramEvidence) | undefined {
  if (ranked.length === 0) return undefined;
  const steady = ranked.filter((candidate) => candidate.goesOn);
  if (steady.length > 0 && steady.length < ranked.length) {
    return chooseCandidate(steady, context);
  }
  const near = ranked.filter(({ cost }) => cost <= ranked[0].cost + decodedSlack);
  const { traces, kernels } = context;
  let cheapest: (Candidate & ProgramEvidence) | undefined;
  for (const candidate of near) {
    const judged = { ...candidate, ...decodeVariables(candidate.program, traces, { kernels }) };
    if (judged.isReading) return judged;
    cheapest ??= judged;
  }
  return cheapest;
}

/**
 * A shorter program than the chosen one, or the only one, that differs from the network at a few
 * positions. Where no program says more than a table and outputs may be searched, they are searched
 * once more for it.
 */
export function chooseRepair(
  routes: readonly Candidates[],
  chosen: Candidate | undefined,
  context: ReadingContext,
  { isTolerant }: { readonly isTolerant: boolean },
): Repair | undefined {
  const found = routes.flatMap((route) => route.found);
  const repairs = routes.flatMap(({ repair }) => (repair ? [repair] : []));
  const least = Math.min(...[...found, ...repairs].map(({ cost }) => cost));
  const tolerant =
    isTolerant && !found.some(isExplained) ? tolerantRepair(context, () => least - 1) : undefined;
  return tolerant ?? repairs.find(({ cost }) => !chosen || cost < chosen.cost);
}
