import { type NetworkShape, networkLayers, parameterCount } from "@latticode/kernels";
import { type DrawInteger, drawIntegers } from "@latticode/program";

/** Uniform in (-1, 1). */
function symmetric(draw: DrawInteger): number {
  return (2 * draw(0, 2 ** 32 - 1) + 1) / 2 ** 32 - 1;
}

/** Smallest and largest value of each input column: [inputDim] pairs. */
export type InputRanges = readonly (readonly [number, number])[];

/** The ranges of inputs [count, length, inputDim]. */
export function inputRanges(x: Int32Array, inputDim: number): InputRanges {
  const ranges = Array.from({ length: inputDim }, (_, c): [number, number] => [x[c], x[c]]);
  for (let i = 0; i < x.length; i++) {
    const range = ranges[i % inputDim];
    if (x[i] < range[0]) range[0] = x[i];
    if (x[i] > range[1]) range[1] = x[i];
  }
  return ranges;
}

/**
 * A start for Adam: weights of f's first layer in {-1, 0, 1}, each with its kink through an integer
 * point in the range of the inputs (and h = 0); the others uniform with variance 1 / fan-in.
 */
export function initialWeights(
  shape: NetworkShape,
  ranges: InputRanges,
  seed: number,
): Float32Array {
  const weights = new Float32Array(parameterCount(shape));
  const draw = drawIntegers(seed, 1);
  for (const [k, layer] of networkLayers(shape).entries()) {
    const { inputs, outputs, weightOffset, biasOffset } = layer;
    const kinks = k === 0 && shape.hiddenDepth > 1;
    const spread = Math.sqrt(3 / inputs);
    for (let i = 0; i < inputs * outputs; i++) {
      weights[weightOffset + i] = kinks ? draw(-1, 1) : spread * symmetric(draw);
    }
    if (!kinks) continue;
    for (let o = 0; o < outputs; o++) {
      ranges.forEach(([least, most], c) => {
        const weight = weights[weightOffset + o * inputs + shape.hiddenDim + c];
        weights[biasOffset + o] -= weight * draw(least, most);
      });
    }
  }
  return weights;
}
