// Levenberg-Marquardt through time for small networks (Marquardt 1963; Nocedal and Wright,
// "Numerical Optimization", 10.3), as one resumable job. The Jacobian is carried forward in time
// in f32, every parameter's derivative a row of lanes, so that the layer kernel propagates it; the
// weights, the normal equations and their Cholesky factor are f64.
//
// The job climbs a curriculum over the length: it fits the first few positions of every sequence in its
// batch, then one position more, and so on. At full length it checks all sequences, and those that
// fail join the batch. A start that cannot fit a short prefix is given up at once, which makes
// restarts cheap.

import { denseForward } from "../tensors/dense";
import { gatherInputs, gatherTargets } from "../tensors/gather";
import { allocate, arenaAt, chunksOf, LANE_BYTES, LANES, release } from "../memory";
import { forward, Layer, layoutBuffers, layoutNetwork, Network, NETWORK_BYTES } from "../tensors/network";
import { below, normal, philox, uniform } from "../random";

const RUNNING: i32 = 0;
const FITTED: i32 = 1;
const FAILED: i32 = 2;

const STREAM_BATCH: u32 = 2;
const STREAM_WEIGHT: u32 = 3;

const START_DAMPING: f64 = 1;
const LEAST_DAMPING: f64 = 1e-12;
const TRIALS: i32 = 12;
/** Errors below this count as fitted on a prefix of the curriculum. */
const PREFIX_MARGIN: f64 = 0.35;
/** Iterations that a start may spend on its first prefix, and on a longer one. */
const FIRST_PATIENCE: i32 = 30;
const LONG_PATIENCE: i32 = 80;
/** Iterations without a decrease by one part in a thousand that end a start. */
const STALL: i32 = 12;
/** Iterations spent on a margin after all sequences are right. */
const POLISH: i32 = 60;
const POLISHED: f64 = 0.0001;
/** Failing sequences that join the batch at a time. */
const RECRUITS: i32 = 64;

@unmanaged
class LevenbergJob {
  network: Network;
  count: i32;
  length: i32;
  capacity: i32;
  batch: i32;
  next: i32;
  seed: u32;
  maxIterations: i32;
  margin: f64;
  status: i32;
  /** Length of the prefix that is being fitted, and of the one that the job began with. */
  prefix: i32;
  firstPrefix: i32;
  iterations: i32;
  spent: i32;
  stalled: i32;
  polishing: i32;
  damping: f64;
  squares: f64;
  largest: f64;
  wrong: i32;
  x: usize;
  y: usize;
  chosen: usize;
  everyone: usize;
  weights: usize;
  kept: usize;
  keptError: f64;
  single: usize;
  step: usize;
  normal: usize;
  factor: usize;
  target: usize;
  hidden: usize;
  hiddenNext: usize;
  between: usize;
  betweenNext: usize;
  jacobian: usize;
}

function widest(net: Network): i32 {
  let rows = 1;
  for (let k = 0; k < net.hiddenDepth + net.outputDepth; k++) {
    rows = max(rows, net.layer(k).outputs);
  }
  return rows;
}

const JOB_BYTES: usize = offsetof<LevenbergJob>();
/** Where a job's record and its network's are until the size of the job's block is known. */
const draft = memory.data(offsetof<LevenbergJob>() + NETWORK_BYTES + 16, 16);

/** Lays a job out from its record on; returns the size of it all. */
function layout(job: LevenbergJob, shape: usize): u64 {
  const base = changetype<usize>(job);
  const arena = arenaAt(base);
  arena.take(JOB_BYTES);
  const net = changetype<Network>(arena.take(NETWORK_BYTES));
  layoutNetwork(net, shape);
  job.network = net;
  const positions = <usize>job.count * <usize>job.length;
  const parameters = <usize>net.parameters;
  const rows = <usize>widest(net);
  layoutBuffers(net, job.length, false, arena);
  job.x = arena.take(positions * <usize>net.inputDim * 4);
  job.y = arena.take(positions * <usize>net.outputDim * 4);
  job.chosen = arena.take(<usize>job.capacity * 4);
  job.everyone = arena.take(LANE_BYTES);
  job.weights = arena.take(parameters * 8);
  job.kept = arena.take(parameters * 8);
  job.single = arena.take(parameters * 4);
  job.step = arena.take(parameters * 8);
  job.normal = arena.take((parameters + 1) * (parameters + 1) * 8);
  job.factor = arena.take(parameters * parameters * 8);
  job.target = arena.take(<usize>job.length * net.yTime);
  const state = <usize>net.hiddenDim * <usize>net.hiddenParameters * LANE_BYTES;
  job.hidden = arena.take(state);
  job.hiddenNext = arena.take(state);
  job.between = arena.take(rows * parameters * LANE_BYTES);
  job.betweenNext = arena.take(rows * parameters * LANE_BYTES);
  const terms = <usize>job.length * <usize>net.outputDim;
  // the tiles of addNormal read up to 3 rows beyond the last
  job.jacobian = arena.take((<u64>terms * <u64>(parameters + 1) + 3) * LANE_BYTES);
  return arena.next - base;
}

