/** A set of labelled integer sequences, all of one length, stored row-major. */
export interface Examples {
  /** Number of sequences. */
  readonly count: number;
  /** Positions in a sequence. */
  readonly length: number;
  /** Input numbers at a position. */
  readonly inputDim: number;
  /** Output numbers at a position. */
  readonly outputDim: number;
  /** Inputs: [count, length, inputDim]. */
  readonly x: Int32Array;
  /** Outputs: [count, length, outputDim]. */
  readonly y: Int32Array;
}

function checkWhole(field: string, value: unknown, least: number): void {
  if (!Number.isSafeInteger(value) || (value as number) < least) {
    throw new Error(`examples.${field}: ${String(value)} is not an integer of at least ${least}`);
  }
}

function checkArray(field: string, array: unknown, shape: string, size: number): void {
  if (!(array instanceof Int32Array)) {
    throw new Error(`examples.${field}: not an Int32Array`);
  }
  if (array.length !== size) {
    throw new Error(
      `examples.${field}: has ${array.length} numbers, ${shape} asks for ${size} of them`,
    );
  }
}

/**
 * Checks that sizes are whole (length, inputDim and outputDim at least 1, count at least 0) and
 * that the arrays have the sizes that follow from them.
 *
 * @throws Error that names the first field that is wrong, as in `examples.y: has 9 numbers, ...`
 */
export function checkExamples(examples: Examples): void {
  if (typeof examples !== "object" || examples === null) {
    throw new Error(`examples: ${String(examples)} is not an object`);
  }
  const { count, length, inputDim, outputDim, x, y } = examples;
  checkWhole("count", count, 0);
  checkWhole("length", length, 1);
  checkWhole("inputDim", inputDim, 1);
  checkWhole("outputDim", outputDim, 1);
  checkArray("x", x, "[count, length, inputDim]", count * length * inputDim);
  checkArray("y", y, "[count, length, outputDim]", count * length * outputDim);
}

/**
 * The sequences with the given indices, in that order, copied. An index may repeat.
 *
 * @throws RangeError when an index is not an integer in [0, count)
 */
export function selectExamples(examples: Examples, indices: ArrayLike<number>): Examples {
  const { count, length, inputDim, outputDim } = examples;
  const inputSize = length * inputDim;
  const outputSize = length * outputDim;
  const x = new Int32Array(indices.length * inputSize);
  const y = new Int32Array(indices.length * outputSize);
  for (let i = 0; i < indices.length; i++) {
    const index = indices[i];
    if (!Number.isInteger(index) || index < 0 || index >= count) {
      throw new RangeError(`indices[${i}]: ${index} is not the index of one of ${count} sequences`);
    }
    x.set(examples.x.subarray(index * inputSize, (index + 1) * inputSize), i * inputSize);
    y.set(examples.y.subarray(index * outputSize, (index + 1) * outputSize), i * outputSize);
  }
  return { count: indices.length, length, inputDim, outputDim, x, y };
}

/** Sequences with the same inputs, put together. */
export interface DistinctSequences {
  /** How many sequences with different inputs there are. */
  readonly count: number;
  /** The group of each sequence, numbered in the order in which they turn up: [examples.count] */
  readonly group: Int32Array;
  /** The first sequence of each group: [count] */
  readonly first: Int32Array;
}

/** Groups sequences by their inputs, in linear time. */
export function distinctSequences({ count, length, inputDim, x }: Examples): DistinctSequences {
  const size = length * inputDim;
  const group = new Int32Array(count);
  const first = new Int32Array(count);
  // open addressing; a hash only says where to look, equality decides
  let capacity = 16;
  while (capacity < 2 * count) capacity *= 2;
  const table = new Int32Array(capacity).fill(-1);
  let groups = 0;
  for (let s = 0; s < count; s++) {
    const from = s * size;
    let hash = 0x811c9dc5;
    for (let i = from; i < from + size; i++) hash = Math.imul(hash ^ x[i], 0x01000193);
    let slot = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) & (capacity - 1);
    for (; table[slot] >= 0; slot = (slot + 1) & (capacity - 1)) {
      const other = first[table[slot]] * size;
      let i = 0;
      while (i < size && x[other + i] === x[from + i]) i++;
      if (i === size) break;
    }
    if (table[slot] < 0) {
      table[slot] = groups;
      first[groups++] = s;
    }
    group[s] = table[slot];
  }
  return { count: groups, group, first: first.slice(0, groups) };
}
