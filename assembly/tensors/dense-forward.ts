// A dense layer over lanes: x is [inputs][lanes], y is [outputs][lanes], f32, lanes a multiple of
// 32. Weights are row-major [outputs][rowLength] and read by splatted loads. A tile of 4 rows by 8
// lanes keeps 8 accumulators in registers; more spill. Tails of 2 rows by 16 lanes and 1 row by 32
// keep the same 8, so that layers of 1 to 3 rows waste nothing. Strides are in bytes.
//
// The innermost loops do one step. V8 unrolls them itself; unrolled here, it moves all loads of a
// round to its front and spills them: 54 % of the machine's peak instead of 90, measured at 64.

import { madd } from "./multiply-add";

// @ts-ignore: decorator
@inline
function rectify(v: v128, relu: bool): v128 {
  // pmax(v, 0) is v < 0 ? 0 : v and keeps NaN; pmax(0, v) would hide a divergence. f32x4.max is 8
  // instructions on x64: with it the layer is 1.4 to 1.5 times slower at sizes 4 and 8, measured.
  return relu ? f32x4.pmax(v, f32x4.splat(0)) : v;
}

/**
 * 4 rows of y; `used` and `width` are bytes, of the weights of a row that count and of its lanes.
 */
// @ts-ignore: decorator
@inline
function fourRows(
  weight: usize, row: usize, used: usize, bias: usize,
  x: usize, xStride: usize, y: usize, yStride: usize, width: usize, relu: bool,
): void {
  const w1 = weight + row;
  const w2 = w1 + row;
  const w3 = w2 + row;
  let b0 = f32x4.splat(0);
  let b1 = b0;
  let b2 = b0;
  let b3 = b0;
  if (bias) {
    b0 = v128.load_splat<f32>(bias);
    b1 = v128.load_splat<f32>(bias, 4);
    b2 = v128.load_splat<f32>(bias, 8);
    b3 = v128.load_splat<f32>(bias, 12);
  }
  for (let l: usize = 0; l < width; l += 32) {
    let a00 = b0;
    let a01 = b0;
    let a10 = b1;
    let a11 = b1;
    let a20 = b2;
    let a21 = b2;
    let a30 = b3;
    let a31 = b3;
    let p = x + l;
    for (let i: usize = 0; i < used; i += 4) {
      const x0 = v128.load(p);
      const x1 = v128.load(p, 16);
      const s0 = v128.load_splat<f32>(weight + i);
      a00 = madd(a00, s0, x0);
      a01 = madd(a01, s0, x1);
      const s1 = v128.load_splat<f32>(w1 + i);
      a10 = madd(a10, s1, x0);
      a11 = madd(a11, s1, x1);
      const s2 = v128.load_splat<f32>(w2 + i);
      a20 = madd(a20, s2, x0);
      a21 = madd(a21, s2, x1);
      const s3 = v128.load_splat<f32>(w3 + i);
      a30 = madd(a30, s3, x0);
      a31 = madd(a31, s3, x1);
      p += xStride;
    }
    let q = y + l;
    v128.store(q, rectify(a00, relu));
    v128.store(q, rectify(a01, relu), 16);
    q += yStride;
    v128.store(q, rectify(a10, relu));
    v128.store(q, rectify(a11, relu), 16);
    q += yStride;
    v128.store(q, rectify(a20, relu));
    v128.store(q, rectify(a21, relu), 16);
    q += yStride;
    v128.store(q, rectify(a30, relu));
    v128.store(q, rectify(a31, relu), 16);
  }
}