/** Root mean square of a column of rows [positions][columns], at least 1. */
function scaleOf(rows: usize, positions: i32, columns: i32, column: i32): f64 {
  let sum = 0.0;
  for (let p = 0; p < positions; p++) {
    const v = <f64>load<i32>(rows + ((<usize>(p * columns + column)) << 2));
    sum += v * v;
  }
  return max(1.0, Math.sqrt(sum / <f64>positions));
}

function deviate(job: LevenbergJob, index: i32): f64 {
  philox(index, 0, STREAM_WEIGHT, 0, job.seed, 0);
  return normal(0);
}

/** A bias for which neuron `o` of f's first layer bends at an input that occurs, h in [-1, 1]. */
function kink(job: LevenbergJob, layer: Layer, o: i32): f64 {
  const net = job.network;
  const at = layer.bias + o;
  philox(at, 1, STREAM_WEIGHT, 0, job.seed, 0);
  const position = <i32>below(0, job.count * job.length);
  let bias = 0.0;
  for (let i = 0; i < layer.inputs; i++) {
    const index = layer.weight + o * layer.inputs + i;
    const w = load<f64>(job.weights + ((<usize>index) << 3));
    if (i < net.hiddenDim) {
      philox(at, 2 + i, STREAM_WEIGHT, 0, job.seed, 0);
      bias -= w * (2 * uniform(0) - 1);
    } else {
      const column = position * net.inputDim + i - net.hiddenDim;
      bias -= w * <f64>load<i32>(job.x + ((<usize>column) << 2));
    }
  }
  return bias;
}

/**
 * Normal weights by fan-in, scaled so that the outputs count as of size 1 and the inputs as of size
 * 2: with larger weights on the inputs, sums modulo 5 were learned from 8 starts of 60, not 4.
 */
function initialize(job: LevenbergJob): void {
  const net = job.network;
  const positions = job.count * job.length;
  const layers = net.hiddenDepth + net.outputDepth;
  for (let k = 0; k < layers; k++) {
    const layer = net.layer(k);
    for (let o = 0; o < layer.outputs; o++) {
      const size = k == layers - 1 ? scaleOf(job.y, positions, net.outputDim, o) : 1.0;
      for (let i = 0; i < layer.inputs; i++) {
        const at = layer.weight + o * layer.inputs + i;
        let spread = 1 / Math.sqrt(<f64>layer.inputs);
        if (k == 0) {
          spread = i < net.hiddenDim
            ? 1 / Math.sqrt(<f64>net.hiddenDim)
            : 2 / scaleOf(job.x, positions, net.inputDim, i - net.hiddenDim);
        }
        store<f64>(job.weights + ((<usize>at) << 3), deviate(job, at) * spread * size);
      }
      const at = layer.bias + o;
      const start = !layer.relu ? 0.0 : k == 0 ? kink(job, layer, o) : deviate(job, at);
      store<f64>(job.weights + ((<usize>at) << 3), start);
    }
  }
}

/** See `createLevenbergMarquardt` in packages/kernels, which checks every argument. */
export function levenbergCreate(
  shape: Int32Array, weights: Float64Array, x: Int32Array, y: Int32Array, count: i32, length: i32,
  batch: i32, capacity: i32, seed: u32, firstPrefix: i32, maxIterations: i32,
  margin: f64,
): usize {
  memory.fill(draft, 0, JOB_BYTES);
  let job = changetype<LevenbergJob>(draft);
  job.count = count;
  job.length = length;
  job.capacity = capacity;
  job.batch = batch;
  job.next = batch;
  job.seed = seed;
  job.maxIterations = maxIterations;
  job.margin = margin;
  job.prefix = firstPrefix;
  job.firstPrefix = firstPrefix;
  job.damping = START_DAMPING;
  job.keptError = Infinity;
  const block = allocate(layout(job, shape.dataStart));
  memory.copy(block, draft, JOB_BYTES);
  job = changetype<LevenbergJob>(block);
  layout(job, shape.dataStart);
  memory.copy(job.x, x.dataStart, <usize>x.byteLength);
  memory.copy(job.y, y.dataStart, <usize>y.byteLength);
  if (weights.length) memory.copy(job.weights, weights.dataStart, <usize>weights.byteLength);
  else initialize(job);
  for (let s = 0; s < batch; s++) {
    if ((s & 3) == 0) philox(s, 0, STREAM_BATCH, 0, seed, 0);
    store<u32>(job.chosen + ((<usize>s) << 2), below(s & 3, count));
  }
  return block;
}

