import { changeBasis } from "../change-of-basis.ts";
import { type BlockPlace, inputMatrix, jordanBlocks, recurrentMatrix } from "../linear-dynamics.ts";
import { identityMatrix } from "../matrix.ts";
import { newStep, type StepOptions } from "../step.ts";

export interface ToeplitzOptions extends StepOptions {
  /** How near W must be to a Jordan form, in every entry; 0.05 unless told. */
  readonly near?: number;
  /** The input must reach the end of a block with a weight above this; 1e-3 unless told. */
  readonly least?: number;
}

/**
 * Toeplitz (paper section 4.1): upper triangular Toeplitz matrices commute with a Jordan block, so
 * that one more change of basis is free within each. It is chosen so that the input's column of the
 * block becomes (0, ..., 0, 1); with several inputs, that of the one with the largest weight at the
 * block's end. Refused where W is not in Jordan form, no input reaches the end of a block, or an
 * output changes by more than the tolerance (1e-6 of the largest unless told).
 *
 * @throws Error when the examples do not fit the network
 */
export const toeplitz = newStep("toeplitz", 1e-6, function* (network, options: ToeplitzOptions) {
  const { kernels, near = 0.05, least = 1e-3 } = options;
  const { hiddenDim, inputDim } = network.shape;
  const w = recurrentMatrix(network);
  if (!w) return yield "f is not linear";
  const blocks = jordanBlocks(w, hiddenDim, near);
  if (!blocks) return yield "the recurrent matrix is not in Jordan form";
  const b = inputMatrix(network);
  const matrix = identityMatrix(hiddenDim);
  let driven = 0;
  for (const block of blocks) {
    const columns = Array.from({ length: inputDim }, (_, j) => blockColumn(b, inputDim, j, block));
    const ends = columns.map((column) => magnitude(column[block.size - 1]));
    const strongest = ends.indexOf(Math.max(...ends));
    if (!(ends[strongest] > least)) continue;
    placeToeplitz(matrix, hiddenDim, block, sendToUnit(columns[strongest]));
    driven++;
  }
  if (driven === 0) {
    return yield `no input reaches the end of a block with more than ${least}`;
  }
  const inverse = kernels.inverse(matrix, hiddenDim);
  yield {
    network: changeBasis(network, matrix, inverse),
    matrix,
    summary: `the input enters ${driven} of ${blocks.length} blocks at their end, with weight 1`,
  };
});

/** A complex number; the coordinates (u, v) of a pair's block are u - i v. */
type Complex = readonly [re: number, im: number];

const magnitude = ([re, im]: Complex) => Math.sqrt(re * re + im * im);

function blockColumn(
  b: Float64Array,
  inputDim: number,
  j: number,
  { start, size, pair }: BlockPlace,
): Complex[] {
  return Array.from({ length: size }, (_, k): Complex => {
    if (!pair) return [b[(start + k) * inputDim + j], 0];
    const row = start + 2 * k;
    return [b[row * inputDim + j], 0 - b[(row + 1) * inputDim + j]];
  });
}

/**
 * The first row a_0, a_1, ... of the upper triangular Toeplitz matrix that sends b to (0, ..., 0,
 * 1).
 */
function sendToUnit(b: readonly Complex[]): Complex[] {
  const end = b.length - 1;
  const [x, y] = b[end];
  const square = x * x + y * y;
  const first: Complex[] = [];
  for (let d = 0; d <= end; d++) {
    let [re, im] = d === 0 ? [1, 0] : [0, 0];
    for (let e = 0; e < d; e++) {
      const [p, q] = first[e];
      const [u, v] = b[end - d + e];
      re -= p * u - q * v;
      im -= p * v + q * u;
    }
    first.push([(re * x + im * y) / square, (im * x - re * y) / square]);
  }
  return first;
}

function placeToeplitz(
  matrix: Float64Array,
  n: number,
  { start, size, pair }: BlockPlace,
  first: readonly Complex[],
): void {
  for (let i = 0; i < size; i++) {
    for (let j = i; j < size; j++) {
      const [re, im] = first[j - i];
      if (!pair) {
        matrix[(start + i) * n + start + j] = re;
        continue;
      }
      const [row, column] = [start + 2 * i, start + 2 * j];
      matrix[row * n + column] = re;
      matrix[row * n + column + 1] = im;
      matrix[(row + 1) * n + column] = 0 - im;
      matrix[(row + 1) * n + column + 1] = re;
    }
  }
}
