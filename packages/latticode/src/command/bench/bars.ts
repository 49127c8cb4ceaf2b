import type { Method } from "@latticode/regression";
import { findTask } from "@latticode/tasks";
import type { BenchLine } from "./bench-line.ts";
import { isCertified, isFalseClaim, isRight, isRightLong } from "./bench-line.ts";
import { referenceCosts } from "./reference-costs.ts";

/** What is counted, what there is, and what there must be. */
export interface Bar {
  readonly name: string;
  readonly value: number;
  readonly text: string;
  /** Absent where nothing is asked for. */
  readonly bar?: string;
  readonly met?: boolean;
  /** What is missing in this seed, where a few misses over all seeds are allowed. */
  readonly missing?: number;
}

/** Tasks that the default may leave unsolved over all seeds; a false claim is never allowed. */
export const allowedMisses = 1;

/** Tasks that a method must solve in each seed. */
const leastSolved: Readonly<Record<Method, number>> = {
  default: 62,
  "white-box": 58,
  "black-box": 60,
  paper: 36,
};

const slack = 2;
const mostSeconds = 300;

/** Lines of one seed, all of one method, and the wall-clock seconds that they took. */
export interface SeedRun {
  readonly seed: number;
  readonly lines: readonly BenchLine[];
  readonly wall: number;
}

/** The bars of one seed; those of costs, proofs and certificates are the default method's. */
export function barsOf(run: SeedRun, method: Method, others?: readonly BenchLine[]): Bar[] {
  const { lines, wall } = run;
  const atLeast = (name: string, test: (line: BenchLine) => boolean, least?: number): Bar => {
    const value = lines.filter(test).length;
    const text = `${value} of ${lines.length}`;
    if (least === undefined) return { name, value, text };
    return { name, value, text, bar: `at least ${least}`, met: value >= least };
  };
  const falseClaims = lines.filter(isFalseClaim).length;
  const isDefault = method === "default";
  const published = lines.filter(({ task }) => publishedCost(task) !== undefined);
  const within = published.filter((line) => costsAtMost(line, publishedCost(line.task)));
  const solved = leastSolved[method];
  const right = atLeast(
    "solved, and right by the task's definition at the trained length",
    isRight,
    solved,
  );
  return [
    isDefault ? { ...right, bar: `${solved}`, missing: Math.max(0, solved - right.value) } : right,
    {
      name: "called solved, and wrong",
      ...{ value: falseClaims, text: String(falseClaims), bar: "0", met: falseClaims === 0 },
    },
    atLeast("right at length 100 too", isRightLong, isDefault ? 60 : undefined),
    ...(isDefault
      ? [
          atLeast(
            `cost at most ${slack} above the shortest program known before`,
            (line) => costsAtMost(line, referenceCosts[line.task].known + slack),
            55,
          ),
          {
            name: "cost at most that of the published program, where that is right",
            value: within.length,
            text: `${within.length} of ${published.length}`,
            bar: "all",
            met: within.length === published.length,
          },
          atLeast("proven for all lengths", (line) => isRight(line) && line.proofs.length > 0, 45),
          atLeast(
            "certified: the other route's program is the same or proven equal",
            isCertified,
            55,
          ),
        ]
      : []),
    {
      name: "wall-clock, s",
      ...{ value: wall, text: wall.toFixed(1) },
      ...(isDefault && { bar: `at most ${mostSeconds}`, met: wall <= mostSeconds }),
    },
    ...(others ? [digestsBar(lines, others)] : []),
  ];
}

/** The published program's cost where it is right. */
export function publishedCost(task: string): number | undefined {
  return findTask(task)?.publishedProgramRight ? referenceCosts[task].published : undefined;
}

function costsAtMost(line: BenchLine, most: number | undefined): boolean {
  return isRight(line) && line.cost !== null && most !== undefined && line.cost <= most;
}

function digestsBar(lines: readonly BenchLine[], others: readonly BenchLine[]): Bar {
  const digests = new Map(others.map((o) => [`${o.task} ${o.seed} ${o.method}`, o.digest]));
  const both = lines.flatMap((line) => {
    const digest = digests.get(`${line.task} ${line.seed} ${line.method}`);
    return digest === undefined ? [] : [line.digest === digest];
  });
  const equal = both.filter((same) => same).length;
  return {
    name: "digests equal to those of the run compared with",
    value: equal,
    text: `${equal} of ${both.length}`,
    bar: "all",
    met: both.length > 0 && equal === both.length,
  };
}