/** out[o] = the derivatives of a layer's outputs: propagated from its inputs', plus its own. */
function propagate(
  job: LevenbergJob, layer: Layer, t: i32,
  from: usize, fromStride: usize, inputs: i32, lanes: i32, out: usize, outStride: usize,
): void {
  const weight = job.single + ((<usize>layer.weight) << 2);
  denseForward(
    weight, layer.inputs, 0, from, fromStride, out, outStride, inputs, layer.outputs, lanes, false,
  );
  const width = (<usize>lanes) << 2;
  const input = layer.input + <usize>t * layer.inputTime;
  const output = layer.output + <usize>t * layer.outputTime;
  const one = f32x4.splat(1);
  const zero = f32x4.splat(0);
  for (let o = 0; o < layer.outputs; o++) {
    const row = out + <usize>o * outStride;
    // columns that the inputs have no derivatives for
    if (width < outStride) memory.fill(row + width, 0, outStride - width);
    let own = row + <usize>(layer.weight + o * layer.inputs) * LANE_BYTES;
    const end = own + <usize>layer.inputs * LANE_BYTES;
    for (let source = input; own < end; own += 16, source += 16) {
      v128.store(own, f32x4.add(v128.load(own), v128.load(source)));
    }
    own = row + <usize>(layer.bias + o) * LANE_BYTES;
    for (let l: usize = 0; l < LANE_BYTES; l += 16) {
      v128.store(own + l, f32x4.add(v128.load(own + l), one));
    }
    if (layer.relu) {
      const active = output + <usize>o * LANE_BYTES;
      for (let l: usize = 0; l < LANE_BYTES; l += 16) {
        const mask = f32x4.gt(v128.load(active + l), zero);
        for (let p = l; p < outStride; p += LANE_BYTES) {
          v128.store(row + p, v128.and(v128.load(row + p), mask));
        }
      }
    }
  }
}

