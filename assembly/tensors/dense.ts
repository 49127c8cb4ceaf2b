// A dense layer over lanes: x is [inputs][lanes], y is [outputs][lanes], f32, lanes a multiple of
// 32. Weights are row-major [outputs][rowLength] and read by splatted loads. A tile of 4 rows by 8
// lanes keeps 8 accumulators in registers; more spill. Tails of 2 rows by 16 lanes and 1 row by 32
// keep the same 8, so that layers of 1 to 3 rows waste nothing. Strides are in bytes.
//
// The innermost loops do one step. V8 unrolls them itself; unrolled here, it moves all loads of a
// round to its front and spills them: 54 % of the machine's peak instead of 90, measured at 64.

// @ts-ignore: decorator
@inline
function rectify(v: v128, relu: bool): v128 {
  // pmax(v, 0) is v < 0 ? 0 : v and keeps NaN; pmax(0, v) would hide a divergence. f32x4.max is 8
  // instructions on x64: with it the layer is 1.4 to 1.5 times slower at sizes 4 and 8, measured.
  return relu ? f32x4.pmax(v, f32x4.splat(0)) : v;
}

// @ts-ignore: decorator
@inline
function madd(sum: v128, a: v128, b: v128): v128 {
  return f32x4.add(sum, f32x4.mul(a, b));
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
    const w0 = weight + <usize>o * row;
    const w1 = w0 + row;
    const w2 = w1 + row;
    const w3 = w2 + row;
    let b0 = f32x4.splat(0);
    let b1 = b0;
    let b2 = b0;
    let b3 = b0;
    if (bias) {
      const b = bias + ((<usize>o) << 2);
      b0 = v128.load_splat<f32>(b);
      b1 = v128.load_splat<f32>(b, 4);
      b2 = v128.load_splat<f32>(b, 8);
      b3 = v128.load_splat<f32>(b, 12);
    }
    const y0 = y + <usize>o * yStride;
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
        const s0 = v128.load_splat<f32>(w0 + i);
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
      let q = y0 + l;
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
  if (o + 2 <= outputs) {
    const w0 = weight + <usize>o * row;
    const w1 = w0 + row;
    let b0 = f32x4.splat(0);
    let b1 = b0;
    if (bias) {
      const b = bias + ((<usize>o) << 2);
      b0 = v128.load_splat<f32>(b);
      b1 = v128.load_splat<f32>(b, 4);
    }
    const y0 = y + <usize>o * yStride;
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
        const s0 = v128.load_splat<f32>(w0 + i);
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
      let q = y0 + l;
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
    o += 2;
  }
  if (o < outputs) {
    const w0 = weight + <usize>o * row;
    const b0 = bias ? v128.load_splat<f32>(bias + ((<usize>o) << 2)) : f32x4.splat(0);
    const y0 = y + <usize>o * yStride;
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
        const s = v128.load_splat<f32>(w0 + i);
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
      const q = y0 + l;
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
}

// @ts-ignore: decorator
@inline
function masked(v: v128, activation: usize): v128 {
  return v128.and(v, f32x4.gt(v128.load(activation), f32x4.splat(0)));
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
    const w0 = weight + ((<usize>i) << 2);
    for (let l: usize = 0; l < width; l += 32) {
      const q0 = dx + <usize>i * dxStride + l;
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
      let w = w0;
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
        const m = activation + <usize>i * dxStride + l;
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
  for (; i < columns; i++) {
    const w0 = weight + ((<usize>i) << 2);
    for (let l: usize = 0; l < width; l += 64) {
      const q = dx + <usize>i * dxStride + l;
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
      let w = w0;
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
        const m = activation + <usize>i * dxStride + l;
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
      let a0 = f32x4.splat(0);
      let a1 = a0;
      let a2 = a0;
      let a3 = a0;
      let p = d;
      let q = x + <usize>i * laneBytes;
      for (let t = 0; t < times; t++) {
        for (let l: usize = 0; l < laneBytes; l += 16) {
          const x0 = v128.load(q + l);
          a0 = madd(a0, v128.load(p + l), x0);
          a1 = madd(a1, v128.load(p + l, 128), x0);
          a2 = madd(a2, v128.load(p + l, 256), x0);
          a3 = madd(a3, v128.load(p + l, 384), x0);
        }
        p += dyTime;
        q += xTime;
      }
      const r = w + ((<usize>i) << 2);
      increase(r, a0);
      increase(r + row, a1);
      increase(r + 2 * row, a2);
      increase(r + 3 * row, a3);
    }
  }
  for (; o < outputs; o++) {
    const d = dy + <usize>o * laneBytes;
    const w = weight + <usize>o * row;
    let i = 0;
    for (; i + 4 <= inputs; i += 4) {
      let a0 = f32x4.splat(0);
      let a1 = a0;
      let a2 = a0;
      let a3 = a0;
      let p = d;
      let q = x + <usize>i * laneBytes;
      for (let t = 0; t < times; t++) {
        for (let l: usize = 0; l < laneBytes; l += 16) {
          const d0 = v128.load(p + l);
          a0 = madd(a0, d0, v128.load(q + l));
          a1 = madd(a1, d0, v128.load(q + l, 128));
          a2 = madd(a2, d0, v128.load(q + l, 256));
          a3 = madd(a3, d0, v128.load(q + l, 384));
        }
        p += dyTime;
        q += xTime;
      }
      const r = w + ((<usize>i) << 2);
      increaseFour(r, a0, a1, a2, a3);
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
