import type { Kernels } from "@latticode/kernels";
import { type Program, programCost } from "@latticode/program";
import type { Reading } from "@latticode/regression";
import { findTask } from "@latticode/tasks";
import type { Check } from "@latticode/verification";
import { type Synthesis, synthesize } from "../../pipeline/synthesize.ts";
import { runEmitted } from "../run-emitted.ts";
import { benchData } from "./bench-data.ts";
import type { BenchJob, BenchLine } from "./bench-line.ts";
import { judgeProgram } from "./judge.ts";
import { programLine } from "./program-line.ts";

/** Runs one task from its examples to a program, in the calling thread, and judges the program. */
export async function runTask(job: BenchJob, options: { readonly kernels: Kernels }) {
  const task = findTask(job.task);
  if (!task) throw new Error(`${job.task}: no such task`);
  const { seed, method } = job;
  const { kernels } = options;
  const start = performance.now();
  const { examples, longer } = benchData(task, seed);
  const sampled = performance.now();
  const synthesis = await synthesize(examples, {
    ...{ kernels, seed, longer, workers: 0, method, runEmitted },
  });
  const found = performance.now();
  const { program, digest } = synthesis;
  const judgement = program ? judgeProgram(program, task, digest) : null;
  const judged = performance.now();
  const seconds = {
    data: (sampled - start) / 1000,
    ...synthesis.seconds,
    judging: (judged - found) / 1000,
  };
  return { ...job, ...linePartOf(synthesis, job), judgement, seconds: rounded(seconds) };
}

function linePartOf(
  synthesis: Synthesis,
  { task, method }: BenchJob,
): Omit<BenchLine, keyof BenchJob | "judgement" | "seconds"> {
  const { solved, verdict, stopped, training, program, code, repair, digest } = synthesis;
  const facts: Partial<Reading> = synthesis.reading ?? {};
  if (program && method !== "default" && facts.route !== method) {
    throw new Error(
      `${task}: asked for the ${method} method, the ${facts.route ?? "only"} one ran`,
    );
  }
  const checks: readonly Check[] = synthesis.verification?.checks ?? [];
  const { inputDim, outputDim, ...sizes } = training.network.shape;
  const { certificate } = facts;
  return {
    solved,
    verdict,
    relation: synthesis.verification?.relation.kind ?? null,
    stopped: stopped ? { stage: stopped.stage, reason: stopped.reason } : null,
    network: { ...sizes, perfect: training.perfect, attempts: training.attempts.length },
    route: facts.route ?? null,
    stage: facts.stage ?? null,
    decoding: program ? decodingOf(program, facts) : null,
    program: program ?? null,
    text: program && code ? programLine(program, code.python) : null,
    cost: program ? programCost(program) : null,
    proofs: checks
      .filter((c) => c.proven && c.passed)
      .map(({ description, outcome }) => [description, outcome].filter(Boolean).join(": ")),
    certificate: certificate
      ? { equality: certificate.equality, explanation: certificate.explanation }
      : null,
    checks: checks.map(({ name, sequences, positions, wrong, passed, informational }) => ({
      ...{ name, sequences, positions, wrong, passed, judges: !informational },
    })),
    repair: repair ? repairText(repair) : null,
    digest,
  };
}

function repairText({ cost, disagreement, confirmation }: NonNullable<Synthesis["repair"]>) {
  const differs = `cost ${cost}, differs at ${(100 * disagreement).toFixed(2)} % of positions`;
  if (!confirmation) return differs;
  return (
    `${differs}, wrong at ${confirmation.wrong} of ${confirmation.positions} positions ` +
    "of the confirmation examples"
  );
}

/** The worst over all state variables; null where nothing says. */
function decodingOf(program: Program, { variables }: Partial<Reading>): BenchLine["decoding"] {
  if (program.state.length === 0) return "no state";
  if (!variables) return null;
  const decodings = ["none", "nearest", "affine"] as const;
  return decodings.find((d) => variables.some(({ decoding }) => decoding === d)) ?? "affine";
}

function rounded(seconds: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(seconds).map(([stage, value]) => [stage, Math.round(value * 1000) / 1000]),
  );
}
