// Inference in f64, for reading a network rather than training it: hidden states and outputs of
// every position. 16 sequences lie along the lanes, [feature][16] f64.

import { allocate, release } from "../memory";
import { Layer, layoutNetwork, Network, NETWORK_BYTES, Shape } from "./network";

const LANES64: i32 = 16;
const ROW: usize = 128;

/** y[o] = b[o] + sum over i of w[o][i] x[i] for one block of 16 lanes; x and y must not overlap. */
function dense64(weights: usize, layer: Layer, x: usize, y: usize): void {
  const inputs = <usize>layer.inputs;
  const zero = f64x2.splat(0);
  for (let o = 0; o < layer.outputs; o++) {
    let w = weights + ((<usize>layer.weight + <usize>o * inputs) << 3);
    let a0 = v128.load_splat<f64>(weights + ((<usize>layer.bias + <usize>o) << 3));
    let a1 = a0;
    let a2 = a0;
    let a3 = a0;
    let a4 = a0;
    let a5 = a0;
    let a6 = a0;
    let a7 = a0;
    let p = x;
    for (let i: usize = 0; i < inputs; i++) {
      const s = v128.load_splat<f64>(w);
      a0 = f64x2.add(a0, f64x2.mul(s, v128.load(p)));
      a1 = f64x2.add(a1, f64x2.mul(s, v128.load(p, 16)));
      a2 = f64x2.add(a2, f64x2.mul(s, v128.load(p, 32)));
      a3 = f64x2.add(a3, f64x2.mul(s, v128.load(p, 48)));
      a4 = f64x2.add(a4, f64x2.mul(s, v128.load(p, 64)));
      a5 = f64x2.add(a5, f64x2.mul(s, v128.load(p, 80)));
      a6 = f64x2.add(a6, f64x2.mul(s, v128.load(p, 96)));
      a7 = f64x2.add(a7, f64x2.mul(s, v128.load(p, 112)));
      w += 8;
      p += ROW;
    }
    if (layer.relu) {
      a0 = f64x2.max(a0, zero);
      a1 = f64x2.max(a1, zero);
      a2 = f64x2.max(a2, zero);
      a3 = f64x2.max(a3, zero);
      a4 = f64x2.max(a4, zero);
      a5 = f64x2.max(a5, zero);
      a6 = f64x2.max(a6, zero);
      a7 = f64x2.max(a7, zero);
    }
    const q = y + <usize>o * ROW;
    v128.store(q, a0);
    v128.store(q, a1, 16);
    v128.store(q, a2, 32);
    v128.store(q, a3, 48);
    v128.store(q, a4, 64);
    v128.store(q, a5, 80);
    v128.store(q, a6, 96);
    v128.store(q, a7, 112);
  }
}

/** Runs layers `from` to `to` on `input`; returns where the last one's output is. */
function runLayers(
  net: Network, from: i32, to: i32, weights: usize, input: usize, a: usize, b: usize,
): usize {
  let x = input;
  for (let k = from; k < to; k++) {
    const y = (k - from) & 1 ? b : a;
    dense64(weights, net.layer(k), x, y);
    x = y;
  }
  return x;
}

/**
 * Returns h [count][length][hiddenDim] and then y [count][length][outputDim]. `initial` is
 * [hiddenDim], or [count][hiddenDim] when it is longer.
 */
export function networkRun(
  shape: Shape, weights: Float64Array, initial: Float64Array, x: Int32Array,
  count: i32, length: i32,
): Float64Array {
  const net = changetype<Network>(allocate(NETWORK_BYTES));
  layoutNetwork(net, shape);
  const hidden = net.hiddenDim;
  const inputs = net.inputDim;
  const outputs = net.outputDim;
  const positions = count * length;
  const result = new Float64Array(positions * (hidden + outputs));
  const hs = result.dataStart;
  const ys = hs + ((<usize>positions * <usize>hidden) << 3);
  const widest = max(max(shape.hiddenWidth, shape.outputWidth), outputs);
  const rows = <usize>max(hidden + inputs, widest);
  const block = allocate(4 * rows * ROW);
  const z = block;
  const a = block + rows * ROW;
  const b = a + rows * ROW;
  const g = b + rows * ROW;
  const shared = initial.length == hidden;
  for (let first = 0; first < count; first += LANES64) {
    const used = min(LANES64, count - first);
    for (let lane = 0; lane < used; lane++) {
      for (let j = 0; j < hidden; j++) {
        const at = shared ? j : (first + lane) * hidden + j;
        store<f64>(z + <usize>j * ROW + ((<usize>lane) << 3), unchecked(initial[at]));
      }
    }
    for (let t = 0; t < length; t++) {
      for (let lane = 0; lane < used; lane++) {
        const row = ((first + lane) * length + t) * inputs;
        for (let i = 0; i < inputs; i++) {
          const to = z + <usize>(hidden + i) * ROW + ((<usize>lane) << 3);
          store<f64>(to, <f64>unchecked(x[row + i]));
        }
      }
      const h = runLayers(net, 0, net.hiddenDepth, weights.dataStart, z, a, b);
      memory.copy(z, h, <usize>hidden * ROW);
      const last = net.hiddenDepth + net.outputDepth;
      const y = runLayers(net, net.hiddenDepth, last, weights.dataStart, z, a, g);
      for (let lane = 0; lane < used; lane++) {
        const position = <usize>((first + lane) * length + t);
        for (let j = 0; j < hidden; j++) {
          const value = load<f64>(z + <usize>j * ROW + ((<usize>lane) << 3));
          store<f64>(hs + ((position * <usize>hidden + <usize>j) << 3), value);
        }
        for (let o = 0; o < outputs; o++) {
          const value = load<f64>(y + <usize>o * ROW + ((<usize>lane) << 3));
          store<f64>(ys + ((position * <usize>outputs + <usize>o) << 3), value);
        }
      }
    }
  }
  release(block);
  release(changetype<usize>(net));
  return result;
}
