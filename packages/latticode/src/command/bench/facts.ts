import type { BenchLine } from "./bench-line.ts";
import { isCertified, isFalseClaim, isRight, isRightLong } from "./bench-line.ts";

/** Lines of one seed, all of one method, and the wall-clock seconds that they took. */
export interface SeedRun {
  readonly seed: number;
  readonly lines: readonly BenchLine[];
  readonly wall: number;
}

/** What is measured of a seed: a number, and how it is written. */
export interface Fact {
  readonly name: string;
  readonly value: number;
  readonly text: string;
}

export type FactKey =
  | "solved"
  | "right"
  | "false"
  | "long"
  | "cost"
  | "proven"
  | "certified"
  | "seconds";

/** What is measured of the lines of one seed, by key, in the order in which reports show it. */
export function benchFacts({ lines, wall }: SeedRun): Readonly<Record<FactKey, Fact>> {
  const count = (name: string, test: (line: BenchLine) => boolean): Fact => {
    const value = lines.filter(test).length;
    return { name, value, text: `${value} of ${lines.length}` };
  };
  const falseClaims = lines.filter(isFalseClaim).length;
  const cost = lines.reduce((sum, line) => sum + (isRight(line) ? (line.cost ?? 0) : 0), 0);
  return {
    solved: count("called solved", ({ solved }) => solved),
    right: count("solved, and right by the task's definition at the trained length", isRight),
    false: { name: "called solved, and wrong", value: falseClaims, text: String(falseClaims) },
    long: count("right at length 100 too", isRightLong),
    cost: { name: "cost of all that are right", value: cost, text: String(cost) },
    proven: count("proven for all lengths", (line) => isRight(line) && line.proofs.length > 0),
    certified: count(
      "certified: the other route's program is the same or proven equal",
      isCertified,
    ),
    seconds: { name: "wall-clock, s", value: wall, text: wall.toFixed(1) },
  };
}

/** Lines of which another run has the task, seed and method too, and those whose digests differ. */
export function compareDigests(lines: readonly BenchLine[], others: readonly BenchLine[]) {
  const keyOf = ({ task, seed, method }: BenchLine) => `${task} ${seed} ${method}`;
  const digests = new Map(others.map((line) => [keyOf(line), line.digest]));
  const compared = lines.filter((line) => digests.has(keyOf(line)));
  const differing = compared.filter((line) => digests.get(keyOf(line)) !== line.digest);
  return { compared, differing };
}
