import { type Kernels, type NetworkShape, networkLayers, parameterCount } from "@latticode/kernels";
import { drawIntegers, type Examples } from "@latticode/program";

/**
 * The authors' optimiser: AdamW without decay at learning rate 1e-3, from PyTorch's uniform start.
 */
export function adamWOptions(shape: NetworkShape, examples: Examples, seed: number) {
  const weights = new Float32Array(parameterCount(shape));
  const draw = drawIntegers(seed, 3);
  for (const { inputs, outputs, weightOffset } of networkLayers(shape)) {
    const bound = 1 / Math.sqrt(inputs);
    for (let i = 0; i < (inputs + 1) * outputs; i++) {
      weights[weightOffset + i] = bound * ((2 * draw(0, 2 ** 32 - 1) + 1) / 2 ** 32 - 1);
    }
  }
  const rates = { learningRate: 0.001, beta2: 0.999, schedule: "constant", batch: 256 } as const;
  return { ...examples, ...rates, shape, weights, seed } satisfies Partial<
    Parameters<Kernels["createAdam"]>[0]
  >;
}
