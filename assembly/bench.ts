// What `npm run bench:kernels` times inside WebAssembly; not part of the published module.

import { denseBackwardInput, denseBackwardWeights, denseForward } from "./dense";
import { allocate, LANE_BYTES } from "./memory";

/**
 * Multiplies and adds in registers, 7 chains of each; 56 operations a repeat. The chains are as
 * many as the 16 registers hold, which hides the latency of both.
 */
export function peak(repeats: i32): f32 {
  const c = f32x4.splat(1.0000001);
  let m0 = c;
  let m1 = c;
  let m2 = c;
  let m3 = c;
  let m4 = c;
  let m5 = c;
  let m6 = c;
  let a0 = c;
  let a1 = c;
  let a2 = c;
  let a3 = c;
  let a4 = c;
  let a5 = c;
  let a6 = c;
  for (let r = 0; r < repeats; r++) {
    m0 = f32x4.mul(m0, c);
    a0 = f32x4.add(a0, c);
    m1 = f32x4.mul(m1, c);
    a1 = f32x4.add(a1, c);
    m2 = f32x4.mul(m2, c);
    a2 = f32x4.add(a2, c);
    m3 = f32x4.mul(m3, c);
    a3 = f32x4.add(a3, c);
    m4 = f32x4.mul(m4, c);
    a4 = f32x4.add(a4, c);
    m5 = f32x4.mul(m5, c);
    a5 = f32x4.add(a5, c);
    m6 = f32x4.mul(m6, c);
    a6 = f32x4.add(a6, c);
  }
  const m = f32x4.add(f32x4.add(f32x4.add(m0, m1), f32x4.add(m2, m3)), f32x4.add(f32x4.add(m4, m5), m6));
  const a = f32x4.add(f32x4.add(f32x4.add(a0, a1), f32x4.add(a2, a3)), f32x4.add(f32x4.add(a4, a5), a6));
  return f32x4.extract_lane(f32x4.add(m, a), 0);
}

let weight: usize = 0;
let x: usize = 0;
let y: usize = 0;
let gradient: usize = 0;

function fill(block: usize, numbers: i32): void {
  for (let i = 0; i < numbers; i++) store<f32>(block + ((<usize>i) << 2), <f32>((i * 7) % 13) * 0.01);
}

/** Buffers for layers up to 128 by 128 and a batch of 256. */
export function prepare(): void {
  weight = allocate(129 * 128 * 4);
  x = allocate(128 * 256 * 4);
  y = allocate(128 * 256 * 4);
  gradient = allocate(129 * 128 * 4);
  fill(weight, 129 * 128);
  fill(x, 128 * 256);
}

export function forwardRepeats(size: i32, chunks: i32, repeats: i32): void {
  const bias = weight + ((<usize>(size * size)) << 2);
  for (let r = 0; r < repeats; r++) {
    for (let chunk = 0; chunk < chunks; chunk++) {
      const at = <usize>(chunk * size) * LANE_BYTES;
      denseForward(weight, size, bias, x + at, LANE_BYTES, y + at, LANE_BYTES, size, size, 32, true);
    }
  }
}

export function backwardRepeats(size: i32, chunks: i32, repeats: i32): void {
  const bias = gradient + ((<usize>(size * size)) << 2);
  for (let r = 0; r < repeats; r++) {
    for (let chunk = 0; chunk < chunks; chunk++) {
      const at = <usize>(chunk * size) * LANE_BYTES;
      denseBackwardInput(weight, size, x + at, LANE_BYTES, y + at, LANE_BYTES, 0, size, size, 32, false);
    }
    const stride = <usize>size * LANE_BYTES;
    denseBackwardWeights(x, stride, y, stride, gradient, bias, size, size, chunks);
  }
}
