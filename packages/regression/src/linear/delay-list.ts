import type { Recurrence } from "@latticode/machines";
import type { Program } from "@latticode/program";
import { at, input, integer, shift, state, sum } from "@latticode/program";
import { multiplyVector } from "./integer-matrix.ts";

/**
 * The program that keeps the last inputs in a list, for a recurrence of one input and output that
 * answers zeros by zeros and has an impulse response that ends: all ones (the sum of a window) or a
 * single one (an input of some positions ago). Undefined for any other.
 */
export function delayListProgram(recurrence: Recurrence): Program | undefined {
  const { inputDim, outputDim, stateDim } = recurrence;
  if (inputDim !== 1 || outputDim !== 1) return undefined;
  if (!isSilent(recurrence)) return undefined;
  // a response of order n that is zero n times in a row stays zero
  const response: number[] = [];
  let z: readonly number[] = recurrence.input.map(([n]) => n);
  for (let k = 0; k <= 2 * stateDim; k++) {
    response.push(multiplyVector(recurrence.output, z)[0]);
    z = multiplyVector(recurrence.transition, z);
  }
  const length = response.findLastIndex((m) => m !== 0) + 1;
  if (length < 2 || length > stateDim + 1) return undefined;
  const before = response.slice(0, length - 1);
  if (response[length - 1] !== 1) return undefined;
  const isSum = before.every((m) => m === 1);
  if (!isSum && before.some((m) => m !== 0)) return undefined;
  const list = state("w");
  return {
    inputDim,
    state: [{ name: "w", initial: new Array<number>(length).fill(0) }],
    order: "in-place",
    updates: [{ target: "w", value: shift(list, input(0)) }],
    outputs: [isSum ? sum(list) : at(list, integer(0))],
  };
}

/** Whether the outputs are 0 as long as the inputs are; so many zeros make all others zero too. */
function isSilent({ stateDim, initial, transition, offset, output, outputOffset }: Recurrence) {
  let z = initial;
  for (let k = 0; k <= stateDim; k++) {
    z = multiplyVector(transition, z).map((n, i) => n + offset[i]);
    if (multiplyVector(output, z).some((n, o) => n + outputOffset[o] !== 0)) return false;
  }
  return true;
}
