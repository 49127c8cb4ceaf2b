// The normal equations of a least squares problem whose Jacobian lies in lanes, in f64.

import { LANE_BYTES } from "../memory";
import { madd } from "../tensors/multiply-add";

// @ts-ignore: decorator
@inline
function increase(matrix: usize, size: i32, row: i32, column: i32, v: v128): void {
  if (row >= size || column > row) return;
  const at = matrix + ((<usize>(row * size + column)) << 3);
  const sum =
    <f64>f32x4.extract_lane(v, 0) + <f64>f32x4.extract_lane(v, 1) +
    (<f64>f32x4.extract_lane(v, 2) + <f64>f32x4.extract_lane(v, 3));
  store<f64>(at, load<f64>(at) + sum);
}

/**
 * Adds J^T J of `blocks` blocks [rows][LANES] to the lower triangle of the f64 matrix, rows of
 * residuals included. Tiles of 4 by 2; rows beyond the last are read (the next block, or the
 * slack behind the Jacobian) and not stored.
 */
export function addNormal(matrix: usize, jacobian: usize, rows: i32, blocks: i32): void {
  const stride = <usize>rows * LANE_BYTES;
  for (let p = 0; p < rows; p += 4) {
    for (let q = 0; q < min(p + 4, rows); q += 2) {
      let a00 = f32x4.splat(0);
      let a01 = a00;
      let a10 = a00;
      let a11 = a00;
      let a20 = a00;
      let a21 = a00;
      let a30 = a00;
      let a31 = a00;
      let u = jacobian + <usize>p * LANE_BYTES;
      let v = jacobian + <usize>q * LANE_BYTES;
      for (let b = 0; b < blocks; b++) {
        for (let l: usize = 0; l < LANE_BYTES; l += 16) {
          const v0 = v128.load(v + l);
          const v1 = v128.load(v + l, 128);
          const u0 = v128.load(u + l);
          a00 = madd(a00, u0, v0);
          a01 = madd(a01, u0, v1);
          const u1 = v128.load(u + l, 128);
          a10 = madd(a10, u1, v0);
          a11 = madd(a11, u1, v1);
          const u2 = v128.load(u + l, 256);
          a20 = madd(a20, u2, v0);
          a21 = madd(a21, u2, v1);
          const u3 = v128.load(u + l, 384);
          a30 = madd(a30, u3, v0);
          a31 = madd(a31, u3, v1);
        }
        u += stride;
        v += stride;
      }
      increase(matrix, rows, p, q, a00);
      increase(matrix, rows, p, q + 1, a01);
      increase(matrix, rows, p + 1, q, a10);
      increase(matrix, rows, p + 1, q + 1, a11);
      increase(matrix, rows, p + 2, q, a20);
      increase(matrix, rows, p + 2, q + 1, a21);
      increase(matrix, rows, p + 3, q, a30);
      increase(matrix, rows, p + 3, q + 1, a31);
    }
  }
}

/**
 * Cholesky solve of (N + damping D) step = J^T r, where `a` is J^T J of [J, r] as `addNormal` gives
 * it, n + 1 rows, and `l` has room for the factor, [n][n]; false when the matrix is not positive.
 */
export function solveDamped(a: usize, n: i32, damping: f64, l: usize, step: usize): bool {
  const size = n + 1;
  let trace = 0.0;
  for (let i = 0; i < n; i++) trace += load<f64>(a + ((<usize>(i * size + i)) << 3));
  const floor = (1e-6 * trace) / <f64>n;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = load<f64>(a + ((<usize>(i * size + j)) << 3));
      if (i == j) sum += damping * (sum + floor);
      const li = l + ((<usize>(i * n)) << 3);
      const lj = l + ((<usize>(j * n)) << 3);
      const end = (<usize>j) << 3;
      for (let k: usize = 0; k < end; k += 8) sum -= load<f64>(li + k) * load<f64>(lj + k);
      if (i == j) {
        if (!(sum > 0)) return false;
        store<f64>(li + ((<usize>j) << 3), Math.sqrt(sum));
      } else {
        store<f64>(li + ((<usize>j) << 3), sum / load<f64>(lj + ((<usize>j) << 3)));
      }
    }
  }
  const gradient = a + ((<usize>(n * size)) << 3);
  for (let i = 0; i < n; i++) {
    let sum = load<f64>(gradient + ((<usize>i) << 3));
    for (let k = 0; k < i; k++) {
      sum -= load<f64>(l + ((<usize>(i * n + k)) << 3)) * load<f64>(step + ((<usize>k) << 3));
    }
    store<f64>(step + ((<usize>i) << 3), sum / load<f64>(l + ((<usize>(i * n + i)) << 3)));
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = load<f64>(step + ((<usize>i) << 3));
    for (let k = i + 1; k < n; k++) {
      sum -= load<f64>(l + ((<usize>(k * n + i)) << 3)) * load<f64>(step + ((<usize>k) << 3));
    }
    store<f64>(step + ((<usize>i) << 3), sum / load<f64>(l + ((<usize>(i * n + i)) << 3)));
  }
  return true;
}
