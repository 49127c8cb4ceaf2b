import type { Kernels } from "@latticode/kernels";
import type { Recurrence, Rejection } from "@latticode/machines";
import { isRejection } from "@latticode/machines";
import type { Traces } from "@latticode/network";
import { fitAffineDynamics, sampledSequences } from "../lattice/affine-dynamics.ts";
import type { Codes } from "../lattice/codes.ts";
import type { LatticeChoice, Lattices } from "../lattice/lattice.ts";
import { rankTolerances } from "../lattice/lattice.ts";
import { multiplyVector, solveIntegers } from "./integer-matrix.ts";
import { observablePart } from "./recurrence.ts";

/**
 * Linear regression (paper section 4.3): least squares for z_t = M z_(t-1) + N x_t + c and
 * y_t = C z_t + d, coefficients rounded to integers. The result is exact on every transition and
 * output of the traces, start included, and holds the observable part only; otherwise the
 * rejection says where it first fails.
 */
export function linearRegression(
  traces: Traces,
  codes: Codes,
  options: { readonly kernels: Kernels },
): Recurrence | Rejection {
  const { inputDim, outputDim } = traces;
  const dimension = codes.dimension;
  const recurrence: Recurrence = {
    stateDim: dimension,
    inputDim,
    outputDim,
    initial: [],
    ...fitCodes(traces, codes, options),
  };
  const coefficients = [
    ...recurrence.transition.flat(),
    ...recurrence.input.flat(),
    ...recurrence.offset,
    ...recurrence.output.flat(),
    ...recurrence.outputOffset,
  ];
  if (!coefficients.every(Number.isSafeInteger)) {
    return { rejected: "linear regression: a coefficient is beyond the safe integers" };
  }
  const mistake = firstMistake(recurrence, traces, codes);
  if (mistake) return { rejected: `linear regression: ${mistake}` };
  const initial = startCode(recurrence, traces, codes);
  if (!initial) {
    return { rejected: "linear regression: no integer start code leads to the first states" };
  }
  return observablePart({ ...recurrence, initial });
}

/** Codes of hidden states with exact linear dynamics over the integers. */
export interface LinearDynamics {
  readonly codes: Codes;
  readonly recurrence: Recurrence;
}

/**
 * The first lattice whose codes have linear dynamics, the strictest choice of directions first: the
 * exact check comes later. A few clouds of states fit some lattice by chance; codes count only with
 * exact dynamics.
 *
 * @param regression linear regression of codes
 */
export function linearDynamics(
  lattices: Lattices,
  regression: (codes: Codes) => Recurrence | Rejection,
): LinearDynamics | Rejection {
  let rejection: Rejection | undefined;
  for (const choice of linearChoices) {
    const codes = lattices.find(choice);
    const recurrence = isRejection(codes) ? codes : regression(codes);
    if (!isRejection(codes) && !isRejection(recurrence)) return { codes, recurrence };
    if (isRejection(recurrence)) rejection ??= recurrence;
  }
  return rejection!;
}

const linearChoices: readonly LatticeChoice[] = [
  { rankTolerance: rankTolerances[0] },
  { rankTolerance: rankTolerances[1] },
  { observable: true },
];

/** Affine dynamics of the codes, rounded. */
function fitCodes(
  traces: Traces,
  { z, dimension }: Codes,
  options: { readonly kernels: Kernels },
): Omit<Recurrence, "stateDim" | "inputDim" | "outputDim" | "initial"> {
  const sampled = z.subarray(0, sampledSequences(traces) * traces.length * dimension);
  const fit = fitAffineDynamics(traces, sampled, dimension, options);
  const rounded = (row: Float64Array) => Array.from(row, (value) => Math.round(value) + 0);
  return {
    transition: fit.recurrent.map(rounded),
    input: fit.input.map(rounded),
    offset: rounded(fit.offset),
    output: fit.readout.map(rounded),
    outputOffset: rounded(fit.readoutOffset),
  };
}

/**
 * Where the recurrence first disagrees with codes or outputs, start aside; undefined when nowhere.
 */
function firstMistake(recurrence: Recurrence, traces: Traces, codes: Codes): string | undefined {
  const { count, length, inputDim, outputDim, x, y } = traces;
  const { dimension, z } = codes;
  const { transition, input, offset, output, outputOffset } = recurrence;
  for (let i = 0; i < count; i++) {
    for (let t = 0; t < length; t++) {
      const position = i * length + t;
      const where = `sequence ${i} at position ${t}`;
      for (let k = 0; k < dimension && t > 0; k++) {
        let sum = offset[k];
        for (let j = 0; j < dimension; j++) {
          sum += transition[k][j] * z[(position - 1) * dimension + j];
        }
        for (let j = 0; j < inputDim; j++) sum += input[k][j] * x[position * inputDim + j];
        if (sum !== z[position * dimension + k] || !Number.isSafeInteger(sum)) {
          return (
            `code ${k} of ${where} is ${z[position * dimension + k]}, the rounded fit gives ` +
            `${sum}`
          );
        }
      }
      for (let k = 0; k < outputDim; k++) {
        let sum = outputOffset[k];
        for (let j = 0; j < dimension; j++) sum += output[k][j] * z[position * dimension + j];
        if (sum !== y[position * outputDim + k]) {
          return (
            `output ${k} of ${where} is ${y[position * outputDim + k]}, the rounded fit gives ` +
            `${sum}`
          );
        }
      }
    }
  }
  return undefined;
}

/**
 * z_0: the code of h_0 where it leads to the first states; else some integer solution of
 * M z_0 = z_1 - N x_1 - c, which must be the same for all sequences.
 */
function startCode(recurrence: Recurrence, traces: Traces, codes: Codes): number[] | undefined {
  const { count, length, inputDim, x } = traces;
  const { dimension, z } = codes;
  const { transition, input, offset } = recurrence;
  let needed: number[] | undefined;
  for (let i = 0; i < count; i++) {
    const rest = offset.map((c, k) => {
      let value = z[i * length * dimension + k] - c;
      for (let j = 0; j < inputDim; j++) value -= input[k][j] * x[i * length * inputDim + j];
      return value;
    });
    if (needed?.some((value, k) => value !== rest[k])) return undefined;
    needed = rest;
  }
  const target = needed ?? offset.map(() => 0);
  if (codes.initial) {
    const reached = multiplyVector(transition, codes.initial);
    if (reached.every((value, k) => value === target[k])) return [...codes.initial];
  }
  return solveIntegers(transition, dimension, target);
}
