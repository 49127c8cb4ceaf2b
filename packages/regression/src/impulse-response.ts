import type { Kernels } from "@latticode/kernels";
import type { Network, Traces } from "@latticode/training";
import type { IntegerMatrix } from "./integer-matrix.ts";
import type { Rejection } from "./rejection.ts";

// What a linear network does is told by its impulse responses: y_t = sum of M_k x_(t-k) + d_t. They
// are measured by changing one input by one and running again, which needs no access to weights.

/** The response of a network that is linear over the integers. */
export interface ImpulseResponse {
  /** Markov parameters M_0, M_1, ...: [lags, outputDim, inputDim] */
  readonly markov: readonly IntegerMatrix[];
  /** Outputs for zero inputs, d_1, d_2, ...: [length, outputDim] */
  readonly free: IntegerMatrix;
  /** Largest distance of a measured response from its integer. */
  readonly deviation: number;
}

/** A response this far from an integer, or from another one of its kind, is not linear. */
const TOLERANCE = 0.25;
/** Beyond the trained length only a network of affine layers is asked, and held to this. */
const STRICT = 0.1;
const BASES = 8;

/**
 * Measures impulse responses around the first sequences of the traces. Rejected where a response is
 * no integer, is not the same everywhere, or does not explain an output of the traces.
 */
export function impulseResponse(
  network: Network,
  traces: Traces,
  { kernels }: { readonly kernels: Kernels },
): ImpulseResponse | Rejection {
  const { shape, weights, initial } = network;
  const { count, length, inputDim, outputDim, x, y } = traces;
  const affine = shape.hiddenDepth === 1 && shape.outputDepth === 1;
  // of an affine network of n dimensions 2 n + 1 parameters tell everything
  const lags = affine ? Math.max(length, 2 * shape.hiddenDim + 1) : length;
  const run = (inputs: Int32Array, sequences: number, positions: number) =>
    kernels.runNetwork(shape, weights, initial, inputs, sequences, positions).y;

  const markov: number[][][] = [];
  let deviation = 0;
  const record = (k: number, o: number, c: number, value: number): boolean => {
    const nearest = Math.round(value) + 0;
    markov[k] ??= Array.from({ length: outputDim }, () => new Array<number>(inputDim).fill(0));
    const known = seen.has(`${k},${o},${c}`) ? markov[k][o][c] : nearest;
    seen.add(`${k},${o},${c}`);
    markov[k][o][c] = known;
    const distance = Math.abs(value - known);
    if (distance <= TOLERANCE) deviation = Math.max(deviation, distance);
    return distance <= TOLERANCE;
  };
  const seen = new Set<string>();

  const bases = Math.min(count, BASES);
  const size = length * inputDim;
  const before = run(x.subarray(0, bases * size), bases, length);
  for (let c = 0; c < inputDim; c++) {
    for (let start = 0; start < length; start++) {
      const changed = x.slice(0, bases * size);
      const signs = Array.from({ length: bases }, (_, i) => {
        const at = i * size + start * inputDim + c;
        // towards zero, which stays in the range of the inputs wherever that holds two values
        const sign = changed[at] > 0 ? -1 : 1;
        changed[at] += sign;
        return sign;
      });
      const after = run(changed, bases, length);
      for (let i = 0; i < bases; i++) {
        for (let t = start; t < length; t++) {
          for (let o = 0; o < outputDim; o++) {
            const at = (i * length + t) * outputDim + o;
            const value = (after[at] - before[at]) * signs[i];
            if (record(t - start, o, c, value)) continue;
            return {
              rejected: `linear response: input ${c} moves output ${o} by ${value.toFixed(3)} after ${t - start} positions in one place, ${markov[t - start][o][c]} is the integer elsewhere`,
            };
          }
        }
      }
    }
  }
  if (lags > length) {
    const silent = run(new Int32Array(lags * inputDim), 1, lags);
    const beyond: number[][][] = [];
    for (let k = length; k < lags; k++) {
      beyond.push(Array.from({ length: outputDim }, () => new Array<number>(inputDim).fill(0)));
    }
    let worst = 0;
    for (let c = 0; c < inputDim; c++) {
      const impulse = new Int32Array(lags * inputDim);
      impulse[c] = 1;
      const answer = run(impulse, 1, lags);
      for (let k = length; k < lags; k++) {
        for (let o = 0; o < outputDim; o++) {
          const value = answer[k * outputDim + o] - silent[k * outputDim + o];
          beyond[k - length][o][c] = Math.round(value) + 0;
          worst = Math.max(worst, Math.abs(value - Math.round(value)));
        }
      }
    }
    if (worst <= STRICT) markov.push(...beyond);
  }

  const rest: number[][] = [];
  for (let i = 0; i < count; i++) {
    for (let t = 0; t < length; t++) {
      const value = Array.from({ length: outputDim }, (_, o) => {
        let sum = y[(i * length + t) * outputDim + o];
        for (let k = 0; k <= t; k++) {
          for (let c = 0; c < inputDim; c++) {
            sum -= markov[k][o][c] * x[(i * length + t - k) * inputDim + c];
          }
        }
        return sum + 0;
      });
      rest[t] ??= value;
      if (value.some((v, o) => v !== rest[t][o])) {
        return {
          rejected: `linear response: the outputs of sequence ${i} at position ${t} are not the sum of its inputs' responses`,
        };
      }
    }
  }
  return { markov, free: rest, deviation };
}
