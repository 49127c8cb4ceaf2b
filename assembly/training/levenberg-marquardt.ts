// Levenberg-Marquardt through time for small networks (Marquardt 1963; Nocedal and Wright,
// "Numerical Optimization", 10.3), as one resumable job. The Jacobian is carried forward in time
// in f32, every parameter's derivative a row of lanes, so that the layer kernel propagates it; the
// weights, the normal equations and their Cholesky factor are f64.
//
// The job climbs a curriculum over the length: it fits the first few positions of every sequence in
// its batch, then one position more, and so on. At full length it checks all sequences, and those
// that fail join the batch. A start that cannot fit a short prefix is given up at once, which makes
// restarts cheap.

import { addNormal, solveDamped } from "../linear-algebra/normal-equations";
import { chunksOf, LANE_BYTES, LANES, release } from "../memory";
import { below, philox } from "../random";
import { differentiate } from "./jacobian";
import { createTraining } from "./job";
import {
  layoutLevenberg, LevenbergJob, LevenbergOptions, runChunk, setSingle,
} from "./levenberg-job";
import { initialize } from "./starting-weights";

const RUNNING: i32 = 0;
const FITTED: i32 = 1;
const FAILED: i32 = 2;

const STREAM_BATCH: u32 = 2;

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

/** See `createLevenbergMarquardt` in packages/kernels, which checks every argument. */
export function levenbergCreate(
  options: LevenbergOptions, weights: Float64Array, x: Int32Array, y: Int32Array,
): usize {
  const job = createTraining<LevenbergJob, LevenbergOptions>(options, x, y, layoutLevenberg);
  job.batch = options.batch;
  job.next = options.batch;
  job.prefix = options.firstPrefix;
  job.damping = START_DAMPING;
  job.keptError = Infinity;
  if (weights.length) memory.copy(job.weights, weights.dataStart, <usize>weights.byteLength);
  else initialize(job);
  for (let s = 0; s < options.batch; s++) {
    if ((s & 3) == 0) philox(s, 0, STREAM_BATCH, 0, options.seed, 0);
    store<u32>(job.chosen + ((<usize>s) << 2), below(s & 3, options.count));
  }
  return changetype<usize>(job);
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

/** Takes one step that lowers the error, raising the damping until there is one. */
function descend(job: LevenbergJob): bool {
  const n = <usize>job.network.parameters;
  for (let trial = 0; trial < TRIALS; trial++) {
    if (solveDamped(job.normal, <i32>n, job.damping, job.factor, job.step)) {
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
  const terms = job.options.length * net.outputDim;
  let recruits = 0;
  job.wrong = 0;
  job.largest = 0;
  for (let chunk = 0; chunk < chunksOf(job.options.count); chunk++) {
    for (let lane = 0; lane < LANES; lane++) {
      const sequence = min(chunk * LANES + lane, job.options.count - 1);
      store<u32>(job.everyone + ((<usize>lane) << 2), sequence);
    }
    runChunk(job, job.everyone, job.options.length);
    for (let lane = 0; lane < min(LANES, job.options.count - chunk * LANES); lane++) {
      let worst = 0.0;
      for (let k = 0; k < terms; k++) {
        const at = <usize>k * LANE_BYTES + ((<usize>lane) << 2);
        const e = abs(<f64>load<f32>(net.y + at) - <f64>load<f32>(job.target + at));
        if (!(e <= worst)) worst = e;
      }
      if (!(worst <= job.largest)) job.largest = worst;
      if (!(worst < job.options.margin)) {
        job.wrong++;
        if (recruits < RECRUITS) {
          recruits++;
          if (job.next == job.options.capacity) job.next = 0;
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
  if (job.prefix < job.options.length) {
    if (job.largest < PREFIX_MARGIN) {
      job.prefix++;
      job.spent = 0;
      job.stalled = 0;
      job.damping = min(job.damping, START_DAMPING);
      return;
    }
  } else if (job.largest < job.options.margin) {
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
  const patience = job.prefix == job.options.firstPrefix ? FIRST_PATIENCE : LONG_PATIENCE;
  const over =
    job.spent > patience || job.stalled > STALL || job.iterations >= job.options.maxIterations;
  if (over || !descend(job)) job.status = job.keptError < Infinity ? FITTED : FAILED;
}

/**
 * Runs at most `iterations` iterations; returns whether the job still runs (0), fitted or failed.
 */
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
