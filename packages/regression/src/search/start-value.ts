import type { Traces } from "@latticode/network";
import type { Program } from "@latticode/program";
import { compileProgram, unlessFailed } from "@latticode/program";
import { disagreement } from "../disagreement.ts";

/** Start values that are tried. */
const mostStarts = 64;

/**
 * The program with a start value, one for all its variables, that gives all first outputs; of
 * several that do the one by which it is right most often. Undefined where no candidate gives them.
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
    const inputs = x.subarray(i * length * inputDim, (i * length + 1) * inputDim);
    const first = unlessFailed(() => run(inputs, 1));
    if (first?.every((value, o) => value === y[i * length * outputDim + o])) continue;
    if (++wrong > mostWrong) return false;
  }
  return true;
}
