import type { Wasm } from "../../dist/wasm.d.ts";
import { checkInteger, checkNumber, checkShaped, mostNumbers } from "../check.ts";

/**
 * Sizes of one dense layer and of the batch that it is applied to, each 1 to 256 but the batch. x
 * and y have at most 2^26 numbers.
 */
export interface LayerSizes {
  readonly inputs: number;
  readonly outputs: number;
  /** Rows of x and y, 1 to 2^20. */
  readonly batch: number;
}

function checkSizes({ inputs, outputs, batch }: LayerSizes): void {
  checkInteger("inputs", inputs, 1, 256);
  checkInteger("outputs", outputs, 1, 256);
  checkInteger("batch", batch, 1, 2 ** 20);
  checkInteger("batch * inputs", batch * inputs, 1, mostNumbers);
  checkInteger("batch * outputs", batch * outputs, 1, mostNumbers);
}

/**
 * A dense layer in f32: y [batch, outputs] = x W^T + b, through a ReLU on request. weight is
 * [outputs, inputs], bias [outputs], x [batch, inputs]. NaN stays NaN, so that a divergence shows.
 *
 * Throws TypeError for an array of another type, RangeError where a length does not fit the sizes.
 */
export function denseForward(
  wasm: Wasm,
  weight: Float32Array,
  bias: Float32Array,
  x: Float32Array,
  options: LayerSizes & { readonly relu: boolean },
): Float32Array {
  const { inputs, outputs, batch, relu } = options;
  checkSizes(options);
  checkShaped("weight", weight, Float32Array, "[outputs, inputs]", outputs * inputs);
  checkShaped("bias", bias, Float32Array, "[outputs]", outputs);
  checkShaped("x", x, Float32Array, "[batch, inputs]", batch * inputs);
  return wasm.layerForward(weight, bias, x, inputs, outputs, batch, relu);
}

/**
 * The gradients of a dense layer in f32, from dy [batch, outputs], the gradient before the layer's
 * own ReLU: dx [batch, inputs] = dy W, dw [outputs, inputs] = dy^T x, db [outputs] = sum of dy.
 * Where x is `rectified`, the output of a ReLU, dx is 0 wherever x is not positive.
 *
 * Throws TypeError for an array of another type, RangeError where a length does not fit the sizes.
 */
export function denseBackward(
  wasm: Wasm,
  weight: Float32Array,
  x: Float32Array,
  dy: Float32Array,
  options: LayerSizes & { readonly rectified: boolean },
): { dx: Float32Array; dw: Float32Array; db: Float32Array } {
  const { inputs, outputs, batch, rectified } = options;
  checkSizes(options);
  checkShaped("weight", weight, Float32Array, "[outputs, inputs]", outputs * inputs);
  checkShaped("x", x, Float32Array, "[batch, inputs]", batch * inputs);
  checkShaped("dy", dy, Float32Array, "[batch, outputs]", batch * outputs);
  const all = wasm.layerBackward(weight, x, dy, inputs, outputs, batch, rectified);
  const weightStart = batch * inputs;
  const biasStart = weightStart + inputs * outputs;
  return {
    dx: all.slice(0, weightStart),
    dw: all.slice(weightStart, biasStart),
    db: all.slice(biasStart),
  };
}

/**
 * Of an error e: "squared" is 0.5 e^2, "log" is 0.5 log(1 + e^2), the paper's, and "huber" is
 * squared up to |e| = 1 and |e| - 0.5 beyond (Huber 1964).
 */
export type Loss = "squared" | "log" | "huber";

const losses: readonly Loss[] = ["squared", "log", "huber"];

/** The number that the WebAssembly side knows a loss by. */
export function lossNumber(loss: Loss): number {
  const number = losses.indexOf(loss);
  if (number < 0) throw new RangeError(`loss is ${loss}, must be "squared", "log" or "huber"`);
  return number;
}

/**
 * The mean loss over y and target, both [batch, outputs] (f64), and its gradient with respect to y
 * (f32 precision), which is 0 where |y - target| is below deadZone.
 *
 * Throws TypeError for an array of another type, RangeError where a length does not fit the sizes.
 */
export function meanLoss(
  wasm: Wasm,
  loss: Loss,
  y: Float32Array,
  target: Float32Array,
  options: { readonly outputs: number; readonly batch: number; readonly deadZone?: number },
): { loss: number; gradient: Float32Array } {
  const { outputs, batch, deadZone = 0 } = options;
  checkNumber("deadZone", deadZone, 0, 1e9);
  checkSizes({ inputs: 1, outputs, batch });
  checkShaped("y", y, Float32Array, "[batch, outputs]", batch * outputs);
  checkShaped("target", target, Float32Array, "[batch, outputs]", batch * outputs);
  const both = wasm.lossForward(lossNumber(loss), deadZone, y, target, outputs, batch);
  return { loss: both[both.length - 1], gradient: Float32Array.from(both.subarray(0, -1)) };
}
