import type { Kernels } from "@latticode/kernels";
import type { Machine, Recurrence } from "@latticode/machines";
import { isRejection } from "@latticode/machines";
import type { Network, Traces } from "@latticode/network";
import { recurrentOf } from "@latticode/network";
import type { Candidates } from "../candidates.ts";
import { codeVariants } from "../lattice/closed-codes.ts";
import type { ReadCodes } from "../lattice/read-codes.ts";
import { recurrenceToProgram } from "../linear/coordinates.ts";
import { respondedRecurrence } from "../linear/realization.ts";
import { programOfSteps } from "../search/step-program.ts";
import { harvestConstants, stepsOfMachine, stepsOfTraces } from "../search/steps.ts";
import { autoregressiveProgram, startProgram } from "./autoregressive.ts";
import type { Fold } from "./fold.ts";
import { foldMachine, permutedLabels } from "./fold.ts";
import { listPrograms } from "./lists.ts";
import { tableProgram } from "./table.ts";
import { traceFolds } from "./trace-fold.ts";
import { mostLags, programOfWindow, windowOfMachine, windowOfTraces } from "./window.ts";

/** Functionals of a code that programs are looked for on: those of fewest values come first. */
const mostFunctionals = 6;
/** Functionals with a program after which the others are left. */
const enoughFunctionals = 2;
/** Lags of a machine's memory. */
const mostMemory = 6;

/** Programs on integer coordinates of the hidden states. */
export function offerCodes(
  candidates: Candidates,
  traces: Traces,
  { functionals }: Pick<ReadCodes, "functionals">,
  { kernels }: { readonly kernels: Kernels },
): void {
  let successful = 0;
  for (const functional of functionals.slice(0, mostFunctionals)) {
    const before = candidates.best;
    for (const { sign, shift } of codeVariants(functional)) {
      const values = functional.values.map((value) => sign * value + shift);
      const initial =
        functional.initial === undefined ? undefined : [sign * functional.initial + shift];
      const steps = stepsOfTraces(traces, values, 1, initial);
      const program = programOfSteps(steps, { kernels, bound: candidates.bound });
      if (!program) continue;
      const started = initial ? program : startProgram(program, traces, harvestConstants(steps));
      candidates.offer(started, "codes");
    }
    if (candidates.best !== before && ++successful >= enoughFunctionals) return;
    // a second one is only for a shorter program
    if (candidates.best && candidates.best === before) return;
  }
}

/** Programs of a machine: its memory, integers for its states, and at last its table. */
export function offerMachine(
  candidates: Candidates,
  machine: Machine,
  { kernels, closed }: { readonly kernels: Kernels; readonly closed: boolean },
): void {
  const window = windowOfMachine(machine, mostMemory);
  if (window) {
    candidates.offer(programOfWindow(window, { kernels, bound: candidates.bound }), "window");
  }
  const offerFold = (fold: Fold, stage: string) => {
    candidates.offer(
      programOfSteps(fold.steps, { ...fold, kernels, bound: candidates.bound }),
      stage,
    );
  };
  for (const fold of foldMachine(machine, { kernels })) offerFold(fold, "fold");
  for (const labels of permutedLabels(machine.stateCount)) {
    offerFold({ steps: stepsOfMachine(machine, labels) }, "labels");
  }
  if (closed) candidates.offer(tableProgram(machine), "table");
}

/** Programs found in behaviour alone: the outputs on traces, and answers to words. */
export function offerBehaviour(
  candidates: Candidates,
  network: Network,
  traces: Traces,
  { kernels }: { readonly kernels: Kernels },
): Recurrence | undefined {
  for (let lags = 0; lags <= mostLags; lags++) {
    const window = windowOfTraces(traces, lags);
    if (!window) continue;
    const program = programOfWindow(window, { kernels, bound: candidates.bound });
    candidates.offer(program, "window");
    if (program && candidates.best?.program === program) break;
  }
  const realized = respondedRecurrence(recurrentOf(network, { kernels }), traces, { kernels });
  if (!isRejection(realized)) candidates.offer(recurrenceToProgram(realized.recurrence), "linear");
  for (const program of listPrograms(traces, () => candidates.bound, { kernels })) {
    candidates.offer(program, "lists");
  }
  candidates.offer(
    autoregressiveProgram(traces, { kernels, bound: candidates.bound }),
    "autoregressive",
  );
  return isRejection(realized) ? undefined : realized.recurrence;
}

/** The last resort of behaviour: states that updates keep along sequences. */
export function offerTraceFolds(
  candidates: Candidates,
  traces: Traces,
  { kernels }: { readonly kernels: Kernels },
): void {
  for (const fold of traceFolds(traces, { kernels })) {
    const program = programOfSteps(fold.steps, { ...fold, kernels, bound: candidates.bound });
    candidates.offer(program, "trace fold");
  }
}
