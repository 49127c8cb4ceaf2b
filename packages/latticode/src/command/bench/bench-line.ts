import type { Program } from "@latticode/program";
import type { Method } from "@latticode/regression";
import type { Check } from "@latticode/verification";
import type { NetworkSizes } from "../result.ts";
import type { Judgement } from "./judge.ts";

/** What is run: a task, a seed, a method. */
export interface BenchJob {
  readonly task: string;
  readonly seed: number;
  readonly method: Method;
}

/** What one run came to: plain data, a line of the journal and an entry of results.json. */
export interface BenchLine extends BenchJob {
  /** The synthesis called it solved; `judgement` says whether that is true. */
  readonly solved: boolean;
  /** Where it stopped and why, when not solved. */
  readonly stopped: { readonly stage: string; readonly reason: string } | null;
  readonly judgement: Judgement | null;
  readonly network: NetworkSizes & {
    readonly perfect: boolean;
    readonly attempts: number;
  };
  /** What found the program. */
  readonly route: string | null;
  readonly stage: string | null;
  /** The least that is known of any state variable: how it is decoded from the hidden state. */
  readonly decoding: "affine" | "nearest" | "none" | "no state" | null;
  readonly program: Program | null;
  /** The program in one line. */
  readonly text: string | null;
  readonly cost: number | null;
  /** Checks that were proofs. */
  readonly proofs: readonly string[];
  /** Every check: how much it looked at, and whether it judges the program or only tells. */
  readonly checks: readonly (Pick<
    Check,
    "name" | "sequences" | "positions" | "wrong" | "passed"
  > & { readonly judges: boolean })[];
  /** What says how the program goes on beyond the trained length. */
  readonly beyond: string | null;
  /** What the other route found, and how it compares. */
  readonly certificate: { readonly equality: string; readonly explanation: string } | null;
  /** A shorter program was offered that differs from the network at a few positions. */
  readonly repair: string | null;
  /** Wall-clock seconds by stage; sampling and judging are "data" and "judging". */
  readonly seconds: Readonly<Record<string, number>>;
  readonly digest: string;
}

export const secondsOf = ({ seconds }: BenchLine) =>
  Object.values(seconds).reduce((sum, value) => sum + value, 0);

/** Called solved, and right by the task's definition on all sequences of the trained length. */
export const isRight = ({ solved, judgement }: BenchLine) => solved && judgement?.wrong === 0;

/** Called solved, and wrong. */
export const isFalseClaim = ({ solved, judgement }: BenchLine) => solved && judgement?.wrong !== 0;

export const isRightLong = (line: BenchLine) => isRight(line) && line.judgement?.longWrong === 0;

/** The other route found the same program, or one that was proven equal. */
export const isCertified = (line: BenchLine) =>
  isRight(line) && /^(same program|proven equal)$/.test(line.certificate?.equality ?? "");
