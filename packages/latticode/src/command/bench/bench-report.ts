import type { Method } from "@latticode/regression";
import { findTask } from "@latticode/tasks";
import { countText } from "@latticode/verification";
import type { BenchLine } from "./bench-line.ts";
import { isCertified, isFalseClaim, isRight, isRightLong, secondsOf } from "./bench-line.ts";
import { benchFacts, compareDigests, type Fact, type SeedRun } from "./facts.ts";

/** What a report is of. */
export interface BenchReport {
  readonly method: Method;
  /** Processor, cores, Node. */
  readonly machine: string;
  readonly workers: number;
  readonly build: string;
  readonly runs: readonly SeedRun[];
  /** Lines of a run that digests are compared with. */
  readonly others?: readonly BenchLine[] | undefined;
}

/** The text of results.md: what was measured, then what is amiss, then every program. */
export function reportText(report: BenchReport): string {
  const { method, machine, workers, build, runs } = report;
  const title = method === "default" ? "Results" : `Results: ${method} only`;
  return [
    `# ${title}`,
    "Written by `latticode bench`. A synthesis sees 327,680 sequences of a task. " +
      "Every fourth of them has runs of equal inputs, because independent inputs " +
      "hardly ever reach states such as a count of 9. A fifth of the sequences is held " +
      "back for the last check. Once the network is trained, labels are used for that " +
      "check only. A program that is called solved is then judged by the definition of " +
      "the task, on 2,000 sequences of the trained length and 100 of length 100. Their " +
      "seed comes from the digest of network and program.",
    `${machine}; ${workers} ${workers === 1 ? "thread" : "threads"}; build ${build}.`,
    "## Measured",
    factTable(report),
    ...shortfalls(runs),
    "## Programs",
    legend,
    ...runs.flatMap((run) => [`### Seed ${run.seed}`, seedTable(run.lines)]),
    "## Evidence",
    ...runs.flatMap((run) => [`### Seed ${run.seed}`, evidenceTable(run.lines)]),
    "",
  ].join("\n\n");
}

/** A row a fact, a column a seed. */
function factTable({ runs, others }: BenchReport): string {
  const columns = runs.map((run) => [
    ...Object.values(benchFacts(run)),
    ...(others ? [digestsFact(run.lines, others)] : []),
  ]);
  const rows = (columns[0] ?? []).map(({ name }, i) => [
    name,
    ...columns.map((facts) => facts[i].text),
  ]);
  return table(["", ...runs.map(({ seed }) => `seed ${seed}`)], rows);
}

function digestsFact(lines: readonly BenchLine[], others: readonly BenchLine[]): Fact {
  const { compared, differing } = compareDigests(lines, others);
  const value = compared.length - differing.length;
  return {
    name: "digests equal to those of the run compared with",
    ...{ value, text: `${value} of ${compared.length}` },
  };
}

/** What is not as it should be, by name. */
function shortfalls(runs: readonly SeedRun[]): string[] {
  const of = (test: (line: BenchLine) => boolean) =>
    runs.flatMap(({ lines }) => lines.filter(test).map(({ task, seed }) => `${task} (${seed})`));
  const rows: [string, string[]][] = [
    ["Called solved and wrong", of(isFalseClaim)],
    ["Not solved", of((line) => !line.solved)],
    [
      "Right at the trained length, wrong at 100",
      of((line) => isRight(line) && !isRightLong(line)),
    ],
    [
      "Found by search, not read from the hidden state",
      of((line) => isRight(line) && line.decoding === "none"),
    ],
  ];
  const lines = rows.flatMap(([what, names]) =>
    names.length > 0 ? [`- ${what}, by task and seed: ${names.join(", ")}.`] : [],
  );
  return lines.length > 0 ? [lines.join("\n")] : [];
}

const legend = `- right, at 100: by the task's definition, at the trained length and at length 100
- cost: the nodes of the expressions, and 1 per statement
- state: how the hidden state gives the program's state, the worst of its variables; with
  \`none\`, the program was found by search, not read from the hidden state
- MIPS: whether the program that the paper's authors published is right when it is run;
  they count 32 of 62 as solved
- GPT-4: what the authors recorded of GPT-4 Turbo
- checked: the number of sequences in each check
- inferred: what the program rests on beyond the trained length`;

