// The network h_t = f([h_(t-1), x_t]), y_t = g(h_t), f and g perceptrons of 1 to 3 layers, unrolled
// over one chunk of LANES sequences. Activations are [time][feature][lane]; the input of f at time
// t is one block z[t] of hiddenDim + inputDim rows, into whose first rows f at t - 1 writes h.

import { denseBackwardInput, denseBackwardWeights } from "./dense-backward";
import { denseForward } from "./dense-forward";
import { Arena, LANE_BYTES } from "../memory";

/** A network's sizes, as `NetworkShape` of packages/kernels. */
@unmanaged
export class Shape {
  inputDim: i32;
  outputDim: i32;
  hiddenDim: i32;
  hiddenDepth: i32;
  hiddenWidth: i32;
  outputDepth: i32;
  outputWidth: i32;
}

/**
 * A layer's place among the parameters, counted in numbers: weight [outputs][inputs], then bias.
 */
@unmanaged
export class Layer {
  inputs: i32;
  outputs: i32;
  weight: i32;
  bias: i32;
  relu: bool;
  // activations that enter and leave at time 0, and the distance to the next time, in bytes
  input: usize;
  inputTime: usize;
  output: usize;
  outputTime: usize;
  // their gradients
  inputDelta: usize;
  inputDeltaTime: usize;
  outputDelta: usize;
  outputDeltaTime: usize;
}

const LAYER_BYTES: usize = offsetof<Layer>();

@unmanaged
export class Network {
  inputDim: i32;
  outputDim: i32;
  hiddenDim: i32;
  hiddenDepth: i32;
  outputDepth: i32;
  /** Number of parameters, and how many of them are f's. */
  parameters: i32;
  hiddenParameters: i32;
  /** Longest sequence that the buffers hold. */
  length: i32;
  layers: usize;
  z: usize;
  zTime: usize;
  y: usize;
  yTime: usize;
  yDelta: usize;
  hDelta: usize;
  hDeltaTime: usize;
  /** Added to h after every position, [time][hiddenDim][lane]; 0 where there is none. */
  noise: usize;

  layer(index: i32): Layer {
    return changetype<Layer>(this.layers + <usize>index * LAYER_BYTES);
  }
}

/** Size of the record with its layers' records behind it. */
export const NETWORK_BYTES: usize = offsetof<Network>() + 6 * LAYER_BYTES;

function place(net: Network, index: i32, inputs: i32, outputs: i32, relu: bool): Layer {
  const layer = net.layer(index);
  layer.inputs = inputs;
  layer.outputs = outputs;
  layer.weight = net.parameters;
  layer.bias = net.parameters + inputs * outputs;
  layer.relu = relu;
  net.parameters += (inputs + 1) * outputs;
  return layer;
}

/** Sets the network's sizes. `net` has NETWORK_BYTES; its buffers follow with `layoutBuffers`. */
export function layoutNetwork(net: Network, shape: Shape): void {
  net.inputDim = shape.inputDim;
  net.outputDim = shape.outputDim;
  net.hiddenDim = shape.hiddenDim;
  net.hiddenDepth = shape.hiddenDepth;
  net.outputDepth = shape.outputDepth;
  net.layers = changetype<usize>(net) + offsetof<Network>();
  net.parameters = 0;
  let entering = net.hiddenDim + net.inputDim;
  for (let k = 0; k < net.hiddenDepth; k++) {
    const last = k == net.hiddenDepth - 1;
    const leaving = last ? net.hiddenDim : shape.hiddenWidth;
    place(net, k, entering, leaving, !last);
    entering = leaving;
  }
  net.hiddenParameters = net.parameters;
  for (let k = 0; k < net.outputDepth; k++) {
    const last = k == net.outputDepth - 1;
    const leaving = last ? net.outputDim : shape.outputWidth;
    place(net, net.hiddenDepth + k, entering, leaving, !last);
    entering = leaving;
  }
}

