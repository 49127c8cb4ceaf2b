import { isRejection } from "@latticode/machines";
import type { Program } from "@latticode/program";
import type { ReadingContext } from "../context.ts";
import type { Bound, Finder } from "../finder.ts";
import type { ClosedCode } from "../lattice/closed-codes.ts";
import { codeVariants } from "../lattice/closed-codes.ts";
import { startProgram } from "../search/start-value.ts";
import { harvestConstants, stepsOfTraces } from "../search/steps.ts";

/** Functionals of a code that programs are looked for on: those of fewest values come first. */
const mostFunctionals = 6;
/** Functionals with a program after which the others are left. */
const enoughFunctionals = 2;

/** Programs on integer coordinates of the hidden states. */
export const codes: Finder = {
  name: "codes",
  explanation:
    "The hidden states lie on a lattice, and the program's state is an integer coordinate on it.",
  route: "white-box",
  *find(context, bound) {
    const found = context.codes;
    if (isRejection(found)) return;
    let successful = 0;
    for (const functional of found.functionals.slice(0, mostFunctionals)) {
      let isKept = false;
      for (const program of programsOn(functional, context, bound)) {
        if ((yield { program }) === "kept") isKept = true;
      }
      // after the first, another one is only for a shorter program
      if (isKept ? ++successful >= enoughFunctionals : successful > 0) return;
    }
  },
};

/** Programs whose state is a functional of the codes, counted upwards or downwards. */
function* programsOn(
  functional: ClosedCode,
  { traces, programOfSteps }: Pick<ReadingContext, "traces" | "programOfSteps">,
  bound: Bound,
): Generator<Program> {
  for (const { sign, shift } of codeVariants(functional)) {
    const values = functional.values.map((value) => sign * value + shift);
    const initial =
      functional.initial === undefined ? undefined : [sign * functional.initial + shift];
    const steps = stepsOfTraces(traces, values, 1, initial);
    const program = programOfSteps({ steps }, bound());
    if (!program) continue;
    const started = initial ? program : startProgram(program, traces, harvestConstants(steps));
    if (started) yield started;
  }
}
