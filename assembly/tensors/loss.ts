import { LANE_BYTES } from "../memory";

/** 0.5 e^2 */
export const SQUARED: i32 = 0;
/** 0.5 log(1 + e^2), the paper's */
export const LOG: i32 = 1;
/** 0.5 e^2 up to |e| = 1, then |e| - 0.5 (Huber 1964) */
export const HUBER: i32 = 2;

/**
 * Writes dL/dy * scale for one position of one chunk: y, target and delta are [outputs][LANES],
 * mask is [LANES] with 1 for a sequence that counts and 0 for padding. Errors below `deadZone` give
 * no gradient: a rounded output is right there already.
 */
export function lossGradient(
  kind: i32, y: usize, target: usize, delta: usize, mask: usize, outputs: i32, scale: f32,
  deadZone: f32,
): void {
  const factor = f32x4.splat(scale);
  const one = f32x4.splat(1);
  const least = f32x4.splat(deadZone);
  for (let o = 0; o < outputs; o++) {
    const row = <usize>o * LANE_BYTES;
    for (let l: usize = 0; l < LANE_BYTES; l += 16) {
      const e = f32x4.sub(v128.load(y + row + l), v128.load(target + row + l));
      let d = e;
      if (kind == LOG) d = f32x4.div(e, f32x4.add(one, f32x4.mul(e, e)));
      else if (kind == HUBER) d = f32x4.max(f32x4.neg(one), f32x4.min(one, e));
      // written so that NaN stays
      d = v128.andnot(d, f32x4.lt(f32x4.abs(e), least));
      d = f32x4.mul(d, f32x4.mul(v128.load(mask + l), factor));
      v128.store(delta + row + l, d);
    }
  }
}

/**
 * Sum of the losses of one position of one chunk, in f64, for the lanes below `lanes`; no dead
 * zone.
 */
export function lossSum(kind: i32, y: usize, target: usize, outputs: i32, lanes: i32): f64 {
  let sum = 0.0;
  for (let o = 0; o < outputs; o++) {
    const row = <usize>o * LANE_BYTES;
    for (let lane = 0; lane < lanes; lane++) {
      const at = row + ((<usize>lane) << 2);
      const e = <f64>load<f32>(y + at) - <f64>load<f32>(target + at);
      if (kind == LOG) sum += 0.5 * NativeMath.log(1 + e * e);
      else if (kind == HUBER && abs(e) > 1) sum += abs(e) - 0.5;
      else sum += 0.5 * e * e;
    }
  }
  return sum;
}