/** Lays out the activations for `length` positions, and their gradients where wanted. */
export function layoutBuffers(net: Network, length: i32, gradients: bool, arena: Arena): void {
  const steps = <usize>length;
  net.length = length;
  net.zTime = <usize>(net.hiddenDim + net.inputDim) * LANE_BYTES;
  net.z = arena.take((steps + 1) * net.zTime);
  net.yTime = <usize>net.outputDim * LANE_BYTES;
  net.y = arena.take(steps * net.yTime);
  net.hDeltaTime = <usize>net.hiddenDim * LANE_BYTES;
  if (gradients) {
    net.yDelta = arena.take(steps * net.yTime);
    net.hDelta = arena.take((steps + 1) * net.hDeltaTime);
  }
  const layers = net.hiddenDepth + net.outputDepth;
  let input = net.z;
  let inputTime = net.zTime;
  let inputDelta = net.hDelta;
  let inputDeltaTime = net.hDeltaTime;
  for (let k = 0; k < layers; k++) {
    const layer = net.layer(k);
    layer.input = input;
    layer.inputTime = inputTime;
    layer.inputDelta = inputDelta;
    layer.inputDeltaTime = inputDeltaTime;
    if (k == net.hiddenDepth - 1) {
      layer.output = net.z + net.zTime;
      layer.outputTime = net.zTime;
      layer.outputDelta = net.hDelta + net.hDeltaTime;
      layer.outputDeltaTime = net.hDeltaTime;
    } else if (k == layers - 1) {
      layer.output = net.y;
      layer.outputTime = net.yTime;
      layer.outputDelta = net.yDelta;
      layer.outputDeltaTime = net.yTime;
    } else {
      const time = <usize>layer.outputs * LANE_BYTES;
      layer.output = arena.take(steps * time);
      layer.outputTime = time;
      layer.outputDelta = gradients ? arena.take(steps * time) : 0;
      layer.outputDeltaTime = time;
    }
    input = layer.output;
    inputTime = layer.outputTime;
    inputDelta = layer.outputDelta;
    inputDeltaTime = layer.outputDeltaTime;
  }
}

function forwardLayer(layer: Layer, t: i32, parameters: usize): void {
  denseForward(
    parameters + ((<usize>layer.weight) << 2), layer.inputs,
    parameters + ((<usize>layer.bias) << 2),
    layer.input + <usize>t * layer.inputTime, LANE_BYTES,
    layer.output + <usize>t * layer.outputTime, LANE_BYTES,
    layer.inputs, layer.outputs, 32, layer.relu,
  );
}

function addNoise(net: Network, t: i32): void {
  const h = net.z + <usize>(t + 1) * net.zTime;
  const noise = net.noise + <usize>t * net.hDeltaTime;
  for (let at: usize = 0; at < net.hDeltaTime; at += 16) {
    v128.store(h + at, f32x4.add(v128.load(h + at), v128.load(noise + at)));
  }
}

/** Runs `length` positions; z[0] holds h_0 and every z[t] its inputs. */
export function forward(net: Network, length: i32, parameters: usize): void {
  const hiddenDepth = net.hiddenDepth;
  const layers = hiddenDepth + net.outputDepth;
  for (let t = 0; t < length; t++) {
    for (let k = 0; k < hiddenDepth; k++) forwardLayer(net.layer(k), t, parameters);
    if (net.noise) addNoise(net, t);
    for (let k = hiddenDepth; k < layers; k++) forwardLayer(net.layer(k), t, parameters);
  }
}

function backwardLayer(
  layer: Layer, t: i32, parameters: usize, columns: i32, rectified: bool, accumulate: bool,
): void {
  denseBackwardInput(
    parameters + ((<usize>layer.weight) << 2), layer.inputs,
    layer.outputDelta + <usize>t * layer.outputDeltaTime, LANE_BYTES,
    layer.inputDelta + <usize>t * layer.inputDeltaTime, LANE_BYTES,
    rectified ? layer.input + <usize>t * layer.inputTime : 0,
    columns, layer.outputs, 32, accumulate,
  );
}

/**
 * Backpropagation through time over the chunk that `forward` has just run: from yDelta, adds the
 * gradient of every parameter to `gradient` (laid out as the parameters).
 */
export function backward(net: Network, length: i32, parameters: usize, gradient: usize): void {
  const hiddenDepth = net.hiddenDepth;
  const layers = hiddenDepth + net.outputDepth;
  for (let t = 0; t < length; t++) {
    for (let k = layers - 1; k >= hiddenDepth; k--) {
      const layer = net.layer(k);
      backwardLayer(layer, t, parameters, layer.inputs, k > hiddenDepth, false);
    }
  }
  for (let t = length - 1; t >= 0; t--) {
    for (let k = hiddenDepth - 1; k > 0; k--) {
      const layer = net.layer(k);
      backwardLayer(layer, t, parameters, layer.inputs, true, false);
    }
    // h_0 is not trained; the gradient of h_(t-1) joins what g wanted of it
    if (t > 0) backwardLayer(net.layer(0), t, parameters, net.hiddenDim, false, true);
  }
  for (let k = 0; k < layers; k++) {
    const layer = net.layer(k);
    denseBackwardWeights(
      layer.outputDelta, layer.outputDeltaTime, layer.input, layer.inputTime,
      gradient + ((<usize>layer.weight) << 2), gradient + ((<usize>layer.bias) << 2),
      layer.inputs, layer.outputs, length,
    );
  }
}
