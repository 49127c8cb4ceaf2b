import type { CountingOutcome } from "./counting/judge.ts";
import { countingReport, countingTable, isWrongLonger } from "./counting/report.ts";
import type { JobOutcome } from "./jobs.ts";
import { falseClaims, kindTable, randomReport } from "./random-report.ts";
import type { SmallOutcome } from "./small/judge.ts";
import { smallReport, smallTables } from "./small/report.ts";
import type { Outcome } from "./solve.ts";

/** The parts of the bench by name, as in `parts` of jobs.ts. */
type PartName = "random" | "small" | "counting";

const titles: Readonly<Record<PartName, string>> = {
  random: "Random tasks",
  small: "Small and skewed samples",
  counting: "Counting rules",
};

const isRandom = (outcome: JobOutcome): outcome is Outcome => "trained" in outcome;
const isSmall = (outcome: JobOutcome): outcome is SmallOutcome => "wrongDrawn" in outcome;
const isCounting = (outcome: JobOutcome): outcome is CountingOutcome => "growing" in outcome;

/** One line on how a run came out. */
export function describeOutcome(outcome: JobOutcome): string {
  const { kind, index, verdict, stopped, seconds } = outcome;
  const parts = [`${kind} ${index}: ${stopped ?? verdict}`];
  if (isViolation(outcome)) parts.push("FALSE");
  if (isSmall(outcome)) {
    if (outcome.wrongWords > 0) {
      parts.push(
        `wrong on ${outcome.wrongWords} of ${outcome.words} words, as ${outcome.firstWrong}`,
      );
    }
    parts.push(...outcome.falseStatements.slice(0, 3));
    if (outcome.truthShown) parts.push("truth shown");
  }
  if (isCounting(outcome) && outcome.wrong)
    parts.push(`wrong at 30 and 100: ${outcome.wrong.join(", ")}`);
  if (!isRandom(outcome)) parts.push(...outcome.missing.slice(0, 2));
  return `${parts.join("; ")}, ${seconds.toFixed(1)} s`;
}

/** A false statement, or something wrong that is called solved. */
export function isViolation(outcome: JobOutcome): boolean {
  if (isSmall(outcome)) {
    const isWrong = outcome.verdict === "solved" && outcome.wrongWords > 0;
    return isWrong || outcome.falseStatements.length > 0;
  }
  if (isCounting(outcome)) return isWrongLonger(outcome);
  return falseClaims([outcome]).length > 0;
}

/** The tables of a part, for the terminal. */
export function partTables(name: PartName, outcomes: readonly JobOutcome[]): string {
  if (name === "random") return kindTable(outcomes.filter(isRandom));
  return name === "small"
    ? smallTables(outcomes.filter(isSmall))
    : countingTable(outcomes.filter(isCounting));
}

/** The report with the section of one part written anew. */
export function reportPart(
  report: string,
  name: PartName,
  outcomes: readonly JobOutcome[],
  machine: string,
): string {
  const body =
    name === "random"
      ? randomReport(outcomes.filter(isRandom))
      : name === "small"
        ? smallReport(outcomes.filter(isSmall))
        : countingReport(outcomes.filter(isCounting));
  const section = [`## ${titles[name]}`, machine, body, ""].join("\n\n");
  const sections = Object.values(titles).flatMap((title) => {
    if (title === titles[name]) return [section];
    const old = sectionOf(report, title);
    return old ? [old] : [];
  });
  const head = [
    "# Soundness: tasks that nobody made up",
    "Written by `npm run bench:soundness`, part by part. Synthesis sees examples only; what it says is compared with the definitions that the examples were drawn from.",
    "",
  ].join("\n\n");
  return [head, ...sections].join("").replace(/\n+$/, "\n");
}

function sectionOf(report: string, title: string): string | undefined {
  const start = report.indexOf(`## ${title}\n`);
  if (start < 0) return undefined;
  const end = report.indexOf("\n## ", start + 1);
  return end < 0 ? report.slice(start) : report.slice(start, end + 1);
}