const head = [
  ...["task", "right", "at 100", "program", "cost"],
  ...["route", "stage", "state", "proven", "MIPS", "GPT-4", "s"],
];

function seedTable(lines: readonly BenchLine[]): string {
  const rows = lines.map((line) => {
    const task = findTask(line.task);
    const { program, judgement, proofs } = line;
    return [
      line.task,
      claim(line),
      judgement ? yes(judgement.longWrong === 0) : "-",
      program && line.text ? code(line.text) : (line.stopped?.stage ?? "-"),
      String(line.cost ?? "-"),
      line.route ?? "-",
      line.stage ?? "-",
      line.decoding ?? "-",
      proofs.length > 0 ? "yes" : "-",
      task?.publishedProgramRight ? "right" : "-",
      task?.gpt4TurboSolved ? "solved" : "-",
      secondsOf(line).toFixed(1),
    ];
  });
  const count = (test: (line: BenchLine) => unknown) => String(lines.filter(test).length);
  const total = [
    ...[`all ${lines.length}`, count(isRight), count(isRightLong), "", "", "", "", ""],
    count((line) => isRight(line) && line.proofs.length > 0),
    count(({ task }) => findTask(task)?.publishedProgramRight),
    count(({ task }) => findTask(task)?.gpt4TurboSolved),
    lines.reduce((sum, line) => sum + secondsOf(line), 0).toFixed(1),
  ];
  return table(head, [...rows, total]);
}

function claim(line: BenchLine): string {
  if (isFalseClaim(line)) return "**WRONG**";
  if (line.solved) return "yes";
  return `not solved`;
}

/** Network, proof, certificate, digest. */
function evidenceTable(lines: readonly BenchLine[]): string {
  const layers = (depth: number, width: number) => (depth === 1 ? "linear" : `${depth} x ${width}`);
  return table(
    [
      ...["task", "network", "checked", "proofs", "the other route", "network agrees"],
      ...["repair offered", "stopped", "digest"],
    ],
    lines.map((line) => {
      const { network, certificate, proofs, stopped, repair, checks, relation } = line;
      const f = layers(network.hiddenDepth, network.hiddenWidth);
      const g = layers(network.outputDepth, network.outputWidth);
      const imperfect = network.perfect ? "" : ", NOT PERFECT";
      return [
        line.task,
        `hidden ${network.hiddenDim}, f ${f}, g ${g}${imperfect}`,
        checks
          .filter(({ judges }) => judges)
          .map(checkText)
          .join(", ") || "-",
        proofs.join("; ") || "-",
        certificate ? `${certificate.equality}: ${certificate.explanation}` : "-",
        relation ?? "-",
        repair ?? "-",
        stopped ? `${stopped.stage}: ${shortened(stopped.reason)}` : "",
        `\`${line.digest.slice(0, 16)}\``,
      ];
    }),
  );
}

function checkText({ name, sequences, wrong, passed }: BenchLine["checks"][number]): string {
  if (passed) return sequences > 0 ? `${name} ${countText(sequences)}` : name;
  return `${name} NOT PASSED, ${wrong} wrong`;
}

const mostCharacters = 160;

const shortened = (text: string) =>
  text.length > mostCharacters ? `${text.slice(0, mostCharacters - 3)}...` : text;

const yes = (value: boolean) => (value ? "yes" : "NO");

const code = (text: string) => `\`${text}\``;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replace(/\|/g, "\\|").replace(/\s+/g, " ")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** What is said of a run when it has ended, in one line. */
export function lineText(line: BenchLine): string {
  const { task, seed, cost, stage, route, stopped } = line;
  const how = [route, stage].filter((part) => part !== null).join(", ");
  const outcome = isFalseClaim(line)
    ? "CALLED SOLVED, AND WRONG"
    : line.solved
      ? `right, cost ${cost}, ${how}${isCertified(line) ? ", certified" : ""}`
      : `not solved, stopped at ${stopped?.stage}`;
  return `seed ${seed}, ${task}: ${outcome}, ${secondsOf(line).toFixed(1)} s`;
}
