// What benchmarks/kernels.mjs measures inside WebAssembly: the layer kernel without the call into
// the module, and the peak of the machine. Compiled with the module's flags; not part of it.

import { denseBackwardInput, denseBackwardWeights, denseForward } from "./dense";
import { allocate, LANE_BYTES, LANES, release } from "./memory";

/**
 * Multiplications and additions of f32x4 in 12 independent chains, repeated: 96 floating-point
 * operations a round. The highest rate that one core reaches without fused multiply-add.
 */
export function peak(repeats: i32): f32 {
  const m = f32x4.splat(0.999999);
  const c = f32x4.splat(1e-6);
  let a0 = f32x4.splat(1);
  let a1 = f32x4.splat(2);
  let a2 = f32x4.splat(3);
  let a3 = f32x4.splat(4);
  let a4 = f32x4.splat(5);
  let a5 = f32x4.splat(6);
  let b0 = f32x4.splat(1);
  let b1 = f32x4.splat(2);
  let b2 = f32x4.splat(3);
  let b3 = f32x4.splat(4);
  let b4 = f32x4.splat(5);
  let b5 = f32x4.splat(6);
  for (let i = 0; i < repeats; i++) {
    a0 = f32x4.mul(a0, m);
    b0 = f32x4.add(b0, c);
    a1 = f32x4.mul(a1, m);
    b1 = f32x4.add(b1, c);
    a2 = f32x4.mul(a2, m);
    b2 = f32x4.add(b2, c);
    a3 = f32x4.mul(a3, m);
    b3 = f32x4.add(b3, c);
    a4 = f32x4.mul(a4, m);
    b4 = f32x4.add(b4, c);
    a5 = f32x4.mul(a5, m);
    b5 = f32x4.add(b5, c);
    a0 = f32x4.mul(a0, m);
    b0 = f32x4.add(b0, c);
    a1 = f32x4.mul(a1, m);
    b1 = f32x4.add(b1, c);
    a2 = f32x4.mul(a2, m);
    b2 = f32x4.add(b2, c);
    a3 = f32x4.mul(a3, m);
    b3 = f32x4.add(b3, c);
    a4 = f32x4.mul(a4, m);
    b4 = f32x4.add(b4, c);
    a5 = f32x4.mul(a5, m);
    b5 = f32x4.add(b5, c);
  }
  a0 = f32x4.add(f32x4.add(f32x4.add(a0, a1), f32x4.add(a2, a3)), f32x4.add(a4, a5));
  b0 = f32x4.add(f32x4.add(f32x4.add(b0, b1), f32x4.add(b2, b3)), f32x4.add(b4, b5));
  return f32x4.extract_lane(f32x4.add(a0, b0), 0);
}

/** Layer with n inputs and outputs over chunks * 32 lanes; pass 0 forward, 1 and 2 backward. */
export function layer(pass: i32, n: i32, chunks: i32, repeats: i32): f32 {
  const rows = <usize>n * LANE_BYTES;
  const weights = (<usize>n * n) << 2;
  const w = allocate(weights);
  const b = allocate((<usize>n) << 2);
  const x = allocate(<usize>chunks * rows);
  const y = allocate(<usize>chunks * rows);
  for (let i = 0; i < n * n; i++) store<f32>(w + ((<usize>i) << 2), <f32>((i % 7) - 3) * 0.01);
  for (let i = 0; i < chunks * n * LANES; i++) {
    store<f32>(x + ((<usize>i) << 2), <f32>((i % 11) - 5) * 0.1);
  }
  for (let r = 0; r < repeats; r++) {
    if (pass == 2) {
      denseBackwardWeights(y, rows, x, rows, w, b, n, n, chunks);
      continue;
    }
    for (let c: usize = 0; c < <usize>chunks; c++) {
      const from = x + c * rows;
      const to = y + c * rows;
      if (pass == 0) denseForward(w, n, b, from, LANE_BYTES, to, LANE_BYTES, n, n, LANES, true);
      else denseBackwardInput(w, n, from, LANE_BYTES, to, LANE_BYTES, from, n, n, LANES, false);
    }
  }
  const result = load<f32>(pass == 2 ? w : y);
  release(w);
  release(b);
  release(x);
  release(y);
  return result;
}
