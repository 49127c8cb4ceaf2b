import type { Language } from "@latticode/codegen";
import type { NetworkShape } from "@latticode/kernels";
import type { Program } from "@latticode/program";
import type { Reading, Route } from "@latticode/regression";
import type { TrainingResult } from "@latticode/training";
import type { Check } from "@latticode/verification";
import type { Interpretation } from "../pipeline/interpret.ts";
import type { Stage, Stop } from "../pipeline/stages.ts";
import type { Synthesis } from "../pipeline/synthesize.ts";

/** What is reported of a network's shape beside its inputs and outputs. */
export type NetworkSizes = Omit<NetworkShape, "inputDim" | "outputDim">;

/** What `--json` prints and result.json holds. */
export interface Result {
  readonly solved: boolean;
  /** Present when not solved: the stage that did not deliver, and why. */
  readonly stopped?: Stop;
  readonly program: Program | null;
  /** The program's text by language, in the order asked for. */
  readonly code: Readonly<Partial<Record<Language, string>>> | null;
  /** What found the program, and what speaks for it; null where none was found. */
  readonly found: Found | null;
  /** A shorter program than the one found, or the only one, that differs from the network rarely. */
  readonly repair?: Interpretation["repair"];
  /** Null where the time limit came before the first attempt had ended. */
  readonly network:
    | (NetworkSizes & {
        readonly seed: number;
        /** Share of right outputs on the examples held back. */
        readonly accuracy: number;
        /** Largest error on the examples held back. */
        readonly margin: number;
        /** Hidden states that are 2 % of their range apart, up to 512. */
        readonly distinctStates: number;
        /** Spread within clusters of hidden states to distance between them; null where there are many. */
        readonly spread: number | null;
      })
    | null;
  /** Empty when there was no program to check. */
  readonly verification: readonly Check[];
  /** Wall-clock seconds by stage, to the millisecond. */
  readonly seconds: Readonly<Partial<Record<Stage, number>>>;
  readonly digest: string;
}

/** How a program was found. */
export interface Found extends Pick<Reading, "certificate" | "variables" | "isReading"> {
  /** "white-box": hidden states; "black-box": behaviour alone; "paper": the paper's regressions. */
  readonly route: Route;
  readonly stage: string;
  readonly cost: number;
  /** What says how the program goes on beyond the trained length. */
  readonly beyond?: Interpretation["beyond"];
}

/** What a synthesis has at least, however it ended. */
type Ending = Pick<Synthesis, "solved" | "training" | "seconds" | "digest"> & Partial<Synthesis>;

/** The part of a synthesis that the command reports. */
export function resultOf(synthesis: Ending, emit: readonly Language[]): Result {
  const { training } = synthesis;
  const { verification, seconds, digest, ...parts } = reportedParts(synthesis, emit);
  return {
    ...parts,
    network: training.attempts.length === 0 ? null : describeNetwork(training),
    verification,
    seconds,
    digest,
  };
}

/** What is reported of a program, wherever its network is from. */
export function reportedParts(
  ending: Pick<Synthesis, "solved" | "seconds" | "digest"> & Interpretation,
  emit: readonly Language[],
): Omit<Result, "network"> {
  const { solved, stopped, program, code, reading, beyond, verification, seconds } = ending;
  const { repair, digest } = ending;
  return {
    solved,
    ...(stopped && { stopped }),
    program: program ?? null,
    code: code ? Object.fromEntries(emit.map((language) => [language, code[language]])) : null,
    found: reading?.program ? foundOf(reading, beyond) : null,
    ...(repair && { repair }),
    verification: verification?.checks ?? [],
    seconds: Object.fromEntries(
      Object.entries(seconds).map(([stage, value]) => [stage, Math.round(value * 1000) / 1000]),
    ),
    digest,
  };
}

function foundOf(reading: Reading, beyond: Interpretation["beyond"]): Found {
  const { route, stage, cost, certificate, variables, isReading } = reading;
  return {
    ...{ route: route!, stage: stage!, cost: cost! },
    ...(variables && { variables }),
    ...(isReading !== undefined && { isReading }),
    ...(certificate && { certificate }),
    ...(beyond && { beyond }),
  };
}

function describeNetwork({ network, accuracy, margin, readability }: TrainingResult) {
  const { inputDim, outputDim, ...sizes } = network.shape;
  const { distinctStates, spread } = readability;
  return {
    ...sizes,
    seed: network.seed,
    accuracy,
    margin,
    distinctStates,
    spread: Number.isFinite(spread) ? spread : null,
  };
}
