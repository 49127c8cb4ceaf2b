import { kinds } from "./definition.ts";
import { table } from "./markdown.ts";
import type { Outcome } from "./solve.ts";

const bar = 0.8;

/** A program that was called solved and is wrong. */
export const falseClaims = (outcomes: readonly Outcome[]) =>
  outcomes.filter(({ solved, wrong }) => solved && wrong > 0);

/** The outcomes by kind, as a table in Markdown. */
export function kindTable(outcomes: readonly Outcome[]): string {
  const rows = kinds.map((kind) =>
    cells(
      kind,
      outcomes.filter((outcome) => outcome.kind === kind),
    ),
  );
  return table(
    [
      "",
      "tasks",
      "perfect network",
      "solved",
      "share",
      "bar",
      "",
      "false claims",
      "stopped at",
      "s",
    ],
    [...rows, cells("all", outcomes)],
  );
}

function cells(name: string, outcomes: readonly Outcome[]): string[] {
  const solved = outcomes.filter((outcome) => outcome.solved).length;
  const share = solved / outcomes.length;
  const stops = new Map<string, number>();
  for (const { solved, stopped, verdict } of outcomes) {
    if (!solved) stops.set(stopped ?? verdict, (stops.get(stopped ?? verdict) ?? 0) + 1);
  }
  return [
    name,
    String(outcomes.length),
    String(outcomes.filter(({ trained }) => trained).length),
    String(solved),
    `${(Math.floor(share * 1000) / 10).toFixed(1)} %`,
    `${100 * bar} %`,
    share >= bar ? "met" : "**not met**",
    String(falseClaims(outcomes).length),
    [...stops].map(([stage, count]) => `${stage} ${count}`).join(", ") || "-",
    outcomes.reduce((sum, { seconds }) => sum + seconds, 0).toFixed(1),
  ];
}

/** The section of the report: the table by kind, then every task that was not solved. */
export function randomReport(outcomes: readonly Outcome[]): string {
  const unsolved = outcomes
    .filter(({ solved, wrong }) => !solved || wrong > 0)
    .map(({ kind, index, description, verdict, stopped, wrong }) => [
      `${kind} ${index}`,
      description,
      wrong > 0
        ? `FALSE CLAIM: ${wrong} of 20,000 wrong`
        : stopped
          ? `stopped at ${stopped}`
          : verdict,
    ]);
  return [
    "The 300 tasks are generated at random:\n\n- 100 minimal machines of 2 to 12 states over 2 to 5 symbols, given as 100,000 sequences of length 12 and 512 of length 120,\n- 100 integer linear systems of dimension 1 to 3, given as 10,000 sequences of length 8,\n- 100 programs of cost 6 to 12 from the grammar, given likewise; one in four has a list of the last 2 to 4 numbers.\n\nA program that is called solved is compared with the generating definition on 20,000 new sequences of the trained length. If it differs, it is a false claim. Seconds are those of one thread.",
    kindTable(outcomes),
    "### Not solved",
    unsolved.length > 0 ? table(["task", "what it is", ""], unsolved) : "None.",
  ].join("\n\n");
}
