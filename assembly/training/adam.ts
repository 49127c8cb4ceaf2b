// Adam (Kingma and Ba 2015, algorithm 1) and AdamW (Loshchilov and Hutter 2019, algorithm 2) over
// minibatches, as one resumable job: the data, the weights and every buffer live in the job, one
// call runs many steps.

import { Arena, chunksOf, LANE_BYTES, LANES, release } from "../memory";
import { below, philox, storeNormals } from "../random";
import { lossGradient, lossSum } from "../tensors/loss";
import { backward, forward } from "../tensors/network";
import { createTraining, gatherChunk, layoutTraining, TrainingJob, TrainingOptions } from "./job";

const STREAM_BATCH: u32 = 1;
const STREAM_NOISE: u32 = 4;

/** Sequences that the ring of wrong ones holds; a power of two. */
const REPLAY: u32 = 256;

const CONSTANT: i32 = 0;
const COSINE: i32 = 1;

/** See `AdamOptions` of packages/kernels. */
@unmanaged
export class AdamOptions extends TrainingOptions {
  batch: i32;
  loss: i32;
  totalSteps: i32;
  learningRate: f64;
  schedule: i32;
  warmupSteps: i32;
  beta1: f64;
  beta2: f64;
  epsilon: f64;
  weightDecay: f64;
  l1: f64;
  /** Largest length of the gradient, 0 for any. */
  clip: f64;
  deadZone: f64;
  deadZoneFrom: i32;
  noise: f64;
  noiseUntil: i32;
  curriculumSteps: i32;
  /** Lanes of a chunk that replay sequences which were wrong. */
  replayedLanes: i32;
}

@unmanaged
class AdamJob extends TrainingJob<AdamOptions> {
  step: i32;
  // beta1^step and beta2^step
  power1: f64;
  power2: f64;
  parameters: usize;
  gradient: usize;
  first: usize;
  second: usize;
  noise: usize;
  mask: usize;
  chosen: usize;
  /** u32 [REPLAY]: the last sequences that were wrong. */
  ring: usize;
  /** How many were ever put into the ring. */
  wrong: u32;
}

function layout(job: AdamJob, arena: Arena): void {
  layoutTraining<AdamJob, AdamOptions>(job, true, arena);
  const net = job.network;
  const options = job.options;
  const bytes = <usize>net.parameters * 4;
  job.parameters = arena.take(bytes);
  job.gradient = arena.take(bytes);
  job.first = arena.take(bytes);
  job.second = arena.take(bytes);
  job.noise = options.noise > 0 ? arena.take(<usize>options.length * net.hDeltaTime) : 0;
  job.ring = options.replayedLanes > 0 ? arena.take(<usize>REPLAY << 2) : 0;
  job.mask = arena.take(LANE_BYTES);
  job.chosen = arena.take(LANE_BYTES);
}

/** See `createAdam` in packages/kernels, which checks every argument. */
export function adamCreate(
  options: AdamOptions, weights: Float32Array, x: Int32Array, y: Int32Array,
): usize {
  const job = createTraining<AdamJob, AdamOptions>(options, x, y, layout);
  job.power1 = 1;
  job.power2 = 1;
  memory.copy(job.parameters, weights.dataStart, <usize>weights.byteLength);
  return changetype<usize>(job);
}

/** Draws the noise of a chunk's hidden states, four lanes a block. */
function drawNoise(job: AdamJob, chunk: i32): void {
  const blocks = <u32>((<usize>job.options.length * job.network.hDeltaTime) >> 4);
  for (let b: u32 = 0; b < blocks; b++) {
    philox(job.step, b, STREAM_NOISE, chunk, job.options.seed, 0);
    storeNormals(job.noise + ((<usize>b) << 4), job.options.noise);
  }
}

/** Positions that the present step looks at. */
function lengthOf(job: AdamJob): i32 {
  const options = job.options;
  if (job.step >= options.curriculumSteps) return options.length;
  return 1 + <i32>((<i64>options.length * job.step) / options.curriculumSteps);
}

