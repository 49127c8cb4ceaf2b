import type { Kernels } from "@latticode/kernels";

/** A number from a hidden state: the sum of coefficients times coordinates, and an offset. */
export interface AffineMap {
  /** [hiddenDim] */
  readonly coefficients: readonly number[];
  readonly offset: number;
}

/** How well an integer that a machine's state decides is decoded from the hidden state. */
export interface Decoding {
  /** The affine map that was fitted; what it gives is rounded to the nearest integer. */
  readonly map: AffineMap;
  /** Share of hidden states at which an affine map gives the integer after rounding, 0 to 1. */
  readonly affine: number;
  /** Share at which the nearest other hidden state has the same integer, 0 to 1. */
  readonly nearest: number;
}

/**
 * Decodes each coordinate of a code from hidden states. The first half of the rows is what the
 * affine map (least squares) is fitted on and where the nearest neighbours are looked for, the
 * second half what the shares are counted on.
 *
 * @param places hidden states [rows, hiddenDim], at least 2 rows
 * @param codes [rows, coordinates]
 * @returns [coordinates]
 */
export function decodeCodes(
  places: Float64Array,
  codes: Int32Array,
  sizes: { readonly rows: number; readonly kernels: Kernels },
): Decoding[] {
  const { rows, kernels } = sizes;
  const hiddenDim = places.length / rows;
  const coordinates = codes.length / rows;
  const fitted = Math.floor(rows / 2);
  const counted = rows - fitted;
  const width = hiddenDim + 1;
  const a = new Float64Array(fitted * width);
  for (let i = 0; i < fitted; i++) {
    a.set(places.subarray(i * hiddenDim, (i + 1) * hiddenDim), i * width);
    a[i * width + hiddenDim] = 1;
  }
  const wanted = Float64Array.from(codes.subarray(0, fitted * coordinates));
  const map = kernels.leastSquares(a, fitted, width, wanted, coordinates);
  const affine = new Array<number>(coordinates).fill(0);
  const nearest = new Array<number>(coordinates).fill(0);
  for (let i = fitted; i < rows; i++) {
    const neighbour = nearestRow(places, hiddenDim, i, fitted);
    for (let c = 0; c < coordinates; c++) {
      let value = map[hiddenDim * coordinates + c];
      for (let j = 0; j < hiddenDim; j++) {
        value += places[i * hiddenDim + j] * map[j * coordinates + c];
      }
      const code = codes[i * coordinates + c];
      if (Math.floor(value + 0.5) === code) affine[c]++;
      if (codes[neighbour * coordinates + c] === code) nearest[c]++;
    }
  }
  return affine.map((right, c) => ({
    map: {
      coefficients: Array.from({ length: hiddenDim }, (_, j) => map[j * coordinates + c]),
      offset: map[hiddenDim * coordinates + c],
    },
    affine: right / counted,
    nearest: nearest[c] / counted,
  }));
}

/** The row below `rows` that is nearest to row `i`. */
function nearestRow(places: Float64Array, dim: number, i: number, rows: number): number {
  let best = 0;
  let smallest = Number.POSITIVE_INFINITY;
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let k = 0; k < dim; k++) {
      const d = places[row * dim + k] - places[i * dim + k];
      sum += d * d;
    }
    if (sum < smallest) {
      smallest = sum;
      best = row;
    }
  }
  return best;
}
