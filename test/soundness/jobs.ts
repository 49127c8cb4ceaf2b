// Every kind of run, by its name and number.

import type { Kernels } from "@latticode/kernels";
import type { CountingKind, CountingOutcome } from "./counting/judge.ts";
import { countingKinds, judgeCountingRule } from "./counting/judge.ts";
import { countingRules } from "./counting/rules.ts";
import type { Kind } from "./definition.ts";
import { kinds } from "./definition.ts";
import type { SmallOutcome } from "./small/judge.ts";
import { judgeSmallTask } from "./small/judge.ts";
import type { SmallKind } from "./small/samples.ts";
import { smallKinds, smallRuns, smallTask } from "./small/samples.ts";
import type { Outcome } from "./solve.ts";
import { solveRandomTask } from "./solve.ts";
import { randomTask } from "./tasks.ts";

export interface Job {
  readonly kind: Kind | SmallKind | CountingKind;
  readonly index: number;
}

export type JobOutcome = Outcome | SmallOutcome | CountingOutcome;

/**
 * The parts of the bench, each with its kinds and the number of runs of each kind.
 *
 * @public to benchmarks/soundness.mjs
 */
export const parts = {
  random: { kinds, count: 100 },
  small: { kinds: smallKinds, count: smallRuns },
  counting: { kinds: countingKinds, count: countingRules.length },
} as const;

export function runJob(
  { kind, index }: Job,
  options: { readonly kernels: Kernels },
): Promise<JobOutcome> {
  if (isSmall(kind)) return judgeSmallTask(smallTask(kind, index), options);
  if (isCounting(kind)) return judgeCountingRule(kind, index, options);
  return solveRandomTask(randomTask(kind, index), options);
}

const isSmall = (kind: string): kind is SmallKind =>
  (smallKinds as readonly string[]).includes(kind);
const isCounting = (kind: string): kind is CountingKind =>
  (countingKinds as readonly string[]).includes(kind);
