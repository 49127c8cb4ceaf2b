import type { Kernels } from "@latticode/kernels";
import { drawIntegers } from "@latticode/program";
import { missingOf, synthesize } from "latticode";
import { outputsAlong, programRunner } from "../runner.ts";
import type { CountingRule } from "./rules.ts";
import { countingRules, drawSkewed, ruleExamples, ruleRunner } from "./rules.ts";

/** How a rule is given: as all words of length 8, or as 2,000 sequences of length 12. */
export const countingKinds = ["counting-words", "counting-sequences"] as const;

export type CountingKind = (typeof countingKinds)[number];

/** What became of a counting rule in one form: plain data. */
export interface CountingOutcome {
  readonly kind: CountingKind;
  readonly index: number;
  readonly description: string;
  readonly verdict: "solved" | "consistent" | "not solved";
  readonly stopped: string | null;
  readonly missing: readonly string[];
  /** What is said of longer words: nothing where the program's state grows. */
  readonly growing: boolean;
  /** Words of length 30 and 100 that the program has wrong, of 1,000 each; null without a program. */
  readonly wrong: readonly [number, number] | null;
  readonly program: string | null;
  readonly seconds: number;
}

const judged = 1000;

/** A rule as examples, and its program on longer words than any example has. */
export async function judgeCountingRule(
  kind: CountingKind,
  index: number,
  { kernels }: { readonly kernels: Kernels },
): Promise<CountingOutcome> {
  const rule = countingRules[index];
  const form = kind === "counting-words" ? "words" : "sequences";
  const start = performance.now();
  const examples = ruleExamples(rule, form, index);
  const synthesis = await synthesize(examples, { kernels, seed: index, workers: 0 });
  const seconds = (performance.now() - start) / 1000;
  const { program, determination, verdict, stopped, code } = synthesis;
  const wrongAt = (length: number) =>
    longWords(rule, length).filter((word) => {
      const rows = word.map((x) => [x]);
      return (
        outputsAlong(programRunner(program!), rows).join() !==
        outputsAlong(ruleRunner(rule), rows).join()
      );
    }).length;
  return {
    ...{ kind, index, description: rule.name, verdict },
    stopped: stopped ? `${stopped.stage}: ${stopped.reason}` : null,
    missing: determination ? missingOf(determination, synthesis.domain.inputDim) : [],
    growing: determination?.steps.growing ?? false,
    wrong: program ? [wrongAt(30), wrongAt(100)] : null,
    ...{ program: code?.python ?? null, seconds },
  };
}

/** Words with few zeros, as many as others, and many. */
function longWords(rule: CountingRule, length: number): number[][] {
  return Array.from({ length: judged }, (_, i) =>
    drawSkewed(rule, length, [10, 50, 90][i % 3], drawIntegers(31, i)),
  );
}
