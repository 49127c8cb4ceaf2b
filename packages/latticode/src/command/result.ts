import type { Language } from "@latticode/codegen";
import type { Program } from "@latticode/program";
import type { Stage, Stop, Synthesis } from "../synthesize.ts";
import type { Check } from "../verify.ts";

/** What `--json` prints and result.json holds. */
export interface Result {
  readonly solved: boolean;
  /** Present when not solved: the stage that did not deliver, and why. */
  readonly stopped?: Stop;
  readonly program: Program | null;
  /** The program's text by language, in the order asked for. */
  readonly code: Readonly<Partial<Record<Language, string>>> | null;
  readonly network: {
    readonly hiddenDim: number;
    readonly hiddenDepth: number;
    readonly hiddenWidth: number;
    readonly outputDepth: number;
    readonly outputWidth: number;
    readonly seed: number;
    /** Share of right outputs on the examples held back. */
    readonly accuracy: number;
    /** Largest error on the examples held back. */
    readonly margin: number;
  };
  /** Empty when there was no program to check. */
  readonly verification: readonly Check[];
  /** Wall-clock seconds by stage, to the millisecond. */
  readonly seconds: Readonly<Partial<Record<Stage, number>>>;
  readonly digest: string;
}

/** What a synthesis has at least, however it ended. */
type Ending = Pick<Synthesis, "solved" | "training" | "seconds" | "digest"> & Partial<Synthesis>;

/** The part of a synthesis that the command reports. */
export function resultOf(synthesis: Ending, emit: readonly Language[]): Result {
  const { solved, stopped, program, code, training, verification, seconds, digest } = synthesis;
  const { shape, seed } = training.network;
  return {
    solved,
    ...(stopped && { stopped }),
    program: program ?? null,
    code: code ? Object.fromEntries(emit.map((language) => [language, code[language]])) : null,
    network: {
      hiddenDim: shape.hiddenDim,
      hiddenDepth: shape.hiddenDepth,
      hiddenWidth: shape.hiddenWidth,
      outputDepth: shape.outputDepth,
      outputWidth: shape.outputWidth,
      seed,
      accuracy: training.accuracy,
      margin: training.margin,
    },
    verification: verification?.checks ?? [],
    seconds: Object.fromEntries(
      Object.entries(seconds).map(([stage, value]) => [stage, Math.round(value * 1000) / 1000]),
    ),
    digest,
  };
}
