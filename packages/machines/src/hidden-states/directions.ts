import type { Kernels } from "@latticode/kernels";

/** Principal directions of a cloud of hidden states, the widest first. */
export interface Directions {
  /** Centre of the cloud, [hiddenDim]. */
  readonly mean: Float64Array;
  /** Orthonormal directions as rows, [hiddenDim, hiddenDim]. */
  readonly axes: Float64Array;
  /** Standard deviation along each, [hiddenDim], descending, never negative. */
  readonly spread: Float64Array;
}

/**
 * Principal component analysis. Hidden coordinates may be skewed and of very different sizes; along
 * these directions distances and ranks mean something.
 *
 * @param h [rows, hiddenDim], at least one row
 */
export function principalDirections(
  h: Float64Array,
  hiddenDim: number,
  options: { readonly kernels: Kernels },
): Directions {
  const rows = h.length / hiddenDim;
  const mean = new Float64Array(hiddenDim);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < hiddenDim; j++) mean[j] += h[i * hiddenDim + j];
  }
  for (let j = 0; j < hiddenDim; j++) mean[j] /= rows;
  const covariance = new Float64Array(hiddenDim * hiddenDim);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < hiddenDim; j++) {
      const a = h[i * hiddenDim + j] - mean[j];
      for (let k = 0; k <= j; k++) {
        covariance[j * hiddenDim + k] += a * (h[i * hiddenDim + k] - mean[k]);
      }
    }
  }
  for (let j = 0; j < hiddenDim; j++) {
    for (let k = 0; k <= j; k++) {
      covariance[j * hiddenDim + k] /= rows;
      covariance[k * hiddenDim + j] = covariance[j * hiddenDim + k];
    }
  }
  const { values, vectors } = options.kernels.symmetricEigen(covariance, hiddenDim);
  const axes = new Float64Array(hiddenDim * hiddenDim);
  const spread = new Float64Array(hiddenDim);
  for (let k = 0; k < hiddenDim; k++) {
    const source = hiddenDim - 1 - k;
    spread[k] = Math.sqrt(Math.max(0, values[source]));
    for (let j = 0; j < hiddenDim; j++) {
      axes[k * hiddenDim + j] = vectors[j * hiddenDim + source];
    }
  }
  return { mean, axes, spread };
}

/**
 * Coordinates of hidden states along the first `count` directions, each divided by its scale.
 *
 * @param h [rows, hiddenDim]
 * @param scales [count], positive
 * @returns [rows, count]
 */
export function projectStates(
  h: Float64Array,
  directions: Directions,
  scales: ArrayLike<number>,
): Float64Array {
  const { mean, axes } = directions;
  const hiddenDim = mean.length;
  const count = scales.length;
  const rows = h.length / hiddenDim;
  const projected = new Float64Array(rows * count);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < count; k++) {
      let sum = 0;
      for (let j = 0; j < hiddenDim; j++) {
        sum += axes[k * hiddenDim + j] * (h[i * hiddenDim + j] - mean[j]);
      }
      projected[i * count + k] = sum / scales[k];
    }
  }
  return projected;
}
