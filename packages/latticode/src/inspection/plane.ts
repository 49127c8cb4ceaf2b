import type { Kernels } from "@latticode/kernels";
import { principalDirections } from "@latticode/machines";
import type { Traces } from "@latticode/network";

/** A plane that hidden states are drawn in. */
export interface Plane {
  /** What is drawn, in a few words. */
  readonly description: string;
  readonly xLabel: string;
  readonly yLabel: string;
  /** The first coordinate is the position of a state, 1 to length. */
  readonly byPosition: boolean;
  /** A state [hiddenDim] to its place; `position` counts from 1. */
  place(state: ArrayLike<number>, position: number): readonly [x: number, y: number];
}

/**
 * The plane for states of any dimension: one coordinate is drawn against the position, two against
 * each other, of more the first two principal axes.
 */
export function planeOf(traces: Traces, options: { readonly kernels: Kernels }): Plane {
  const { h, hiddenDim } = traces;
  if (hiddenDim === 1) {
    return {
      description: "the hidden state against the position",
      xLabel: "position",
      yLabel: "h",
      byPosition: true,
      place: (state, position) => [position, state[0]],
    };
  }
  if (hiddenDim === 2) {
    return {
      description: "both hidden coordinates",
      xLabel: "h1",
      yLabel: "h2",
      byPosition: false,
      place: (state) => [state[0], state[1]],
    };
  }
  const { mean, axes, spread } = principalDirections(h, hiddenDim, options);
  const variance = spread.map((s) => s * s);
  const all = variance.reduce((sum, v) => sum + v, 0);
  const share = all > 0 ? (variance[0] + variance[1]) / all : 1;
  const percent = (Math.floor(share * 1000) / 10).toFixed(1);
  const along = (state: ArrayLike<number>, axis: number) => {
    let sum = 0;
    for (let j = 0; j < hiddenDim; j++) {
      sum += axes[axis * hiddenDim + j] * (state[j] - mean[j]);
    }
    return sum;
  };
  // an axis has no sign: its largest entry is made positive
  const signs = [0, 1].map((axis) => {
    let largest = 0;
    for (const value of axes.subarray(axis * hiddenDim, (axis + 1) * hiddenDim)) {
      if (Math.abs(value) > Math.abs(largest) + 1e-9) largest = value;
    }
    return largest < 0 ? -1 : 1;
  });
  const covered = `${percent} % of the variance`;
  return {
    description: `the first two principal axes of ${hiddenDim} coordinates, ${covered}`,
    xLabel: "first principal axis",
    yLabel: "second principal axis",
    byPosition: false,
    place: (state) => [signs[0] * along(state, 0), signs[1] * along(state, 1)],
  };
}
