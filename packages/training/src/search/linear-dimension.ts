import type { Kernels } from "@latticode/kernels";
import type { Examples } from "@latticode/program";

const mostSequences = 400;
/** Numbers of the least-squares problem beyond which it is not worth its time. */
const mostNumbers = 1 << 22;
/** Errors of the fit below which a linear network may be right. */
const largestError = 0.5;
/**
 * Singular values below this share of the largest count as 0, where the fit is exact and where not.
 */
const exactTolerance = 1e-6;
const roughTolerance = 0.3;

/**
 * The hidden dimension that a linear network needs, read off the data: outputs are fitted as a
 * linear function of all inputs so far, its coefficients the Markov parameters C A^k B; the rank of
 * their block Hankel matrix is the least dimension of a system with them (Ho and Kalman 1966).
 * Constants that change with the position enter as the response to one more input. undefined where
 * no linear function is right on the examples.
 */
export function linearDimension(
  examples: Examples,
  { kernels }: { readonly kernels: Kernels },
): number | undefined {
  const { length, inputDim, outputDim } = examples;
  const responses = length * inputDim;
  const columns = responses + length;
  const count = Math.min(examples.count, mostSequences);
  const rows = count * length;
  if (columns > 1024 || outputDim > 1024 || rows * columns > mostNumbers || rows < columns) {
    return undefined;
  }
  const a = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    const t = row % length;
    for (let k = 0; k <= t; k++) {
      for (let i = 0; i < inputDim; i++) {
        a[row * columns + k * inputDim + i] = examples.x[(row - k) * inputDim + i];
      }
    }
    a[row * columns + responses + t] = 1;
  }
  const y = Float64Array.from(examples.y.subarray(0, rows * outputDim));
  const fit = kernels.leastSquares(a, rows, columns, y, outputDim);
  let worst = 0;
  for (let row = 0; row < rows; row++) {
    for (let o = 0; o < outputDim; o++) {
      let sum = -y[row * outputDim + o];
      for (let c = 0; c < columns; c++) sum += a[row * columns + c] * fit[c * outputDim + o];
      worst = Math.max(worst, Math.abs(sum));
    }
  }
  if (!(worst < largestError)) return undefined;
  return hankelDimension(fit, examples, kernels, worst < 1e-3 ? exactTolerance : roughTolerance);
}

/** The rank of the Hankel matrix [blocks * outputDim, columns] of the fitted responses. */
function hankelDimension(
  fit: Float64Array,
  { length, inputDim, outputDim }: Examples,
  kernels: Kernels,
  tolerance: number,
): number {
  const blocks = Math.ceil(length / 2);
  const inputBlocks = length - blocks + 1;
  // The response to a constant is known from its second value on: the first is in the bias of g.
  const constantBlocks = Math.max(0, inputBlocks - 2);
  const rows = blocks * outputDim;
  const columns = inputBlocks * inputDim + constantBlocks;
  const hankel = new Float64Array(rows * columns);
  const constants = length * inputDim;
  for (let p = 0; p < blocks; p++) {
    for (let o = 0; o < outputDim; o++) {
      const row = (p * outputDim + o) * columns;
      for (let q = 0; q < inputBlocks * inputDim; q++) {
        hankel[row + q] = fit[(p * inputDim + q) * outputDim + o];
      }
      for (let q = 0; q < constantBlocks; q++) {
        const at = (constants + p + q + 1) * outputDim + o;
        hankel[row + inputBlocks * inputDim + q] = fit[at] - fit[at - outputDim];
      }
    }
  }
  const { values } = kernels.svd(hankel, rows, columns);
  return values.reduce((rank, value) => rank + Number(value > tolerance * values[0]), 0);
}
