// What all trainers share: the options that their runs begin with, and a job that holds the
// network, its buffers and the sequences to learn from.

import { Arena, DRAFT_BYTES, draftOf, settle } from "../memory";
import { gatherInputs, gatherTargets } from "../tensors/gather";
import { layoutBuffers, layoutNetwork, Network, NETWORK_BYTES, Shape } from "../tensors/network";

@unmanaged
export class TrainingOptions extends Shape {
  count: i32;
  length: i32;
  seed: u32;
}

/** `O` are the trainer's options, which extend TrainingOptions. */
@unmanaged
export class TrainingJob<O> {
  options: O;
  network: Network;
  /** i32 [count][length][inputDim] */
  x: usize;
  /** i32 [count][length][outputDim] */
  y: usize;
  /** Labels of the present chunk, laid out as the network's y. */
  target: usize;
}

/**
 * A job `J` in a block of its own, with a copy of the options and the sequences. Its `layout` calls
 * `layoutTraining` first.
 */
export function createTraining<J, O>(
  options: O, x: Int32Array, y: Int32Array, layout: (job: J, arena: Arena) => void,
): J {
  draftOf<J>().options = options;
  const job = settle<J>(layout, true);
  memory.copy(job.x, x.dataStart, <usize>x.byteLength);
  memory.copy(job.y, y.dataStart, <usize>y.byteLength);
  return job;
}

/** Takes the options, the network with its buffers, and the sequences. */
export function layoutTraining<J, O>(job: J, gradients: bool, arena: Arena): void {
  const records = offsetof<J>() + offsetof<O>() + NETWORK_BYTES + 32;
  if (records > <usize>DRAFT_BYTES) ERROR("DRAFT_BYTES must be larger");
  const options = arena.take(offsetof<O>());
  memory.copy(options, changetype<usize>(job.options), offsetof<O>());
  job.options = changetype<O>(options);
  const net = changetype<Network>(arena.take(NETWORK_BYTES));
  layoutNetwork(net, job.options);
  job.network = net;
  layoutBuffers(net, job.options.length, gradients, arena);
  const positions = <usize>job.options.count * <usize>job.options.length;
  job.x = arena.take(positions * <usize>net.inputDim * 4);
  job.y = arena.take(positions * <usize>net.outputDim * 4);
  job.target = arena.take(<usize>job.options.length * net.yTime);
}

/** Puts the sequences numbered in `chosen` [LANES] into the lanes, up to a length. */
export function gatherChunk<J>(job: J, chosen: usize, length: i32): void {
  gatherInputs(job.network, job.x, chosen, job.options.length, length);
  gatherTargets(job.network, job.y, chosen, job.options.length, length, job.target);
}
