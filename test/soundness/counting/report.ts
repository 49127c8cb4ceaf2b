import { table } from "../markdown.ts";
import type { CountingOutcome } from "./judge.ts";
import { countingKinds } from "./judge.ts";
import { countingRules } from "./rules.ts";

const bar = 16;

/** Called solved, and wrong on longer words. */
export const isWrongLonger = ({ verdict, wrong }: CountingOutcome) =>
  verdict === "solved" && isWrongAt(wrong);

const isWrongAt = (wrong: CountingOutcome["wrong"]) =>
  wrong !== null && (wrong[0] > 0 || wrong[1] > 0);
const isRight = ({ wrong }: CountingOutcome) => wrong !== null && !isWrongAt(wrong);

/** A line for each form. */
export function countingTable(outcomes: readonly CountingOutcome[]): string {
  const names = {
    "counting-words": "all words of length 8",
    "counting-sequences": "2,000 of length 12",
  };
  const rows = countingKinds.map((kind) => {
    const own = outcomes.filter((outcome) => outcome.kind === kind);
    const right = own.filter(isRight).length;
    const wrong = own.filter(isWrongLonger).length;
    return [
      names[kind],
      String(own.length),
      String(own.filter(({ verdict }) => verdict === "solved").length),
      String(wrong),
      wrong === 0 ? "met" : "**not met**",
      String(right),
      right >= bar ? "met" : "**not met**",
      own.reduce((sum, { seconds }) => sum + seconds, 0).toFixed(1),
    ];
  });
  return table(
    [
      "",
      "rules",
      "solved",
      "solved and wrong at 30 or 100",
      "bar: 0",
      "right at 30 and 100",
      `bar: ${bar}`,
      "s",
    ],
    rows,
  );
}

/** The section of the report. */
export function countingReport(outcomes: readonly CountingOutcome[]): string {
  const cell = (outcome: CountingOutcome | undefined) => {
    if (!outcome) return "-";
    const { verdict, wrong, stopped } = outcome;
    if (!wrong) return `no program (${stopped})`;
    const told = isRight(outcome) ? "right" : `wrong on ${wrong[0]} and ${wrong[1]}`;
    return `${verdict}, ${told}`;
  };
  const rows = countingRules.map(({ name }, index) => [
    name,
    ...countingKinds.map((kind) =>
      cell(outcomes.find((o) => o.kind === kind && o.index === index)),
    ),
  ]);
  return [
    "20 rules that count, each given as all words of length 8 and as 2,000 sequences of length 12, and judged on 1,000 words of length 30 and of length 100 each.",
    countingTable(outcomes),
    table(["rule", "all words of length 8", "2,000 sequences of length 12"], rows),
  ].join("\n\n");
}
