import type { Examples } from "@latticode/program";

/** The first `most` sequences, cut to the first `length` positions; shares memory where it can. */
export function firstSequences(
  examples: Examples,
  most: number,
  length: number = examples.length,
): Examples {
  const count = Math.min(most, examples.count);
  const cut = Math.min(length, examples.length);
  const part = (values: Int32Array, dim: number) => {
    if (cut === examples.length) return values.subarray(0, count * cut * dim);
    const rows = new Int32Array(count * cut * dim);
    for (let s = 0; s < count; s++) {
      const from = s * examples.length * dim;
      rows.set(values.subarray(from, from + cut * dim), s * cut * dim);
    }
    return rows;
  };
  const { inputDim, outputDim } = examples;
  return {
    ...{ count, length: cut, inputDim, outputDim },
    ...{ x: part(examples.x, inputDim), y: part(examples.y, outputDim) },
  };
}
