import type { Wasm } from "../../dist/wasm.d.ts";
import {
  checkArray,
  checkFinite,
  checkInteger,
  checkLength,
  checkNumbers,
  checkShaped,
  mostNumbers,
} from "../check.ts";

/**
 * Sizes of the network h_t = f([h_(t-1), x_t]), y_t = g(h_t), f and g perceptrons with ReLU between
 * their layers and none after the last (Michaud et al. 2024, section 3.1).
 */
export interface NetworkShape {
  /** Numbers that enter at a position, 1 to 64. */
  readonly inputDim: number;
  /** Numbers that leave at a position, 1 to 64. */
  readonly outputDim: number;
  /** Size of h, 1 to 128. */
  readonly hiddenDim: number;
  /** Layers of f, 1 to 3. */
  readonly hiddenDepth: number;
  /** Neurons in each inner layer of f, 1 to 256; 0 where hiddenDepth is 1. */
  readonly hiddenWidth: number;
  /** Layers of g, 1 to 3. */
  readonly outputDepth: number;
  /** Neurons in each inner layer of g, 1 to 256; 0 where outputDepth is 1. */
  readonly outputWidth: number;
}

/** A layer's place in the flat weights: weight [outputs, inputs] row-major, then bias [outputs]. */
export interface LayerLayout {
  readonly inputs: number;
  readonly outputs: number;
  readonly weightOffset: number;
  readonly biasOffset: number;
}

/** Longest sequence that the kernels take. */
export const maxLength = 4096;

function checkPerceptron(which: string, depth: number, width: number): void {
  checkInteger(`shape.${which}Depth`, depth, 1, 3);
  if (depth === 1) checkInteger(`shape.${which}Width (at depth 1)`, width, 0, 0);
  else checkInteger(`shape.${which}Width`, width, 1, 256);
}

/** Throws a RangeError that names the first field out of its range. */
export function checkShape(shape: NetworkShape): void {
  checkInteger("shape.inputDim", shape.inputDim, 1, 64);
  checkInteger("shape.outputDim", shape.outputDim, 1, 64);
  checkInteger("shape.hiddenDim", shape.hiddenDim, 1, 128);
  checkPerceptron("hidden", shape.hiddenDepth, shape.hiddenWidth);
  checkPerceptron("output", shape.outputDepth, shape.outputWidth);
}

/**
 * The layers of f in order, then those of g, and where each lies in the flat weights. The columns
 * of f's first layer are the hidden state first, then the inputs.
 *
 * Throws RangeError that names the first field of the shape out of its range.
 */
export function networkLayers(shape: NetworkShape): LayerLayout[] {
  checkShape(shape);
  const layers: LayerLayout[] = [];
  let offset = 0;
  let inputs = shape.hiddenDim + shape.inputDim;
  const append = (depth: number, width: number, last: number) => {
    for (let k = 1; k <= depth; k++) {
      const outputs = k === depth ? last : width;
      const biasOffset = offset + inputs * outputs;
      layers.push({ inputs, outputs, weightOffset: offset, biasOffset });
      offset = biasOffset + outputs;
      inputs = outputs;
    }
  };
  append(shape.hiddenDepth, shape.hiddenWidth, shape.hiddenDim);
  append(shape.outputDepth, shape.outputWidth, shape.outputDim);
  return layers;
}

/**
 * Number of weights and biases of a network of this shape.
 *
 * Throws RangeError that names the first field of the shape out of its range.
 */
export function parameterCount(shape: NetworkShape): number {
  const { biasOffset, outputs } = networkLayers(shape).at(-1)!;
  return biasOffset + outputs;
}

/**
 * Runs a network in f64 on integer inputs (Michaud et al. 2024, section 3.1).
 *
 * weights is flat, laid out as `networkLayers` says. initial is h_0, [hiddenDim] for all sequences
 * or [count, hiddenDim]. x is [count, length, inputDim]. Returns h [count, length, hiddenDim], the
 * states after each position, and y [count, length, outputDim].
 *
 * Throws RangeError where a length does not fit the shape, a weight is not finite, or x or the
 * result has more than 2^26 numbers.
 */
export function runNetwork(
  wasm: Wasm,
  shape: NetworkShape,
  weights: Float64Array,
  initial: Float64Array,
  x: Int32Array,
  count: number,
  length: number,
): { h: Float64Array; y: Float64Array } {
  checkShape(shape);
  checkInteger("count", count, 0, 2 ** 26);
  checkInteger("length", length, 1, maxLength);
  const results = count * length * (shape.hiddenDim + shape.outputDim);
  checkInteger("count * length * (hiddenDim + outputDim)", results, 0, mostNumbers);
  const inputs = count * length * shape.inputDim;
  checkInteger("count * length * inputDim", inputs, 0, mostNumbers);
  checkNumbers("weights", weights, Float64Array, "the shape", parameterCount(shape));
  checkShaped("x", x, Int32Array, "[count, length, inputDim]", inputs);
  checkArray("initial", initial, Float64Array);
  const { hiddenDim } = shape;
  if (initial.length !== hiddenDim) {
    checkLength("initial", initial, "[hiddenDim] or [count, hiddenDim]", count * hiddenDim);
  }
  checkFinite("initial", initial);
  const both = wasm.networkRun(shape, weights, initial, x, count, length);
  const split = count * length * hiddenDim;
  return { h: both.slice(0, split), y: both.slice(split) };
}