/** Chooses the sequences of a chunk: at random, the first lanes among those that were wrong. */
function choose(job: AdamJob, chunk: i32, used: i32): void {
  const options = job.options;
  const wrong = min(job.wrong, REPLAY);
  for (let lane = 0; lane < LANES; lane++) {
    if ((lane & 3) == 0) philox(job.step, chunk * LANES + lane, STREAM_BATCH, 0, options.seed, 0);
    const at = (<usize>lane) << 2;
    let sequence = below(lane & 3, options.count);
    if (lane < options.replayedLanes && wrong > 0) {
      sequence = load<u32>(job.ring + (<usize>below(lane & 3, wrong) << 2));
    }
    store<u32>(job.chosen + at, sequence);
    store<f32>(job.mask + at, lane < used ? 1 : 0);
  }
}

/** Puts the sequences of a chunk that are wrong somewhere into the ring. */
function rememberWrong(job: AdamJob, length: i32, used: i32): void {
  const net = job.network;
  const half = f32x4.splat(0.5);
  for (let lane: usize = 0; lane < <usize>used; lane += 4) {
    let right = i32x4.splat(-1);
    for (let t = 0; t < length; t++) {
      for (let o = 0; o < net.outputDim; o++) {
        const at = <usize>t * net.yTime + <usize>o * LANE_BYTES + (lane << 2);
        const e = f32x4.sub(v128.load(net.y + at), v128.load(job.target + at));
        right = v128.and(right, f32x4.lt(f32x4.abs(e), half));
      }
    }
    let wrong = ~i32x4.bitmask(right) & 15;
    if (<i32>lane + 4 > used) wrong &= (1 << (used - <i32>lane)) - 1;
    for (; wrong != 0; wrong &= wrong - 1) {
      const from = job.chosen + ((lane + <usize>ctz(wrong)) << 2);
      store<u32>(job.ring + (<usize>(job.wrong & (REPLAY - 1)) << 2), load<u32>(from));
      // past 2^32 the ring is full for good
      job.wrong = job.wrong == u32.MAX_VALUE ? job.wrong - REPLAY + 1 : job.wrong + 1;
    }
  }
}

/** Adds the gradient of one minibatch; returns its mean loss where wanted, else 0. */
function accumulate(job: AdamJob, report: bool): f64 {
  const options = job.options;
  const net = job.network;
  const length = lengthOf(job);
  const terms = <f64>options.batch * <f64>length * <f64>net.outputDim;
  const scale = <f32>(1 / terms);
  const deadZone = job.step >= options.deadZoneFrom ? <f32>options.deadZone : 0;
  const noisy = options.noise > 0 && job.step < options.noiseUntil;
  net.noise = noisy ? job.noise : 0;
  let sum = 0.0;
  memory.fill(job.gradient, 0, <usize>net.parameters * 4);
  for (let chunk = 0; chunk < chunksOf(options.batch); chunk++) {
    const used = min(LANES, options.batch - chunk * LANES);
    choose(job, chunk, used);
    gatherChunk(job, job.chosen, length);
    if (noisy) drawNoise(job, chunk);
    forward(net, length, job.parameters);
    for (let t = 0; t < length; t++) {
      const at = <usize>t * net.yTime;
      const y = net.y + at;
      const target = job.target + at;
      lossGradient(
        options.loss, y, target, net.yDelta + at, job.mask, net.outputDim, scale, deadZone,
      );
      if (report) sum += lossSum(options.loss, y, target, net.outputDim, used);
    }
    if (options.replayedLanes > 0) rememberWrong(job, length, used);
    backward(net, length, job.parameters, job.gradient);
  }
  return sum / terms;
}

/** The learning rate of the present step. */
function rateOf(job: AdamJob): f64 {
  const options = job.options;
  if (job.step < options.warmupSteps) {
    return (options.learningRate * <f64>(job.step + 1)) / <f64>options.warmupSteps;
  }
  if (options.schedule == CONSTANT) return options.learningRate;
  const total = options.totalSteps - options.warmupSteps;
  const done = <f64>(job.step - options.warmupSteps) / <f64>total;
  // half a cosine, or a straight line, down to nothing
  if (options.schedule != COSINE) return options.learningRate * (1 - done);
  return options.learningRate * 0.5 * (1 + NativeMath.cos(Math.PI * done));
}

