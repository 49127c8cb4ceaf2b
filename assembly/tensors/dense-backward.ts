// The gradients of a dense layer over lanes, laid out and tiled as in dense-forward.ts.

import { madd } from "./multiply-add";

// @ts-ignore: decorator
@inline
function masked(v: v128, activation: usize): v128 {
  return v128.and(v, f32x4.gt(v128.load(activation), f32x4.splat(0)));
}

// @ts-ignore: decorator
@inline
function fourColumns(
  weight: usize, row: usize, dy: usize, dyStride: usize, dx: usize, dxStride: usize,
  activation: usize, outputs: i32, width: usize, accumulate: bool,
): void {
  for (let l: usize = 0; l < width; l += 32) {
    const q0 = dx + l;
    const q1 = q0 + dxStride;
    const q2 = q1 + dxStride;
    const q3 = q2 + dxStride;
    let a00 = f32x4.splat(0);
    let a01 = a00;
    let a10 = a00;
    let a11 = a00;
    let a20 = a00;
    let a21 = a00;
    let a30 = a00;
    let a31 = a00;
    if (accumulate) {
      a00 = v128.load(q0);
      a01 = v128.load(q0, 16);
      a10 = v128.load(q1);
      a11 = v128.load(q1, 16);
      a20 = v128.load(q2);
      a21 = v128.load(q2, 16);
      a30 = v128.load(q3);
      a31 = v128.load(q3, 16);
    }
    let w = weight;
    let p = dy + l;
    for (let o = 0; o < outputs; o++) {
      const d0 = v128.load(p);
      const d1 = v128.load(p, 16);
      const s0 = v128.load_splat<f32>(w);
      a00 = madd(a00, s0, d0);
      a01 = madd(a01, s0, d1);
      const s1 = v128.load_splat<f32>(w, 4);
      a10 = madd(a10, s1, d0);
      a11 = madd(a11, s1, d1);
      const s2 = v128.load_splat<f32>(w, 8);
      a20 = madd(a20, s2, d0);
      a21 = madd(a21, s2, d1);
      const s3 = v128.load_splat<f32>(w, 12);
      a30 = madd(a30, s3, d0);
      a31 = madd(a31, s3, d1);
      w += row;
      p += dyStride;
    }
    if (activation) {
      const m = activation + l;
      a00 = masked(a00, m);
      a01 = masked(a01, m + 16);
      a10 = masked(a10, m + dxStride);
      a11 = masked(a11, m + dxStride + 16);
      a20 = masked(a20, m + 2 * dxStride);
      a21 = masked(a21, m + 2 * dxStride + 16);
      a30 = masked(a30, m + 3 * dxStride);
      a31 = masked(a31, m + 3 * dxStride + 16);
    }
    v128.store(q0, a00);
    v128.store(q0, a01, 16);
    v128.store(q1, a10);
    v128.store(q1, a11, 16);
    v128.store(q2, a20);
    v128.store(q2, a21, 16);
    v128.store(q3, a30);
    v128.store(q3, a31, 16);
  }
}

// @ts-ignore: decorator
@inline
function oneColumn(
  weight: usize, row: usize, dy: usize, dyStride: usize, dx: usize, activation: usize,
  outputs: i32, width: usize, accumulate: bool,
): void {
  for (let l: usize = 0; l < width; l += 64) {
    const q = dx + l;
    let a0 = f32x4.splat(0);
    let a1 = a0;
    let a2 = a0;
    let a3 = a0;
    if (accumulate) {
      a0 = v128.load(q);
      a1 = v128.load(q, 16);
      a2 = v128.load(q, 32);
      a3 = v128.load(q, 48);
    }
    let w = weight;
    let p = dy + l;
    for (let o = 0; o < outputs; o++) {
      const s = v128.load_splat<f32>(w);
      a0 = madd(a0, s, v128.load(p));
      a1 = madd(a1, s, v128.load(p, 16));
      a2 = madd(a2, s, v128.load(p, 32));
      a3 = madd(a3, s, v128.load(p, 48));
      w += row;
      p += dyStride;
    }
    if (activation) {
      const m = activation + l;
      a0 = masked(a0, m);
      a1 = masked(a1, m + 16);
      a2 = masked(a2, m + 32);
      a3 = masked(a3, m + 48);
    }
    v128.store(q, a0);
    v128.store(q, a1, 16);
    v128.store(q, a2, 32);
    v128.store(q, a3, 48);
  }
}

