import { percent, table } from "../markdown.ts";
import type { SmallOutcome } from "./judge.ts";
import { smallKinds } from "./samples.ts";

/** Of the solved, this share may be wrong on some word. */
const wrongBar = 0.005;
/** Of the runs that say a bound, this share may exceed it. */
const exceededBar = 0.05;
/** Of the runs with many examples, all steps of the truth shown, this share is to be solved. */
const solvedBar = 0.85;

const isSolved = ({ verdict }: SmallOutcome) => verdict === "solved";
const isWrong = ({ wrongWords }: SmallOutcome) => wrongWords > 0;
const exceeds = ({ bound, wrongDrawn, drawn }: SmallOutcome) =>
  bound !== null && wrongDrawn / drawn > bound;
/** A bound of 1 or more says nothing. */
const saysBound = ({ bound }: SmallOutcome) => bound !== null && bound < 1;
/** Examples that leave little open. */
const isPlain = ({ count, rate, truthShown }: SmallOutcome) =>
  count >= 1000 && rate === 0.5 && truthShown;

/** Both tables: what is held against the bars, and the verdicts by kind. */
export function smallTables(outcomes: readonly SmallOutcome[]): string {
  return [barTable(outcomes), verdictTable(outcomes)].join("\n\n");
}

function barTable(outcomes: readonly SmallOutcome[]): string {
  const statements = outcomes.reduce((sum, o) => sum + o.falseStatements.length, 0);
  const row = (
    what: string,
    part: number,
    whole: number,
    bar: string,
    isMet: boolean,
  ): readonly string[] => [
    what,
    `${part} of ${whole}`,
    percent(part, whole),
    bar,
    isMet ? "met" : "**not met**",
  ];
  const solved = outcomes.filter(isSolved);
  const wrong = solved.filter(isWrong).length;
  const bounded = outcomes.filter(saysBound);
  const exceeded = bounded.filter(exceeds).length;
  const plain = outcomes.filter(isPlain);
  const right = plain.filter(isSolved).length;
  const wrongRuns = outcomes.filter((o) => o.falseStatements.length > 0).length;
  return table(
    ["", "runs", "share", "bar", ""],
    [
      row(
        "a statement that can be checked is false",
        wrongRuns,
        outcomes.length,
        "0",
        statements === 0,
      ),
      row(
        "the 95 % bound is exceeded",
        exceeded,
        bounded.length,
        "at most 5 %",
        exceeded <= exceededBar * bounded.length,
      ),
      row(
        "solved, and wrong on some word",
        wrong,
        solved.length,
        "at most 0.5 %",
        wrong <= wrongBar * solved.length,
      ),
      row(
        "1,000 sequences or more, half of the inputs 0, every step of the truth shown: solved",
        right,
        plain.length,
        "at least 85 %",
        right >= solvedBar * plain.length,
      ),
    ],
  );
}

function verdictTable(outcomes: readonly SmallOutcome[]): string {
  const cells = (name: string, runs: readonly SmallOutcome[]) => {
    const of = (verdict: SmallOutcome["verdict"]) => runs.filter((o) => o.verdict === verdict);
    const count = (list: readonly SmallOutcome[]) => String(list.length);
    return [
      name,
      count(runs),
      count(of("solved")),
      count(of("solved").filter(isWrong)),
      count(of("consistent")),
      count(of("consistent").filter(isWrong)),
      count(of("not solved")),
      runs.reduce((sum, { seconds }) => sum + seconds, 0).toFixed(1),
    ];
  };
  const byKind = smallKinds.map((kind) =>
    cells(
      kind,
      outcomes.filter((o) => o.kind === kind),
    ),
  );
  const sizes = [...new Set(outcomes.map(({ count }) => count))].sort((a, b) => a - b);
  const bySize = sizes.map((size) =>
    cells(
      `${size} sequences`,
      outcomes.filter((o) => o.count === size),
    ),
  );
  return table(
    ["", "runs", "solved", "wrong on a word", "consistent", "wrong on a word", "not solved", "s"],
    [...byKind, ...bySize, cells("all", outcomes)],
  );
}

/** The section of the report. */
export function smallReport(outcomes: readonly SmallOutcome[]): string {
  const wrong = outcomes
    .filter((o) => (isSolved(o) && isWrong(o)) || o.falseStatements.length > 0 || exceeds(o))
    .map((o) => [
      `${o.kind} ${o.index}`,
      o.description,
      `${o.count} of length ${o.length}, ${o.rate}`,
      [
        ...(isSolved(o) && isWrong(o) ? [`wrong on ${o.wrongWords} of ${o.words} words`] : []),
        ...(exceeds(o) ? [`wrong on ${percent(o.wrongDrawn, o.drawn)}, above the bound`] : []),
        ...o.falseStatements.slice(0, 2),
      ].join("; "),
    ]);
  return [
    "2,000 samples that often leave their task open: saturating counters, random Moore and Mealy machines of 2 to 6 states, random programs; 10 to 2,000 sequences of length 4 to 10, 10 to 50 % of the inputs not 0. Every program is compared with the definition on all words of the length over the domain that the result names, and on 2,000 sequences drawn like its examples. Counts of steps, of sequences and of words, the depth, the rivals, the words asked about and the relation of program and network are found anew by going over all words. Seconds are of one thread.",
    smallTables(outcomes),
    "### Wrong",
    wrong.length > 0 ? table(["run", "what it is", "examples", ""], wrong) : "None.",
  ].join("\n\n");
}