/** Scales the gradient down to the largest length allowed (Pascanu et al. 2013). */
function clipGradient(job: AdamJob): void {
  const end = <usize>job.network.parameters * 4;
  let sum = 0.0;
  for (let p: usize = 0; p < end; p += 4) {
    const g = <f64>load<f32>(job.gradient + p);
    sum += g * g;
  }
  const norm = Math.sqrt(sum);
  if (!(norm > job.options.clip)) return;
  const factor = <f32>(job.options.clip / norm);
  for (let p: usize = 0; p < end; p += 4) {
    store<f32>(job.gradient + p, factor * load<f32>(job.gradient + p));
  }
}

function update(job: AdamJob): void {
  const options = job.options;
  if (options.clip > 0) clipGradient(job);
  job.power1 *= options.beta1;
  job.power2 *= options.beta2;
  const rate = rateOf(job);
  const correction = Math.sqrt(1 - job.power2);
  const size = f32x4.splat(<f32>((rate * correction) / (1 - job.power1)));
  const epsilon = f32x4.splat(<f32>(options.epsilon * correction));
  const kept = f32x4.splat(<f32>(1 - rate * options.weightDecay));
  const b1 = f32x4.splat(<f32>options.beta1);
  const b2 = f32x4.splat(<f32>options.beta2);
  const c1 = f32x4.splat(1 - <f32>options.beta1);
  const c2 = f32x4.splat(1 - <f32>options.beta2);
  // the arena rounds every buffer up to 16 bytes, so the last four may reach past the parameters
  const end = <usize>job.network.parameters * 4;
  for (let p: usize = 0; p < end; p += 16) {
    const g = v128.load(job.gradient + p);
    const m = f32x4.add(f32x4.mul(b1, v128.load(job.first + p)), f32x4.mul(c1, g));
    const v = f32x4.add(
      f32x4.mul(b2, v128.load(job.second + p)), f32x4.mul(c2, f32x4.mul(g, g)),
    );
    v128.store(job.first + p, m);
    v128.store(job.second + p, v);
    const step = f32x4.div(f32x4.mul(size, m), f32x4.add(f32x4.sqrt(v), epsilon));
    const w = f32x4.mul(kept, v128.load(job.parameters + p));
    v128.store(job.parameters + p, f32x4.sub(w, step));
  }
  if (options.l1 > 0) shrink(job, rate);
}

/**
 * The proximal step of the L1 penalty: every weight moves towards 0 by rate * l1, and stops there
 * (Parikh and Boyd 2014, 6.5.2). Apart from Adam's own step, as weight decay is in AdamW: a
 * subgradient added to the gradient would be normalised by it, and never give a 0.
 */
function shrink(job: AdamJob, rate: f64): void {
  const by = f32x4.splat(<f32>(rate * job.options.l1));
  const zero = f32x4.splat(0);
  const end = <usize>job.network.parameters * 4;
  for (let p: usize = 0; p < end; p += 16) {
    const w = v128.load(job.parameters + p);
    // of the two at most one is not 0; a NaN stays
    const above = f32x4.max(f32x4.sub(w, by), zero);
    const below = f32x4.min(f32x4.add(w, by), zero);
    v128.store(job.parameters + p, f32x4.add(above, below));
  }
}

/** Runs `steps` steps; returns the mean loss of the last one's batch, before its update. */
export function adamRun(handle: usize, steps: i32): f64 {
  const job = changetype<AdamJob>(handle);
  let loss = 0.0;
  for (let s = 0; s < steps; s++) {
    loss = accumulate(job, s == steps - 1);
    update(job);
    job.step++;
  }
  return loss;
}

function numbers(job: AdamJob, source: usize): Float32Array {
  const copy = new Float32Array(job.network.parameters);
  memory.copy(copy.dataStart, source, <usize>copy.byteLength);
  return copy;
}

export function adamWeights(handle: usize): Float32Array {
  const job = changetype<AdamJob>(handle);
  return numbers(job, job.parameters);
}

export function adamGradient(handle: usize): Float32Array {
  const job = changetype<AdamJob>(handle);
  accumulate(job, false);
  return numbers(job, job.gradient);
}

export function adamDispose(handle: usize): void {
  release(handle);
}
