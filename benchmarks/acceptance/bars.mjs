// What a benchmark run must come to.

import { benchFacts, isRight } from "latticode/node";
import { publishedCost, referenceCosts } from "./reference-costs.mjs";

/** What a seed of each method must reach: counts of tasks, and seconds; see `benchFacts`. */
export const targets = {
  default: { right: 62, long: 60, proven: 45, certified: 55, short: 55, seconds: 300 },
  "white-box": { right: 58 },
  "black-box": { right: 60 },
  paper: { right: 36 },
};

/** Tasks that the default may leave unsolved over all seeds; a false claim is never allowed. */
const allowedMisses = 1;

const slack = 2;

const atLeast = (fact, least) => ({ ...fact, bar: `at least ${least}`, met: fact.value >= least });

const all = (fact, count) => ({ ...fact, bar: "all", met: count > 0 && fact.value === count });

const costsAtMost = (line, most) =>
  isRight(line) && line.cost !== null && most !== undefined && line.cost <= most;

/**
 * The bars of one seed: what is counted, what there is, and what there must be (no `bar` where nothing
 * is asked for). Those of costs, proofs and certificates are the default method's. `missing` is what
 * is missing in this seed, where a few misses over all seeds are allowed.
 */
export function barsOf(run, method) {
  const { lines } = run;
  const facts = benchFacts(run);
  const target = targets[method];
  const falseClaims = { ...facts.false, bar: "0", met: facts.false.value === 0 };
  const right = atLeast(facts.right, target.right);
  if (method !== "default") return [right, falseClaims, facts.long, facts.seconds];
  const missing = Math.max(0, target.right - facts.right.value);
  const short = lines.filter((l) => costsAtMost(l, referenceCosts[l.task].known + slack)).length;
  const published = lines.filter(({ task }) => publishedCost(task) !== undefined);
  const within = published.filter((line) => costsAtMost(line, publishedCost(line.task))).length;
  return [
    { ...right, bar: `${target.right}`, missing },
    falseClaims,
    atLeast(facts.long, target.long),
    atLeast(
      {
        name: `cost at most ${slack} above the shortest program known before`,
        ...{ value: short, text: `${short} of ${lines.length}` },
      },
      target.short,
    ),
    all(
      {
        name: "cost at most that of the published program, where that is right",
        ...{ value: within, text: `${within} of ${published.length}` },
      },
      published.length,
    ),
    atLeast(facts.proven, target.proven),
    atLeast(facts.certified, target.certified),
    {
      ...facts.seconds,
      bar: `at most ${target.seconds}`,
      met: facts.seconds.value <= target.seconds,
    },
  ];
}

/** Whether one bar is met over all seeds, in words; empty where nothing is asked for. */
export function verdict(bars) {
  if (bars[0].met === undefined) return "";
  const missing = bars.reduce((sum, bar) => sum + (bar.missing ?? 0), 0);
  if (missing > 0 && missing <= allowedMisses)
    return `met: ${missing} miss in all seeds is allowed`;
  return bars.every(({ met }) => met) ? "met" : "**not met**";
}
