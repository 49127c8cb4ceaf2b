import type { Recurrent, Traces } from "@latticode/network";

// Where the vectors come from that generate a lattice of hidden states. Every difference of two
// states is a vector of it; the question is which are short, and span all of it.

const mostRuns = 2048;
const mostDifferences = 8192;
/** Points between which neighbours are looked for, and neighbours of each. */
const mostNeighbouring = 600;
const neighbourCount = 4;
/** Positions after a change at which its effect is looked at. */
const horizon = 10;

/**
 * Impulse differences: one input is changed by 1, 2, 4, ... within the range seen, the network runs
 * again, and the hidden states from there on are subtracted. No word is longer than the traces'.
 *
 * @returns [any, hiddenDim]
 */
export function impulseDifferences(recurrent: Recurrent, traces: Traces): Float64Array {
  const { count, length, inputDim, hiddenDim } = traces;
  const changes = inputRanges(traces).flatMap(([low, high], column) => {
    const sizes: { column: number; size: number; high: number }[] = [];
    for (let size = 1; size <= high - low; size *= 2) sizes.push({ column, size, high });
    return sizes;
  });
  if (changes.length === 0) return new Float64Array(0);
  const perSequence = length * changes.length;
  const sequences = Math.min(count, Math.max(2, Math.floor(mostRuns / perSequence)));
  const x = new Int32Array(sequences * perSequence * length * inputDim);
  let run = 0;
  for (let i = 0; i < sequences; i++) {
    const base = traces.x.subarray(i * length * inputDim, (i + 1) * length * inputDim);
    for (let t = 0; t < length; t++) {
      for (const { column, size, high } of changes) {
        const at = run * length * inputDim;
        x.set(base, at);
        const value = base[t * inputDim + column];
        x[at + t * inputDim + column] = value + size <= high ? value + size : value - size;
        run++;
      }
    }
  }
  const { h } = recurrent.run(x, run, length);
  const differences: number[] = [];
  for (let k = 0; k < run; k++) {
    const i = Math.floor(k / perSequence);
    const start = Math.floor((k % perSequence) / changes.length);
    for (let t = start; t < Math.min(length, start + horizon); t++) {
      const [after, before] = [(k * length + t) * hiddenDim, (i * length + t) * hiddenDim];
      for (let j = 0; j < hiddenDim; j++) differences.push(h[after + j] - traces.h[before + j]);
    }
  }
  return thinned(differences, hiddenDim);
}

/** Differences between states that follow each other, and between states of the same position. */
export function plainDifferences(traces: Traces): Float64Array {
  const { count, length, hiddenDim, h } = traces;
  const differences: number[] = [];
  const sequences = Math.min(count, Math.ceil(mostDifferences / (2 * length)));
  for (let i = 0; i < sequences; i++) {
    for (let t = 0; t < length; t++) {
      const at = (i * length + t) * hiddenDim;
      if (t > 0)
        for (let j = 0; j < hiddenDim; j++) differences.push(h[at + j] - h[at + j - hiddenDim]);
      if (i === 0) continue;
      const other = at - length * hiddenDim;
      for (let j = 0; j < hiddenDim; j++) differences.push(h[at + j] - h[other + j]);
    }
  }
  return Float64Array.from(differences);
}

/**
 * Differences between each point, of at most a few hundred, and those nearest to it, which may all
 * be in the same place, and some others: [any, n].
 */
export function neighbourDifferences(points: Float64Array, n: number): Float64Array {
  const rows = points.length / n;
  const stride = Math.max(1, Math.ceil(rows / mostNeighbouring));
  const differences: number[] = [];
  for (let i = 0; i < rows; i += stride) {
    const near: { j: number; square: number }[] = [];
    for (let j = 0; j < rows; j += stride) {
      if (j === i) continue;
      let square = 0;
      for (let k = 0; k < n; k++) {
        const difference = points[j * n + k] - points[i * n + k];
        square += difference * difference;
      }
      if (near.length === neighbourCount && square >= near[neighbourCount - 1].square) continue;
      near.push({ j, square });
      near.sort((a, b) => a.square - b.square || a.j - b.j);
      if (near.length > neighbourCount) near.pop();
    }
    const others = Array.from({ length: neighbourCount }, (_, k) => (i + (k + 1) * stride) % rows);
    for (const j of [...near.map(({ j }) => j), ...others]) {
      for (let k = 0; k < n; k++) differences.push(points[j * n + k] - points[i * n + k]);
    }
  }
  return Float64Array.from(differences);
}

/** Smallest and largest value of each input column. */
export function inputRanges({ x, inputDim }: Traces): [number, number][] {
  const ranges = Array.from({ length: inputDim }, (_, c): [number, number] => [x[c], x[c]]);
  for (let i = 0; i < x.length; i++) {
    const range = ranges[i % inputDim];
    if (x[i] < range[0]) range[0] = x[i];
    if (x[i] > range[1]) range[1] = x[i];
  }
  return ranges;
}

/** Every k-th vector, so that no more than a bound remain. */
function thinned(vectors: readonly number[], width: number): Float64Array {
  const count = vectors.length / width;
  const stride = Math.max(1, Math.ceil(count / mostDifferences));
  const kept = Math.ceil(count / stride);
  return Float64Array.from(
    { length: kept * width },
    (_, at) => vectors[Math.floor(at / width) * stride * width + (at % width)],
  );
}
