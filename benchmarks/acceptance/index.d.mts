import type { BenchLine, Fact, SeedRun } from "latticode/node";

export interface Bar extends Fact {
  readonly bar?: string;
  readonly met?: boolean;
  readonly missing?: number;
}

export const referenceCosts: Readonly<
  Record<string, { readonly known: number; readonly published?: number }>
>;
export function barsOf(run: SeedRun, method: BenchLine["method"]): Bar[];
export function judgeRuns(results: {
  readonly method: BenchLine["method"];
  readonly runs: readonly SeedRun[];
}): { readonly text: string; readonly met: boolean };
export function benchFigures(
  runs: readonly SeedRun[],
): Promise<{ file: string; title: string; svg: string }[]>;
export function acceptanceReport(
  report: string,
  parts: {
    readonly bars: string;
    readonly runs: readonly SeedRun[];
    readonly figures: readonly { readonly file: string; readonly title: string }[];
  },
): string;
