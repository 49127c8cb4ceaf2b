// The weights that a run of Levenberg-Marquardt begins with, scaled to the data.

import { below, normal, philox, uniform } from "../random";
import { Layer } from "../tensors/network";
import { LevenbergJob } from "./levenberg-job";

const STREAM_WEIGHT: u32 = 3;

/** Root mean square of a column of rows [positions][columns], at least 1. */
function scaleOf(rows: usize, positions: i32, columns: i32, column: i32): f64 {
  let sum = 0.0;
  for (let p = 0; p < positions; p++) {
    const v = <f64>load<i32>(rows + ((<usize>(p * columns + column)) << 2));
    sum += v * v;
  }
  return max(1.0, Math.sqrt(sum / <f64>positions));
}

function deviate(job: LevenbergJob, index: i32): f64 {
  philox(index, 0, STREAM_WEIGHT, 0, job.options.seed, 0);
  return normal(0);
}

/** A bias for which neuron `o` of f's first layer bends at an input that occurs, h in [-1, 1]. */
function kink(job: LevenbergJob, layer: Layer, o: i32): f64 {
  const net = job.network;
  const at = layer.bias + o;
  philox(at, 1, STREAM_WEIGHT, 0, job.options.seed, 0);
  const position = <i32>below(0, job.options.count * job.options.length);
  let bias = 0.0;
  for (let i = 0; i < layer.inputs; i++) {
    const index = layer.weight + o * layer.inputs + i;
    const w = load<f64>(job.weights + ((<usize>index) << 3));
    if (i < net.hiddenDim) {
      philox(at, 2 + i, STREAM_WEIGHT, 0, job.options.seed, 0);
      bias -= w * (2 * uniform(0) - 1);
    } else {
      const column = position * net.inputDim + i - net.hiddenDim;
      bias -= w * <f64>load<i32>(job.x + ((<usize>column) << 2));
    }
  }
  return bias;
}

/**
 * Normal weights by fan-in, scaled so that the outputs count as of size 1 and the inputs as of size
 * 2: with larger weights on the inputs, sums modulo 5 were learned from 8 starts of 60, not 4.
 */
export function initialize(job: LevenbergJob): void {
  const net = job.network;
  const positions = job.options.count * job.options.length;
  const layers = net.hiddenDepth + net.outputDepth;
  for (let k = 0; k < layers; k++) {
    const layer = net.layer(k);
    for (let o = 0; o < layer.outputs; o++) {
      const size = k == layers - 1 ? scaleOf(job.y, positions, net.outputDim, o) : 1.0;
      for (let i = 0; i < layer.inputs; i++) {
        const at = layer.weight + o * layer.inputs + i;
        let spread = 1 / Math.sqrt(<f64>layer.inputs);
        if (k == 0) {
          spread = i < net.hiddenDim
            ? 1 / Math.sqrt(<f64>net.hiddenDim)
            : 2 / scaleOf(job.x, positions, net.inputDim, i - net.hiddenDim);
        }
        store<f64>(job.weights + ((<usize>at) << 3), deviate(job, at) * spread * size);
      }
      const at = layer.bias + o;
      const start = !layer.relu ? 0.0 : k == 0 ? kink(job, layer, o) : deviate(job, at);
      store<f64>(job.weights + ((<usize>at) << 3), start);
    }
  }
}
