import type { Language } from "@latticode/codegen";
import { emit, languages } from "@latticode/codegen";
import type { Kernels } from "@latticode/kernels";
import type { Network, Traces } from "@latticode/network";
import { recurrentOf, traceNetwork } from "@latticode/network";
import type { Normalization } from "@latticode/normalizers";
import { normalize } from "@latticode/normalizers";
import type { Program } from "@latticode/program";
import type { Method, Reading, Repair } from "@latticode/regression";
import { readProgram } from "@latticode/regression";
import type { Check, ProgramContext, Verification } from "@latticode/verification";
import type { StageClock, Stop } from "./stages.ts";
import { limitedStop } from "./stages.ts";

/** What the stages after the traces produced, absent where they did not get. */
export interface Interpretation {
  /** Present where no program passed. */
  readonly stopped?: Stop;
  readonly normalization?: Normalization;
  readonly reading?: Reading;
  /** The reading's program, where there is one; check `stopped` before trusting it. */
  readonly program?: Program;
  readonly code?: Readonly<Record<Language, string>>;
  readonly verification?: Verification;
  /**
   * A shorter program than the one found, or the only one, that differs from the network at a few
   * positions: never what is called solved.
   */
  readonly repair?: JudgedRepair;
}

/** A repair with its text, and how it does on the confirmation examples where there are labels. */
export interface JudgedRepair extends Repair {
  readonly python: string;
  readonly confirmation?: Check;
}

export interface InterpretationOptions {
  readonly kernels: Kernels;
  readonly seed: number;
  readonly clock: StageClock;
  /** How programs are looked for, see `readProgram`. */
  readonly method?: Method | undefined;
  /** Looked at before the program is read. */
  readonly limit?: AbortSignal | undefined;
  /** What had been reached when the limit stops it. */
  readonly soFar?: string;
  /** Where the program is from, one sentence for its text. */
  readonly docstring: string;
  /** Chooses among what a reading found, where labels judge; the reading's program unless given. */
  readonly choose?: (reading: Reading) => Promise<Reading>;
  /** Checks a repair on the confirmation examples. */
  readonly judge?: (program: Program) => Promise<Check>;
  readonly verify: (program: Program, context: ProgramContext) => Promise<Verification>;
}

/**
 * From a network and what it does to a checked program: normalization, reading, code, verification.
 * Not finding a program is no error: `stopped` says where and why.
 */
export async function interpretNetwork(
  network: Network,
  traces: Traces,
  options: InterpretationOptions,
): Promise<Interpretation> {
  const { kernels, seed, clock, limit, docstring } = options;

  const normalization = await clock.run("normalization", () => {
    const normalization = normalize(network, traces, { kernels });
    const changed = normalization.steps.filter((step) => step.changed).map((step) => step.name);
    return { value: normalization, summary: changed.join(", ") || "nothing to change" };
  });

  if (limit?.aborted) {
    return { normalization, stopped: limitedStop("reading", limit, options.soFar) };
  }
  const reading = await clock.run("reading", async () => {
    const recurrent = recurrentOf(normalization.network, { kernels });
    const found = readProgram(recurrent, traceNetwork(recurrent, traces), {
      ...{ kernels, seed },
      ...(options.method && { method: options.method }),
    });
    const reading = options.choose ? await options.choose(found) : found;
    const summary = reading.program
      ? `found by ${reading.stage} (${reading.route} route)`
      : "no program found";
    return { value: reading, summary };
  });
  const { program } = reading;
  const repair = reading.repair && {
    ...reading.repair,
    python: emit(reading.repair.program, "python", { docstring }),
    ...(options.judge && { confirmation: await options.judge(reading.repair.program) }),
  };
  if (!program) {
    const reason = ["no program fits the hidden states", ...reading.notes].join("; ");
    const stopped = { stage: "reading", reason } as const;
    return { normalization, reading, ...(repair && { repair }), stopped };
  }

  const code = await clock.run("code", () => {
    const code = Object.fromEntries(
      languages.map((language) => [language, emit(program, language, { docstring })]),
    ) as Record<Language, string>;
    return { value: code, summary: languages.join(", ") };
  });

  const verification = await clock.run("verification", async () => {
    const verification = await options.verify(program, { readings: reading, code });
    return { value: verification, summary: verification.statement };
  });

  const all = {
    ...{ normalization, reading, program, code, verification },
    ...(repair && { repair }),
  };
  if (verification.passed) return all;
  return { ...all, stopped: { stage: "verification", reason: verification.statement } };
}
