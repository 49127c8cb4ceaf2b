import type { Kernels } from "@latticode/kernels";
import type { Traces } from "@latticode/network";
import type { Program } from "@latticode/program";
import { compileProgram } from "@latticode/program";
import { disagreement } from "../candidates.ts";
import { programOfSteps } from "../search/step-program.ts";
import { decides, harvestConstants, stepsOfTraces } from "../search/steps.ts";

const mostSequences = 400;
const mostStarts = 64;

/** A program whose state is what it last put out; undefined where none is within the bound. */
export function autoregressiveProgram(
  traces: Traces,
  options: { readonly kernels: Kernels; readonly bound: number },
): Program | undefined {
  const count = Math.min(traces.count, mostSequences);
  const few = { ...traces, count };
  const steps = stepsOfTraces(few, traces.y, traces.outputDim);
  if (!steps.after.every((target) => decides([...steps.before, ...steps.x], target)))
    return undefined;
  const program = programOfSteps(steps, options);
  return program && startProgram(program, few, harvestConstants(steps));
}

/**
 * The program with a start value, one for all its variables, that gives all first outputs; of several
 * that do the one by which it is right most often. Undefined where no candidate gives them.
 *
 * @param mostWrong first outputs that may be wrong, as a share of the sequences; 0 unless told
 */
export function startProgram(
  program: Program,
  traces: Traces,
  constants: readonly number[],
  mostWrong = 0,
): Program | undefined {
  if (program.state.length === 0) return program;
  const values = new Set([0, ...constants, ...constants.map((c) => -c)]);
  for (let i = 0; i < traces.y.length && values.size < mostStarts; i++) values.add(traces.y[i]);
  let best: Program | undefined;
  let fewest = Number.POSITIVE_INFINITY;
  for (const value of values) {
    const started: Program = {
      ...program,
      state: program.state.map((variable) =>
        typeof variable.initial === "number" ? { ...variable, initial: value } : variable,
      ),
    };
    if (!isRightAtFirst(started, traces, mostWrong * traces.count)) continue;
    // the first outputs may not depend on the start, but later ones do
    const wrong = disagreement(started, traces);
    if (wrong < fewest) [best, fewest] = [started, wrong];
    if (fewest === 0) break;
  }
  return best;
}

function isRightAtFirst(program: Program, traces: Traces, mostWrong: number): boolean {
  const { count, length, inputDim, outputDim, x, y } = traces;
  const run = compileProgram(program);
  let wrong = 0;
  for (let i = 0; i < count; i++) {
    try {
      const first = run(x.subarray(i * length * inputDim, (i * length + 1) * inputDim), 1);
      if (first.every((value, o) => value === y[i * length * outputDim + o])) continue;
    } catch {
      // a failure is a wrong output
    }
    if (++wrong > mostWrong) return false;
  }
  return true;
}