/**
 * dx[i] = sum over o of w[o][i] dy[o] for the first `columns` inputs; added to what dx holds when
 * `accumulate`. Where `activation` is not 0, it is the layer's input after a ReLU, laid out as dx,
 * and dx is zeroed where it is not positive. dx and dy must not overlap.
 */
export function denseBackwardInput(
  weight: usize, rowLength: i32, dy: usize, dyStride: usize, dx: usize, dxStride: usize,
  activation: usize, columns: i32, outputs: i32, lanes: i32, accumulate: bool,
): void {
  const row = (<usize>rowLength) << 2;
  const width = (<usize>lanes) << 2;
  let i = 0;
  for (; i + 4 <= columns; i += 4) {
    fourColumns(weight, row, dy, dyStride, dx, dxStride, activation, outputs, width, accumulate);
    weight += 16;
    dx += 4 * dxStride;
    if (activation) activation += 4 * dxStride;
  }
  for (; i < columns; i++) {
    oneColumn(weight, row, dy, dyStride, dx, activation, outputs, width, accumulate);
    weight += 4;
    dx += dxStride;
    if (activation) activation += dxStride;
  }
}

// @ts-ignore: decorator
@inline
function horizontal(v: v128): f32 {
  return (
    f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1) +
    (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3))
  );
}

// @ts-ignore: decorator
@inline
function increase(target: usize, v: v128): void {
  store<f32>(target, load<f32>(target) + horizontal(v));
}

/** The sums of a, b, c and d over their lanes, each in the order of `horizontal`. */
// @ts-ignore: decorator
@inline
function sumsOfFour(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(
    v128.shuffle<f32>(a, b, 0, 2, 4, 6), v128.shuffle<f32>(a, b, 1, 3, 5, 7),
  );
  const cd = f32x4.add(
    v128.shuffle<f32>(c, d, 0, 2, 4, 6), v128.shuffle<f32>(c, d, 1, 3, 5, 7),
  );
  return f32x4.add(
    v128.shuffle<f32>(ab, cd, 0, 2, 4, 6), v128.shuffle<f32>(ab, cd, 1, 3, 5, 7),
  );
}

/** Adds the sums of a, b, c and d to 4 neighbours. */
// @ts-ignore: decorator
@inline
function increaseFour(target: usize, a: v128, b: v128, c: v128, d: v128): void {
  v128.store(target, f32x4.add(v128.load(target), sumsOfFour(a, b, c, d)));
}

/** Adds the sums of a and b to 2 neighbours, those of c and d to the 2 in the next row. */
// @ts-ignore: decorator
@inline
function increasePairs(target: usize, row: usize, a: v128, b: v128, c: v128, d: v128): void {
  const next = target + row;
  const held = v128.load_lane<i64>(next, v128.load_zero<i64>(target), 1);
  const sums = f32x4.add(held, sumsOfFour(a, b, c, d));
  v128.store_lane<i64>(target, sums, 0);
  v128.store_lane<i64>(next, sums, 1);
}

