import type { IntegerMatrix, Rejection } from "@latticode/machines";
import { isRejection } from "@latticode/machines";
import type { Recurrent, Traces } from "@latticode/network";
import { inputRanges } from "../lattice/lattice-generators.ts";

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
const responseTolerance = 0.25;
/** Beyond the trained length only an affine network is asked, and held to this. */
const strictTolerance = 0.1;
const mostBases = 8;

/**
 * Measures impulse responses around the first sequences of the traces. Rejected where a response is
 * no integer, is not the same everywhere, or does not explain an output of the traces. What an
 * input does that never changes is part of the outputs for zero inputs.
 */
export function impulseResponse(recurrent: Recurrent, traces: Traces): ImpulseResponse | Rejection {
  const measured = measureResponses(recurrent, traces);
  if (isRejection(measured)) return measured;
  const free = freeResponse(traces, measured.markov);
  if (isRejection(free)) return free;
  const beyond = responsesBeyond(recurrent, traces);
  return { ...measured, markov: [...measured.markov, ...beyond], free };
}

function measureResponses(
  recurrent: Recurrent,
  traces: Traces,
): Pick<ImpulseResponse, "markov" | "deviation"> | Rejection {
  const { count, length, inputDim, outputDim, x } = traces;
  const bases = Math.min(count, mostBases);
  const size = length * inputDim;
  const run = (inputs: Int32Array) => recurrent.run(inputs, bases, length).y;
  const before = run(x.subarray(0, bases * size));
  const markov = zeros(length, outputDim, inputDim);
  let deviation = 0;
  for (const [c, [low, high]] of inputRanges(traces).entries()) {
    if (low === high) continue;
    for (let start = 0; start < length; start++) {
      const changed = x.slice(0, bases * size);
      const signs = Array.from({ length: bases }, (_, i) => {
        const at = i * size + start * inputDim + c;
        const sign = changed[at] < high ? 1 : -1;
        changed[at] += sign;
        return sign;
      });
      const after = run(changed);
      for (let i = 0; i < bases; i++) {
        for (let t = start; t < length; t++) {
          for (let o = 0; o < outputDim; o++) {
            const at = (i * length + t) * outputDim + o;
            const value = (after[at] - before[at]) * signs[i];
            const row = markov[t - start][o];
            // an impulse at the first position of the first sequence is seen at every lag
            if (start === 0 && i === 0) row[c] = Math.round(value) + 0;
            const distance = Math.abs(value - row[c]);
            // a comparison that NaN fails
            if (distance <= responseTolerance) {
              deviation = Math.max(deviation, distance);
              continue;
            }
            return {
              rejected:
                `linear response: input ${c} moves output ${o} by ${value.toFixed(3)} after ` +
                `${t - start} positions in one place, ${row[c]} is the integer elsewhere`,
            };
          }
        }
      }
    }
  }
  return { markov, deviation };
}

/** What is left of the outputs of all traces without the inputs' responses, the same for all. */
function freeResponse(traces: Traces, markov: readonly IntegerMatrix[]): number[][] | Rejection {
  const { count, length, inputDim, outputDim, x, y } = traces;
  const free: number[][] = [];
  for (let i = 0; i < count; i++) {
    for (let t = 0; t < length; t++) {
      const rest = Array.from({ length: outputDim }, (_, o) => {
        let sum = y[(i * length + t) * outputDim + o];
        for (let k = 0; k <= t; k++) {
          for (let c = 0; c < inputDim; c++) {
            sum -= markov[k][o][c] * x[(i * length + t - k) * inputDim + c];
          }
        }
        return sum + 0;
      });
      free[t] ??= rest;
      if (rest.every((v, o) => v === free[t][o])) continue;
      return {
        rejected:
          `linear response: the outputs of sequence ${i} at position ${t} are not the sum of ` +
          "its inputs' responses",
      };
    }
  }
  return free;
}

/**
 * Of an affine network, which is linear at any length, the responses after the trained length up to
 * lag 2 n, which tell the rest; none where they are not close to integers.
 */
function responsesBeyond(recurrent: Recurrent, traces: Traces): number[][][] {
  const { length, inputDim, outputDim } = traces;
  const lags = 2 * recurrent.hiddenDim + 1;
  if (recurrent.affine !== "both" || lags <= length) return [];
  const run = (inputs: Int32Array) => recurrent.run(inputs, 1, lags).y;
  const silent = run(new Int32Array(lags * inputDim));
  const beyond = zeros(lags - length, outputDim, inputDim);
  for (const [c, [low, high]] of inputRanges(traces).entries()) {
    if (low === high) continue;
    const impulse = new Int32Array(lags * inputDim);
    impulse[c] = 1;
    const answer = run(impulse);
    for (let k = length; k < lags; k++) {
      for (let o = 0; o < outputDim; o++) {
        const value = answer[k * outputDim + o] - silent[k * outputDim + o];
        const nearest = Math.round(value) + 0;
        if (!(Math.abs(value - nearest) <= strictTolerance)) return [];
        beyond[k - length][o][c] = nearest;
      }
    }
  }
  return beyond;
}

function zeros(count: number, rows: number, columns: number): number[][][] {
  return Array.from({ length: count }, () =>
    Array.from({ length: rows }, () => new Array<number>(columns).fill(0)),
  );
}
