import { type NetworkShape, networkLayers, parameterCount } from "@latticode/kernels";
import { type DrawInteger, drawIntegers } from "@latticode/program";

/** Uniform in (-1, 1). */
function symmetric(draw: DrawInteger): number {
  return (2 * draw(0, 2 ** 32 - 1) + 1) / 2 ** 32 - 1;
}

/**
 * A start for Adam: weights of f's first layer in {-1, 0, 1} and its biases integers, so that
 * kinks lie at integer inputs; the others uniform with variance 1 / fan-in.
 */
export function initialWeights(shape: NetworkShape, seed: number): Float32Array {
  const weights = new Float32Array(parameterCount(shape));
  const draw = drawIntegers(seed, 1);
  for (const [k, layer] of networkLayers(shape).entries()) {
    const { inputs, outputs, weightOffset, biasOffset } = layer;
    const kinks = k === 0 && shape.hiddenDepth > 1;
    const spread = Math.sqrt(3 / inputs);
    for (let i = 0; i < inputs * outputs; i++) {
      weights[weightOffset + i] = kinks ? draw(-1, 1) : spread * symmetric(draw);
    }
    for (let o = 0; o < outputs; o++) weights[biasOffset + o] = kinks ? draw(-2, 2) : 0;
  }
  return weights;
}