/** Fills the Jacobian's rows for one chunk whose forward pass has just run. */
function differentiate(job: LevenbergJob): void {
  const net = job.network;
  const hiddenLanes = net.hiddenParameters * LANES;
  const hiddenStride = <usize>net.hiddenParameters * LANE_BYTES;
  const lanes = net.parameters * LANES;
  const stride = <usize>net.parameters * LANE_BYTES;
  const rowStride = stride + LANE_BYTES;
  const layers = net.hiddenDepth + net.outputDepth;
  memory.fill(job.hidden, 0, <usize>net.hiddenDim * hiddenStride);
  for (let t = 0; t < job.prefix; t++) {
    let from = job.hidden;
    let inputs = net.hiddenDim;
    for (let k = 0; k < net.hiddenDepth; k++) {
      const layer = net.layer(k);
      const out =
        k == net.hiddenDepth - 1 ? job.hiddenNext : k & 1 ? job.betweenNext : job.between;
      propagate(job, layer, t, from, hiddenStride, inputs, hiddenLanes, out, hiddenStride);
      from = out;
      inputs = layer.outputs;
    }
    job.hiddenNext = job.hidden;
    job.hidden = from;
    let fromStride = hiddenStride;
    let fromLanes = hiddenLanes;
    const rows = job.jacobian + <usize>(t * net.outputDim) * rowStride;
    for (let k = net.hiddenDepth; k < layers; k++) {
      const layer = net.layer(k);
      const last = k == layers - 1;
      const out = last ? rows : (k - net.hiddenDepth) & 1 ? job.betweenNext : job.between;
      const outStride = last ? rowStride : stride;
      propagate(job, layer, t, from, fromStride, inputs, fromLanes, out, outStride);
      from = out;
      fromStride = stride;
      fromLanes = lanes;
      inputs = layer.outputs;
    }
    for (let o = 0; o < net.outputDim; o++) {
      const residual = rows + <usize>o * rowStride + stride;
      const at = <usize>t * net.yTime + <usize>o * LANE_BYTES;
      for (let l: usize = 0; l < LANE_BYTES; l += 16) {
        const e = f32x4.sub(v128.load(net.y + at + l), v128.load(job.target + at + l));
        v128.store(residual + l, e);
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function madd(sum: v128, a: v128, b: v128): v128 {
  return f32x4.add(sum, f32x4.mul(a, b));
}

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
function addNormal(matrix: usize, jacobian: usize, rows: i32, blocks: i32): void {
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

function setSingle(job: LevenbergJob, weights: usize): void {
  for (let p: usize = 0; p < <usize>job.network.parameters; p++) {
    store<f32>(job.single + (p << 2), <f32>load<f64>(weights + (p << 3)));
  }
}

function runChunk(job: LevenbergJob, chosen: usize, times: i32): void {
  const net = job.network;
  gatherInputs(net, job.x, chosen, job.length, times);
  gatherTargets(net, job.y, chosen, job.length, times, job.target);
  forward(net, times, job.single);
}

/** Sum of squared errors of the batch's prefix under the weights in `single`. */
function squaredError(job: LevenbergJob): f64 {
  const net = job.network;
  let sum = 0.0;
  for (let chunk = 0; chunk < job.batch / LANES; chunk++) {
    runChunk(job, job.chosen + <usize>chunk * LANE_BYTES, job.prefix);
    const end = <usize>job.prefix * net.yTime;
    for (let at: usize = 0; at < end; at += 4) {
      const e = <f64>load<f32>(net.y + at) - <f64>load<f32>(job.target + at);
      sum += e * e;
    }
  }
  return sum;
}

/** Builds the normal equations at the weights; sets the sum of squares and the largest error. */
function linearize(job: LevenbergJob): void {
  const net = job.network;
  const rows = net.parameters + 1;
  memory.fill(job.normal, 0, (<usize>rows * <usize>rows) << 3);
  setSingle(job, job.weights);
  job.largest = 0;
  for (let chunk = 0; chunk < job.batch / LANES; chunk++) {
    runChunk(job, job.chosen + <usize>chunk * LANE_BYTES, job.prefix);
    const end = <usize>job.prefix * net.yTime;
    for (let at: usize = 0; at < end; at += 4) {
      const e = abs(<f64>load<f32>(net.y + at) - <f64>load<f32>(job.target + at));
      // written so that NaN counts as the worst
      if (!(e <= job.largest)) job.largest = e;
    }
    differentiate(job);
    addNormal(job.normal, job.jacobian, rows, job.prefix * net.outputDim);
  }
  job.squares = load<f64>(job.normal + ((<usize>(rows * rows - 1)) << 3));
}

/** Cholesky solve of (N + damping D) step = J^T r; false when the matrix is not positive. */
function solve(job: LevenbergJob): bool {
  const n = job.network.parameters;
  const size = n + 1;
  const a = job.normal;
  const l = job.factor;
  let trace = 0.0;
  for (let i = 0; i < n; i++) trace += load<f64>(a + ((<usize>(i * size + i)) << 3));
  const floor = (1e-6 * trace) / <f64>n;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = load<f64>(a + ((<usize>(i * size + j)) << 3));
      if (i == j) sum += job.damping * (sum + floor);
      const li = l + ((<usize>(i * n)) << 3);
      const lj = l + ((<usize>(j * n)) << 3);
      for (let k: usize = 0; k < (<usize>j) << 3; k += 8) sum -= load<f64>(li + k) * load<f64>(lj + k);
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
      sum -= load<f64>(l + ((<usize>(i * n + k)) << 3)) * load<f64>(job.step + ((<usize>k) << 3));
    }
    store<f64>(job.step + ((<usize>i) << 3), sum / load<f64>(l + ((<usize>(i * n + i)) << 3)));
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = load<f64>(job.step + ((<usize>i) << 3));
    for (let k = i + 1; k < n; k++) {
      sum -= load<f64>(l + ((<usize>(k * n + i)) << 3)) * load<f64>(job.step + ((<usize>k) << 3));
    }
    store<f64>(job.step + ((<usize>i) << 3), sum / load<f64>(l + ((<usize>(i * n + i)) << 3)));
  }
  return true;
}

/** Takes one step that lowers the error, raising the damping until there is one. */
function descend(job: LevenbergJob): bool {
  const n = <usize>job.network.parameters;
  for (let trial = 0; trial < TRIALS; trial++) {
    if (solve(job)) {
      for (let p: usize = 0; p < n; p++) {
        const w = load<f64>(job.weights + (p << 3)) - load<f64>(job.step + (p << 3));
        store<f64>(job.step + (p << 3), w);
      }
      setSingle(job, job.step);
      const squares = squaredError(job);
      if (squares < job.squares) {
        memory.copy(job.weights, job.step, n << 3);
        if (squares < 0.999 * job.squares) job.stalled = 0;
        else job.stalled++;
        job.damping = max(job.damping * 0.2, LEAST_DAMPING);
        return true;
      }
    }
    job.damping *= 5;
  }
  return false;
}

/** Runs every sequence at full length; those over the margin join the batch. */
function recruit(job: LevenbergJob): void {
  const net = job.network;
  const terms = job.length * net.outputDim;
  let recruits = 0;
  job.wrong = 0;
  job.largest = 0;
  for (let chunk = 0; chunk < chunksOf(job.count); chunk++) {
    for (let lane = 0; lane < LANES; lane++) {
      const sequence = min(chunk * LANES + lane, job.count - 1);
      store<u32>(job.everyone + ((<usize>lane) << 2), sequence);
    }
    runChunk(job, job.everyone, job.length);
    for (let lane = 0; lane < min(LANES, job.count - chunk * LANES); lane++) {
      let worst = 0.0;
      for (let k = 0; k < terms; k++) {
        const at = <usize>k * LANE_BYTES + ((<usize>lane) << 2);
        const e = abs(<f64>load<f32>(net.y + at) - <f64>load<f32>(job.target + at));
        if (!(e <= worst)) worst = e;
      }
      if (!(worst <= job.largest)) job.largest = worst;
      if (!(worst < job.margin)) {
        job.wrong++;
        if (recruits < RECRUITS) {
          recruits++;
          if (job.next == job.capacity) job.next = 0;
          store<u32>(job.chosen + ((<usize>job.next) << 2), chunk * LANES + lane);
          job.next++;
          if (job.next > job.batch) job.batch += LANES;
        }
      }
    }
  }
  // a chunk that is only partly recruited repeats its last recruit
  while (recruits && job.next < job.batch && job.next % LANES) {
    const last = load<u32>(job.chosen + ((<usize>(job.next - 1)) << 2));
    store<u32>(job.chosen + ((<usize>job.next) << 2), last);
    job.next++;
  }
}

function iterate(job: LevenbergJob): void {
  linearize(job);
  job.iterations++;
  job.spent++;
  if (!(job.squares < Infinity)) {
    job.status = FAILED;
    return;
  }
  if (job.prefix < job.length) {
    if (job.largest < PREFIX_MARGIN) {
      job.prefix++;
      job.spent = 0;
      job.stalled = 0;
      job.damping = min(job.damping, START_DAMPING);
      return;
    }
  } else if (job.largest < job.margin) {
    setSingle(job, job.weights);
    recruit(job);
    if (job.wrong == 0) {
      if (job.largest < job.keptError) {
        job.keptError = job.largest;
        memory.copy(job.kept, job.weights, (<usize>job.network.parameters) << 3);
      }
      job.polishing++;
      if (job.keptError < POLISHED || job.polishing > POLISH || !descend(job)) job.status = FITTED;
      return;
    }
    job.spent = 0;
    job.stalled = 0;
    linearize(job);
  }
  const patience = job.prefix == job.firstPrefix ? FIRST_PATIENCE : LONG_PATIENCE;
  const over =
    job.spent > patience || job.stalled > STALL || job.iterations >= job.maxIterations;
  if (over || !descend(job)) job.status = job.keptError < Infinity ? FITTED : FAILED;
}

/** Runs at most `iterations` iterations; returns whether the job still runs (0), fitted or failed. */
export function levenbergRun(handle: usize, iterations: i32): i32 {
  const job = changetype<LevenbergJob>(handle);
  for (let k = 0; k < iterations && job.status == RUNNING; k++) iterate(job);
  return job.status;
}

/** [status, prefix, iterations, sum of squares, largest error, batch]. */
export function levenbergReport(handle: usize): Float64Array {
  const job = changetype<LevenbergJob>(handle);
  const report = new Float64Array(6);
  report[0] = job.status;
  report[1] = job.prefix;
  report[2] = job.iterations;
  report[3] = job.squares;
  report[4] = job.status == FITTED ? job.keptError : job.largest;
  report[5] = job.batch;
  return report;
}

export function levenbergWeights(handle: usize): Float64Array {
  const job = changetype<LevenbergJob>(handle);
  const weights = new Float64Array(job.network.parameters);
  const source = job.keptError < Infinity ? job.kept : job.weights;
  memory.copy(weights.dataStart, source, <usize>weights.byteLength);
  return weights;
}

export function levenbergDispose(handle: usize): void {
  release(handle);
}
