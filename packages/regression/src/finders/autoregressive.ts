import type { Traces } from "@latticode/network";
import type { Finder } from "../finder.ts";
import { startProgram } from "../search/start-value.ts";
import { programOfSteps } from "../search/step-program.ts";
import { decides, harvestConstants, stepsOfTraces } from "../search/steps.ts";

const mostSequences = 400;

/** Programs whose state is what they last put out. */
export const autoregressive: Finder = {
  name: "autoregressive",
  explanation: "The next output follows from the last output and the input.",
  route: "black-box",
  *find({ traces, kernels }, bound) {
    const few: Traces = { ...traces, count: Math.min(traces.count, mostSequences) };
    const steps = stepsOfTraces(few, traces.y, traces.outputDim);
    const columns = [...steps.before, ...steps.x];
    if (!steps.after.every((target) => decides(columns, target))) return;
    const program = programOfSteps(steps, { kernels, bound: bound() });
    const started = program && startProgram(program, few, harvestConstants(steps));
    if (started) yield { program: started };
  },
};
