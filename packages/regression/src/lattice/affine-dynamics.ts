import type { Kernels } from "@latticode/kernels";
import type { Traces } from "@latticode/network";

/** Least squares h_t ~ W_h h_(t-1) + W_x x_t + c, y_t ~ C h_t + d. Matrices as arrays of rows. */
export interface AffineDynamics {
  /** W_h: [dimension, dimension] */
  readonly recurrent: readonly Float64Array[];
  /** W_x: [dimension, inputDim]; zero columns for inputs that never vary */
  readonly input: readonly Float64Array[];
  /** Standard error of each column of W_x, as a length: [inputDim] */
  readonly inputError: Float64Array;
  /** c: [dimension] */
  readonly offset: Float64Array;
  /** C: [outputDim, dimension] */
  readonly readout: readonly Float64Array[];
  /** d: [outputDim] */
  readonly readoutOffset: Float64Array;
}

/** Hidden states that fits need, about. */
const sampleSize = 4096;

/** How many of the first sequences give enough hidden states for a fit. */
export function sampledSequences({ count, length }: Traces): number {
  return Math.min(count, Math.max(1, Math.ceil(sampleSize / length)));
}

/** The hidden states of the sampled sequences: [sequences, length, hiddenDim]. */
export function sampledStates(traces: Traces): Float64Array {
  const { h, length, hiddenDim } = traces;
  return h.subarray(0, sampledSequences(traces) * length * hiddenDim);
}

/**
 * Fits affine dynamics to states given in any coordinates.
 * h_0 takes no part: it may lie where the network never returns.
 *
 * @param states [sequences, length, dimension], of the first sequences of the traces
 */
export function fitAffineDynamics(
  traces: Traces,
  states: Float64Array,
  dimension: number,
  options: { readonly kernels: Kernels },
): AffineDynamics {
  const { kernels } = options;
  const { length, inputDim, outputDim } = traces;
  const sequences = sampledSequences(traces);
  const varying = varyingInputs(traces, sequences);
  // with sequences of one position there is no transition between traced states: the input explains
  // all
  const lag = length > 1 ? 1 : 0;
  const recurrentColumns = lag === 1 ? dimension : 0;
  const columns = recurrentColumns + varying.length + 1;
  const rows = sequences * (length - lag);
  const a = new Float64Array(rows * columns);
  const b = new Float64Array(rows * dimension);
  let row = 0;
  for (let i = 0; i < sequences; i++) {
    for (let t = lag; t < length; t++, row++) {
      const position = i * length + t;
      for (let k = 0; k < recurrentColumns; k++) {
        a[row * columns + k] = states[(position - 1) * dimension + k];
      }
      for (let k = 0; k < varying.length; k++) {
        a[row * columns + recurrentColumns + k] = traces.x[position * inputDim + varying[k]];
      }
      a[row * columns + columns - 1] = 1;
      for (let k = 0; k < dimension; k++) {
        b[row * dimension + k] = states[position * dimension + k];
      }
    }
  }
  const fit =
    rows === 0 || dimension === 0
      ? new Float64Array(columns * dimension)
      : kernels.leastSquares(a, rows, columns, b, dimension);
  const recurrent = emptyRows(dimension, dimension);
  const input = emptyRows(dimension, inputDim);
  const offset = new Float64Array(dimension);
  for (let k = 0; k < dimension; k++) {
    for (let j = 0; j < recurrentColumns; j++) recurrent[k][j] = fit[j * dimension + k];
    for (let j = 0; j < varying.length; j++) {
      input[k][varying[j]] = fit[(recurrentColumns + j) * dimension + k];
    }
    offset[k] = fit[(columns - 1) * dimension + k];
  }
  // the usual error of a coefficient: spread of the residual over spread of the input, by
  // sqrt(rows)
  let squares = 0;
  for (let row = 0; row < rows; row++) {
    for (let k = 0; k < dimension; k++) {
      let residual = b[row * dimension + k];
      for (let j = 0; j < columns; j++) residual -= a[row * columns + j] * fit[j * dimension + k];
      squares += residual * residual;
    }
  }
  const inputError = new Float64Array(inputDim);
  for (let j = 0; j < varying.length; j++) {
    let sum = 0;
    let sumOfSquares = 0;
    for (let row = 0; row < rows; row++) {
      const value = a[row * columns + recurrentColumns + j];
      sum += value;
      sumOfSquares += value * value;
    }
    inputError[varying[j]] = Math.sqrt(squares / (rows * sumOfSquares - sum * sum));
  }

  const positions = sequences * length;
  const withOne = appendOnes(states, positions, dimension);
  const outputs = Float64Array.from(traces.y.subarray(0, positions * outputDim));
  const readoutFit = kernels.leastSquares(withOne, positions, dimension + 1, outputs, outputDim);
  const readout = emptyRows(outputDim, dimension);
  for (let k = 0; k < outputDim; k++) {
    for (let j = 0; j < dimension; j++) readout[k][j] = readoutFit[j * outputDim + k];
  }
  const readoutOffset = readoutFit.slice(dimension * outputDim);
  return { recurrent, input, inputError, offset, readout, readoutOffset };
}

/** The rows of a matrix with a column of ones added: [rows, columns + 1]. */
export function appendOnes(a: ArrayLike<number>, rows: number, columns: number): Float64Array {
  const result = new Float64Array(rows * (columns + 1));
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) result[i * (columns + 1) + j] = a[i * columns + j];
    result[i * (columns + 1) + columns] = 1;
  }
  return result;
}

/**
 * Indices of the inputs that take more than one value; the others cannot be told from a constant.
 */
function varyingInputs(traces: Traces, sequences: number): number[] {
  const { inputDim, length, x } = traces;
  const varying: number[] = [];
  for (let k = 0; k < inputDim; k++) {
    for (let position = 1; position < sequences * length; position++) {
      if (x[position * inputDim + k] !== x[k]) {
        varying.push(k);
        break;
      }
    }
  }
  return varying;
}

function emptyRows(rows: number, columns: number): Float64Array[] {
  return Array.from({ length: rows }, () => new Float64Array(columns));
}
