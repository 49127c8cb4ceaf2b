import type { Language } from "@latticode/codegen";
import type { NetworkShape } from "@latticode/kernels";
import type { Contradiction, Contradictions } from "@latticode/machines";
import type { Program } from "@latticode/program";
import type { Reading, Route } from "@latticode/regression";
import type { TrainingResult } from "@latticode/training";
import type { Check } from "@latticode/verification";
import type { Interpretation } from "../pipeline/interpret.ts";
import type { Stage, Stop } from "../pipeline/stages.ts";
import type { Synthesis } from "../pipeline/synthesize.ts";
import type { Claims, DecodedVariable } from "../report/index.ts";
import { claimsOf } from "../report/index.ts";
import type { Origin } from "./sources/read-source.ts";
import { version } from "./version.ts";

/** What is reported of a network's shape beside its inputs and outputs. */
export type NetworkSizes = Omit<NetworkShape, "inputDim" | "outputDim">;

/** Raised with every change that breaks readers; schema/result.json says what a version has. */
const schemaVersion = 1;

/** What a result is of: the same for the same command. */
export interface Provenance {
  readonly schemaVersion: typeof schemaVersion;
  /** Of Latticode. */
  readonly version: string;
  readonly command: "synth" | "extract";
  readonly seed: number;
  readonly source: Pick<Origin, "name" | "sha256">;
}

/** What `--json` prints and result.json holds. */
export interface Result extends Provenance, Omit<Claims, "contradictions"> {
  /** The verdict is "solved". */
  readonly solved: boolean;
  /** Present when not solved: the stage that did not deliver, and why. */
  readonly stopped?: Stop;
  readonly program: Program | null;
  /** The program's text by language, in the order asked for. */
  readonly code: Readonly<Partial<Record<Language, string>>> | null;
  /** What found the program, and what speaks for it; null where none was found. */
  readonly found: Found | null;
  /**
   * A shorter program than the one found, or the only one, that differs from the network rarely.
   */
  readonly repair?: Interpretation["repair"];
  /** Labels that no function of the past can give; null where there are no labels. */
  readonly contradictions: NamedContradictions | null;
  /** Labels that the program has wrong, where they are few, or a share was allowed. */
  readonly noise?: NamedNoise;
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
        /**
         * Spread within clusters of hidden states to distance between them; null where there are
         * many.
         */
        readonly spread: number | null;
      })
    | null;
  /** Every check of the program; empty when there was none to check. */
  readonly verification: readonly Check[];
  /** Wall-clock seconds by stage, to the millisecond. */
  readonly seconds: Readonly<Partial<Record<Stage, number>>>;
  readonly digest: string;
}

/** Contradictions with the sequences as their source names them. */
export interface NamedContradictions extends Omit<Contradictions, "pairs"> {
  readonly unit: Origin["unit"];
  /** Up to five. */
  readonly pairs: readonly (Omit<Contradiction, "sequences"> & {
    /** Lines, or numbers of sequences. */
    readonly places: readonly [number, number];
  })[];
}

/** Sequences that a program has wrong, as their source names them. */
interface NamedNoise {
  /** Share of the sequences that may be wrong. */
  readonly allowed: number;
  readonly unit: Origin["unit"];
  readonly places: readonly number[];
}

/** How a program was found. */
export interface Found extends Pick<Reading, "certificate" | "isReading"> {
  /** "white-box": hidden states; "black-box": behaviour alone; "paper": the paper's regressions. */
  readonly route: Route;
  readonly stage: string;
  readonly cost: number;
  /** How state variables are decoded from the network's hidden states, where that was looked at. */
  readonly variables?: readonly DecodedVariable[];
}

/** What a synthesis has at least, however it ended. */
type Ending = Pick<Synthesis, "solved" | "training" | "seconds" | "digest"> & Partial<Synthesis>;

/** What is known of a run before it begins. */
export interface RunFacts {
  readonly seed: number;
  readonly origin: Origin;
  /** Languages that the program is written in. */
  readonly emit: readonly Language[];
}

/** The part of a synthesis that the command reports. */
export function resultOf(synthesis: Ending, { seed, origin, emit }: RunFacts): Result {
  const { training, noise } = synthesis;
  const { verification, seconds, digest, ...parts } = reportedParts(synthesis, emit);
  const { contradictions, ...claims } = claimsOf({ verdict: "not solved", ...synthesis });
  const { unit, places } = origin;
  return {
    ...provenance("synth", seed, origin),
    ...claims,
    ...parts,
    contradictions: contradictions && nameContradictions(contradictions, origin),
    ...(noise && {
      noise: { allowed: noise.allowed, unit, places: noise.sequences.map((i) => places[i]) },
    }),
    network: training.attempts.length === 0 ? null : describeNetwork(training),
    verification,
    seconds,
    digest,
  };
}

/** What every result begins with. */
export function provenance(
  command: Provenance["command"],
  seed: number,
  { name, sha256 }: Provenance["source"],
): Provenance {
  return { schemaVersion, version, command, seed, source: { name, sha256 } };
}

export function nameContradictions(
  { pairs, ...counts }: Contradictions,
  { unit, places }: Pick<Origin, "unit" | "places">,
): NamedContradictions {
  const named = pairs.map(({ sequences: [a, b], ...rest }) => {
    return { places: [places[a], places[b]] as const, ...rest };
  });
  return { unit, pairs: named, ...counts };
}

/** What is reported of a program, wherever its network is from. */
export function reportedParts(
  ending: Pick<Synthesis, "solved" | "seconds" | "digest"> & Interpretation,
  emit: readonly Language[],
): Pick<
  Result,
  | "solved"
  | "stopped"
  | "program"
  | "code"
  | "found"
  | "repair"
  | "verification"
  | "seconds"
  | "digest"
> {
  const { solved, stopped, program, code, reading, variables, verification, seconds } = ending;
  const { repair, digest } = ending;
  return {
    solved,
    ...(stopped && { stopped }),
    program: program ?? null,
    code: code ? Object.fromEntries(emit.map((language) => [language, code[language]])) : null,
    found: reading?.program ? foundOf(reading, variables) : null,
    ...(repair && { repair }),
    verification: verification?.checks ?? [],
    seconds: Object.fromEntries(
      Object.entries(seconds).map(([stage, value]) => [stage, Math.round(value * 1000) / 1000]),
    ),
    digest,
  };
}

function foundOf(reading: Reading, variables: Interpretation["variables"]): Found {
  const { route, stage, cost, certificate, isReading } = reading;
  return {
    ...{ route: route!, stage: stage!, cost: cost! },
    ...(variables && { variables }),
    ...(isReading !== undefined && { isReading }),
    ...(certificate && { certificate }),
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
