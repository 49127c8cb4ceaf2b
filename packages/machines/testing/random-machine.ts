import type { Machine, System } from "@latticode/machines";
import { type DrawInteger, drawIntegers } from "@latticode/program";

// Random machines, and systems that keep their states as clouds of noisy vectors.

/** Successors and outputs drawn at random: outputs by transition, or by the state reached. */
export function randomMachine(
  sizes: {
    readonly stateCount: number;
    readonly symbolCount: number;
    readonly outputCount: number;
  },
  kind: "mealy" | "moore",
  draw: DrawInteger,
): Machine {
  const { stateCount, symbolCount, outputCount } = sizes;
  const drawn = (length: number, most: number) => Int32Array.from({ length }, () => draw(0, most));
  const transitions = drawn(stateCount * symbolCount, stateCount - 1);
  const byState = drawn(stateCount, outputCount - 1);
  return {
    inputDim: 1,
    outputDim: 1,
    symbols: Int32Array.from({ length: symbolCount }, (_, i) => i),
    outputVectors: Int32Array.from({ length: outputCount }, (_, i) => i),
    stateCount,
    initial: 0,
    transitions,
    outputs:
      kind === "moore"
        ? transitions.map((target) => byState[target])
        : drawn(stateCount * symbolCount, outputCount - 1),
  };
}

/**
 * A system that does what the machine does and keeps each state as 1 to 3 random points, moved by
 * noise. Which point it is depends on where the state was reached from.
 */
export function embed(
  machine: Machine,
  options: { readonly length: number; readonly noise: number; readonly seed: number },
): System {
  const { length, noise, seed } = options;
  const hiddenDim = 4;
  const symbolCount = machine.symbols.length;
  const draw = drawIntegers(seed, 2);
  const owners: number[] = [];
  const points: number[][] = [];
  const copies = Array.from({ length: machine.stateCount }, (_, state) =>
    Array.from({ length: draw(1, 3) }, () => {
      owners.push(state);
      points.push(separatePoint(points, hiddenDim, draw));
      return points.length - 1;
    }),
  );
  // The first coordinate alone tells points apart: they are sorted along it.
  const order = points.map((_, i) => i).sort((a, b) => points[a][0] - points[b][0]);
  const along = order.map((i) => points[i][0]);
  const nearest = (first: number) => {
    let low = 0;
    let high = along.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (along[middle] - gap / 2 <= first) low = middle;
      else high = middle - 1;
    }
    return order[low];
  };
  const unit = () => draw(-1000, 1000) / 1000;
  const jitter = Float64Array.from({ length: 997 }, () => noise * unit());
  return {
    hiddenDim,
    inputDim: 1,
    outputDim: 1,
    symbols: machine.symbols,
    length,
    initial: Float64Array.from(points[copies[machine.initial][0]]),
    step(h, x) {
      const next = new Float64Array(h.length);
      const y = new Int32Array(x.length);
      for (let row = 0; row < x.length; row++) {
        const from = nearest(h[row * hiddenDim]);
        const at = owners[from] * symbolCount + x[row];
        const choices = copies[machine.transitions[at]];
        const point = points[choices[(from + x[row]) % choices.length]];
        // the noise is a function of the state before, as in a network
        const place = Math.floor(Math.abs(h[row * hiddenDim + 1]) * 1e6) + 31 * x[row];
        for (let k = 0; k < hiddenDim; k++) {
          next[row * hiddenDim + k] = point[k] + jitter[(place + 7 * k) % jitter.length];
        }
        y[row] = machine.outputVectors[machine.outputs[at]];
      }
      return { h: next, y };
    },
  };
}

/** Least difference of two points in their first coordinate. */
const gap = 0.04;

function separatePoint(points: readonly number[][], dim: number, draw: DrawInteger): number[] {
  for (;;) {
    const point = Array.from({ length: dim }, () => draw(-2000, 2000) / 1000);
    if (points.every((other) => Math.abs(other[0] - point[0]) >= gap)) return point;
  }
}