/** db[o] += sum over time and lanes of dy[t][o]; 4 rows at once, as one sum waits for itself. */
function biasGradient(dy: usize, dyTime: usize, bias: usize, outputs: i32, times: i32): void {
  const laneBytes: usize = 128;
  let o = 0;
  for (; o + 4 <= outputs; o += 4) {
    let s0 = f32x4.splat(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    let p = dy + <usize>o * laneBytes;
    for (let t = 0; t < times; t++) {
      for (let l: usize = 0; l < laneBytes; l += 16) {
        s0 = f32x4.add(s0, v128.load(p + l));
        s1 = f32x4.add(s1, v128.load(p + l, 128));
        s2 = f32x4.add(s2, v128.load(p + l, 256));
        s3 = f32x4.add(s3, v128.load(p + l, 384));
      }
      p += dyTime;
    }
    increaseFour(bias + ((<usize>o) << 2), s0, s1, s2, s3);
  }
  for (; o < outputs; o++) {
    let sum = f32x4.splat(0);
    let p = dy + <usize>o * laneBytes;
    for (let t = 0; t < times; t++) {
      for (let l: usize = 0; l < laneBytes; l += 16) sum = f32x4.add(sum, v128.load(p + l));
      p += dyTime;
    }
    increase(bias + ((<usize>o) << 2), sum);
  }
}

/**
 * Adds the products of 4 rows with one, summed over time and lanes, to 4 numbers: neighbours where
 * `adjacent`, else `stride` apart.
 */
// @ts-ignore: decorator
@inline
function increaseByFour(
  target: usize, stride: usize, adjacent: bool,
  four: usize, fourTime: usize, one: usize, oneTime: usize, times: i32,
): void {
  let a0 = f32x4.splat(0);
  let a1 = a0;
  let a2 = a0;
  let a3 = a0;
  for (let t = 0; t < times; t++) {
    for (let l: usize = 0; l < 128; l += 16) {
      const v = v128.load(one + l);
      a0 = madd(a0, v128.load(four + l), v);
      a1 = madd(a1, v128.load(four + l, 128), v);
      a2 = madd(a2, v128.load(four + l, 256), v);
      a3 = madd(a3, v128.load(four + l, 384), v);
    }
    four += fourTime;
    one += oneTime;
  }
  if (adjacent) {
    increaseFour(target, a0, a1, a2, a3);
  } else {
    increase(target, a0);
    increase(target + stride, a1);
    increase(target + 2 * stride, a2);
    increase(target + 3 * stride, a3);
  }
}

/**
 * dw[o][i] += sum over time and lanes of dy[t][o] x[t][i], and db[o] += sum of dy[t][o].
 * Accumulated in registers over lanes, then time; one horizontal sum at the end.
 */
export function denseBackwardWeights(
  dy: usize, dyTime: usize, x: usize, xTime: usize, weight: usize, bias: usize,
  inputs: i32, outputs: i32, times: i32,
): void {
  const row = (<usize>inputs) << 2;
  const laneBytes: usize = 128;
  let o = 0;
  for (; o + 4 <= outputs; o += 4) {
    const d = dy + <usize>o * laneBytes;
    const w = weight + <usize>o * row;
    let i = 0;
    for (; i + 2 <= inputs; i += 2) {
      let a00 = f32x4.splat(0);
      let a01 = a00;
      let a10 = a00;
      let a11 = a00;
      let a20 = a00;
      let a21 = a00;
      let a30 = a00;
      let a31 = a00;
      let p = d;
      let q = x + <usize>i * laneBytes;
      for (let t = 0; t < times; t++) {
        for (let l: usize = 0; l < laneBytes; l += 16) {
          const x0 = v128.load(q + l);
          const x1 = v128.load(q + l, 128);
          const d0 = v128.load(p + l);
          a00 = madd(a00, d0, x0);
          a01 = madd(a01, d0, x1);
          const d1 = v128.load(p + l, 128);
          a10 = madd(a10, d1, x0);
          a11 = madd(a11, d1, x1);
          const d2 = v128.load(p + l, 256);
          a20 = madd(a20, d2, x0);
          a21 = madd(a21, d2, x1);
          const d3 = v128.load(p + l, 384);
          a30 = madd(a30, d3, x0);
          a31 = madd(a31, d3, x1);
        }
        p += dyTime;
        q += xTime;
      }
      const r = w + ((<usize>i) << 2);
      increasePairs(r, row, a00, a01, a10, a11);
      increasePairs(r + 2 * row, row, a20, a21, a30, a31);
    }
    if (i < inputs) {
      const r = w + ((<usize>i) << 2);
      increaseByFour(r, row, false, d, dyTime, x + <usize>i * laneBytes, xTime, times);
    }
  }
  for (; o < outputs; o++) {
    const d = dy + <usize>o * laneBytes;
    const w = weight + <usize>o * row;
    let i = 0;
    for (; i + 4 <= inputs; i += 4) {
      const r = w + ((<usize>i) << 2);
      increaseByFour(r, 4, true, x + <usize>i * laneBytes, xTime, d, dyTime, times);
    }
    for (; i < inputs; i++) {
      let a0 = f32x4.splat(0);
      let p = d;
      let q = x + <usize>i * laneBytes;
      for (let t = 0; t < times; t++) {
        for (let l: usize = 0; l < laneBytes; l += 16) {
          a0 = madd(a0, v128.load(p + l), v128.load(q + l));
        }
        p += dyTime;
        q += xTime;
      }
      increase(w + ((<usize>i) << 2), a0);
    }
  }
  biasGradient(dy, dyTime, bias, outputs, times);
}
