import type { Kernels } from "@latticode/kernels";
import type { Program } from "@latticode/program";
import { compileProgram } from "@latticode/program";
import type { Traces } from "@latticode/training";
import { programOfSteps } from "./step-program.ts";
import { decides, harvestConstants, stepsOfTraces } from "./steps.ts";

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
 * The program with the start values, all the same or found one by one, that give the first outputs;
 * undefined where no candidate does.
 */
export function startProgram(
  program: Program,
  traces: Traces,
  constants: readonly number[],
): Program | undefined {
  if (program.state.length === 0) return program;
  const values = new Set([0, ...constants, ...constants.map((c) => -c)]);
  for (let i = 0; i < traces.y.length && values.size < mostStarts; i++) values.add(traces.y[i]);
  for (const value of values) {
    const started: Program = {
      ...program,
      state: program.state.map((variable) =>
        typeof variable.initial === "number" ? { ...variable, initial: value } : variable,
      ),
    };
    if (isRightAtFirst(started, traces)) return started;
  }
  return undefined;
}

function isRightAtFirst(program: Program, traces: Traces): boolean {
  const { count, length, inputDim, outputDim, x, y } = traces;
  const run = compileProgram(program);
  for (let i = 0; i < count; i++) {
    try {
      const first = run(x.subarray(i * length * inputDim, (i * length + 1) * inputDim), 1);
      if (first.some((value, o) => value !== y[i * length * outputDim + o])) return false;
    } catch {
      return false;
    }
  }
  return true;
}
