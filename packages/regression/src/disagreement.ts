import type { Traces } from "@latticode/network";
import type { Program } from "@latticode/program";
import { compileProgram, unlessFailed } from "@latticode/program";

/** Above this share a program is wrong, and the network not (extraction with noise, measured). */
export const mostDisagreement = 0.01;

/**
 * Share of positions at which the program's outputs are not the network's, 0 to 1; 1 also where it
 * fails, or where the share is found to be more than that of a repair.
 */
export function disagreement(program: Program, traces: Traces): number {
  const { count, length, inputDim, outputDim, x, y } = traces;
  const run = compileProgram(program);
  const most = mostDisagreement * count * length;
  let wrong = 0;
  for (let i = 0; i < count; i++) {
    const inputs = x.subarray(i * length * inputDim, (i + 1) * length * inputDim);
    const outputs = unlessFailed(() => run(inputs, length));
    if (!outputs) return 1;
    for (let t = 0; t < length; t++) {
      for (let o = 0; o < outputDim; o++) {
        if (outputs[t * outputDim + o] === y[(i * length + t) * outputDim + o]) continue;
        wrong++;
        break;
      }
    }
    if (wrong > most) return 1;
  }
  return wrong / (count * length);
}
