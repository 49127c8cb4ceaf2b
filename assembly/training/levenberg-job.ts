// What a run of Levenberg-Marquardt holds.

import { Arena, LANE_BYTES } from "../memory";
import { forward, Network } from "../tensors/network";
import { gatherChunk, layoutTraining, TrainingJob, TrainingOptions } from "./job";

/** See `LevenbergMarquardtOptions` of packages/kernels. */
@unmanaged
export class LevenbergOptions extends TrainingOptions {
  batch: i32;
  capacity: i32;
  firstPrefix: i32;
  maxIterations: i32;
  margin: f64;
}

@unmanaged
export class LevenbergJob extends TrainingJob<LevenbergOptions> {
  batch: i32;
  next: i32;
  status: i32;
  /** Length of the prefix that is being fitted. */
  prefix: i32;
  iterations: i32;
  spent: i32;
  stalled: i32;
  polishing: i32;
  damping: f64;
  squares: f64;
  largest: f64;
  wrong: i32;
  chosen: usize;
  everyone: usize;
  weights: usize;
  kept: usize;
  keptError: f64;
  single: usize;
  step: usize;
  normal: usize;
  factor: usize;
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

export function layoutLevenberg(job: LevenbergJob, arena: Arena): void {
  layoutTraining<LevenbergJob, LevenbergOptions>(job, false, arena);
  const net = job.network;
  const parameters = <usize>net.parameters;
  const rows = <usize>widest(net);
  job.chosen = arena.take(<usize>job.options.capacity * 4);
  job.everyone = arena.take(LANE_BYTES);
  job.weights = arena.take(parameters * 8);
  job.kept = arena.take(parameters * 8);
  job.single = arena.take(parameters * 4);
  job.step = arena.take(parameters * 8);
  job.normal = arena.take((parameters + 1) * (parameters + 1) * 8);
  job.factor = arena.take(parameters * parameters * 8);
  const state = <usize>net.hiddenDim * <usize>net.hiddenParameters * LANE_BYTES;
  job.hidden = arena.take(state);
  job.hiddenNext = arena.take(state);
  job.between = arena.take(rows * parameters * LANE_BYTES);
  job.betweenNext = arena.take(rows * parameters * LANE_BYTES);
  const terms = <usize>job.options.length * <usize>net.outputDim;
  // the tiles of addNormal read up to 3 rows beyond the last
  job.jacobian = arena.take((<u64>terms * <u64>(parameters + 1) + 3) * LANE_BYTES);
}

/** Sets the weights that the network runs on. */
export function setSingle(job: LevenbergJob, weights: usize): void {
  for (let p: usize = 0; p < <usize>job.network.parameters; p++) {
    store<f32>(job.single + (p << 2), <f32>load<f64>(weights + (p << 3)));
  }
}

/** Runs the network on the sequences numbered in `chosen` [LANES]. */
export function runChunk(job: LevenbergJob, chosen: usize, times: i32): void {
  gatherChunk(job, chosen, times);
  forward(job.network, times, job.single);
}
