// What benchmarks/kernels.mjs measures inside WebAssembly: the layer kernel without the call into
// the module, and the peak of the machine. Compiled with the module's flags; not part of it.

import { denseBackwardInput, denseBackwardWeights } from "./tensors/dense-backward";
import { denseForward } from "./tensors/dense-forward";
import { allocate, LANE_BYTES, LANES } from "./memory";
import { madd } from "./tensors/multiply-add";

/** What a round of `peak` does in floating-point operations. */
export const PEAK_OPERATIONS: i32 = 48;

const factors = memory.data<f32>(
  [
    0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8, 1.9, 2,
  ],
  16,
);

/**
 * Multiplications and additions of f32x4, independent but for 6 sums, repeated: the highest rate of
 * a core without fused multiply-add. 6 sums, 5 factors and a product stay in registers. The factors
 * come from memory because V8 moves a splat of a constant back into the loop. Measured:
 * chains of 6 products and 6 sums reach 0.75 of this, bound by the multiplication's latency;
 * assembler reaches 1.02 of it.
 */
export function peak(repeats: i32): f32 {
  const x0 = v128.load(factors);
  const x1 = v128.load(factors, 16);
  const x2 = v128.load(factors, 32);
  const w0 = v128.load(factors, 48);
  const w1 = v128.load(factors, 64);
  let a0 = f32x4.splat(0);
  let a1 = a0;
  let a2 = a0;
  let a3 = a0;
  let a4 = a0;
  let a5 = a0;
  for (let i = 0; i < repeats; i++) {
    a0 = madd(a0, x0, w0);
    a1 = madd(a1, x0, w1);
    a2 = madd(a2, x1, w0);
    a3 = madd(a3, x1, w1);
    a4 = madd(a4, x2, w0);
    a5 = madd(a5, x2, w1);
  }
  const sum = f32x4.add(f32x4.add(a0, a1), f32x4.add(f32x4.add(a2, a3), f32x4.add(a4, a5)));
  return f32x4.extract_lane(sum, 0);
}

@unmanaged
class LayerData {
  n: i32;
  chunks: i32;
  weight: usize;
  bias: usize;
  x: usize;
  y: usize;
  gradient: usize;
}

/** Weights, inputs and outputs of a layer with n inputs and outputs over chunks * 32 lanes. */
export function layerData(n: i32, chunks: i32): usize {
  const data = changetype<LayerData>(allocate(offsetof<LayerData>()));
  const rows = <usize>chunks * <usize>n * LANE_BYTES;
  data.n = n;
  data.chunks = chunks;
  data.weight = allocate((<usize>n * n) << 2);
  data.bias = allocate((<usize>n) << 2);
  data.x = allocate(rows);
  data.y = allocate(rows);
  data.gradient = allocate((<usize>(n + 1) * n) << 2);
  for (let i = 0; i < n * n; i++) {
    store<f32>(data.weight + ((<usize>i) << 2), <f32>((i % 7) - 3) * 0.01);
  }
  for (let i = 0; i < chunks * n * LANES; i++) {
    store<f32>(data.x + ((<usize>i) << 2), <f32>((i % 11) - 5) * 0.1);
  }
  return changetype<usize>(data);
}

/**
 * Passes over the whole batch: 0 forward with bias and ReLU, 1 the inputs' gradient behind a ReLU,
 * 2 the gradients of weights and biases. Called for each chunk, or once for all, as in network.ts.
 */
export function layer(handle: usize, pass: i32, repeats: i32): void {
  const data = changetype<LayerData>(handle);
  const n = data.n;
  const rows = <usize>n * LANE_BYTES;
  const end = <usize>data.chunks * rows;
  for (let r = 0; r < repeats; r++) {
    if (pass == 2) {
      denseBackwardWeights(
        data.y, rows, data.x, rows,
        data.gradient, data.gradient + ((<usize>n * n) << 2), n, n, data.chunks,
      );
      continue;
    }
    for (let c: usize = 0; c < end; c += rows) {
      const x = data.x + c;
      const y = data.y + c;
      if (pass == 0) {
        denseForward(
          data.weight, n, data.bias, x, LANE_BYTES, y, LANE_BYTES, n, n, LANES, true,
        );
      } else {
        denseBackwardInput(
          data.weight, n, x, LANE_BYTES, y, LANE_BYTES, x, n, n, LANES, false,
        );
      }
    }
  }
}