// @ts-ignore: decorator
@inline
function twoRows(
  weight: usize, row: usize, used: usize, bias: usize,
  x: usize, xStride: usize, y: usize, yStride: usize, width: usize, relu: bool,
): void {
  const w1 = weight + row;
  let b0 = f32x4.splat(0);
  let b1 = b0;
  if (bias) {
    b0 = v128.load_splat<f32>(bias);
    b1 = v128.load_splat<f32>(bias, 4);
  }
  for (let l: usize = 0; l < width; l += 64) {
    let a00 = b0;
    let a01 = b0;
    let a02 = b0;
    let a03 = b0;
    let a10 = b1;
    let a11 = b1;
    let a12 = b1;
    let a13 = b1;
    let p = x + l;
    for (let i: usize = 0; i < used; i += 4) {
      const x0 = v128.load(p);
      const x1 = v128.load(p, 16);
      const x2 = v128.load(p, 32);
      const x3 = v128.load(p, 48);
      const s0 = v128.load_splat<f32>(weight + i);
      a00 = madd(a00, s0, x0);
      a01 = madd(a01, s0, x1);
      a02 = madd(a02, s0, x2);
      a03 = madd(a03, s0, x3);
      const s1 = v128.load_splat<f32>(w1 + i);
      a10 = madd(a10, s1, x0);
      a11 = madd(a11, s1, x1);
      a12 = madd(a12, s1, x2);
      a13 = madd(a13, s1, x3);
      p += xStride;
    }
    let q = y + l;
    v128.store(q, rectify(a00, relu));
    v128.store(q, rectify(a01, relu), 16);
    v128.store(q, rectify(a02, relu), 32);
    v128.store(q, rectify(a03, relu), 48);
    q += yStride;
    v128.store(q, rectify(a10, relu));
    v128.store(q, rectify(a11, relu), 16);
    v128.store(q, rectify(a12, relu), 32);
    v128.store(q, rectify(a13, relu), 48);
  }
}

// @ts-ignore: decorator
@inline
function oneRow(
  weight: usize, used: usize, bias: usize,
  x: usize, xStride: usize, y: usize, width: usize, relu: bool,
): void {
  const b0 = bias ? v128.load_splat<f32>(bias) : f32x4.splat(0);
  for (let l: usize = 0; l < width; l += 128) {
    let a0 = b0;
    let a1 = b0;
    let a2 = b0;
    let a3 = b0;
    let a4 = b0;
    let a5 = b0;
    let a6 = b0;
    let a7 = b0;
    let p = x + l;
    for (let i: usize = 0; i < used; i += 4) {
      const s = v128.load_splat<f32>(weight + i);
      a0 = madd(a0, s, v128.load(p));
      a1 = madd(a1, s, v128.load(p, 16));
      a2 = madd(a2, s, v128.load(p, 32));
      a3 = madd(a3, s, v128.load(p, 48));
      a4 = madd(a4, s, v128.load(p, 64));
      a5 = madd(a5, s, v128.load(p, 80));
      a6 = madd(a6, s, v128.load(p, 96));
      a7 = madd(a7, s, v128.load(p, 112));
      p += xStride;
    }
    const q = y + l;
    v128.store(q, rectify(a0, relu));
    v128.store(q, rectify(a1, relu), 16);
    v128.store(q, rectify(a2, relu), 32);
    v128.store(q, rectify(a3, relu), 48);
    v128.store(q, rectify(a4, relu), 64);
    v128.store(q, rectify(a5, relu), 80);
    v128.store(q, rectify(a6, relu), 96);
    v128.store(q, rectify(a7, relu), 112);
  }
}

/**
 * y[o] = b[o] + sum over i of w[o][i] x[i], each a row of lanes; ReLU on request.
 * bias may be 0 (no bias). x and y must not overlap.
 */
export function denseForward(
  weight: usize, rowLength: i32, bias: usize,
  x: usize, xStride: usize, y: usize, yStride: usize,
  inputs: i32, outputs: i32, lanes: i32, relu: bool,
): void {
  const row = (<usize>rowLength) << 2;
  const used = (<usize>inputs) << 2;
  const width = (<usize>lanes) << 2;
  let o = 0;
  for (; o + 4 <= outputs; o += 4) {
    fourRows(weight, row, used, bias, x, xStride, y, yStride, width, relu);
    weight += 4 * row;
    if (bias) bias += 16;
    y += 4 * yStride;
  }
  if (o + 2 <= outputs) {
    twoRows(weight, row, used, bias, x, xStride, y, yStride, width, relu);
    weight += 2 * row;
    if (bias) bias += 8;
    y += 2 * yStride;
    o += 2;
  }
  if (o < outputs) oneRow(weight, used, bias, x, xStride, y, width, relu);
}
