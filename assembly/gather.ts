// From data in rows, [sequence][time][column] as i32, to one chunk in lanes.

import { LANE_BYTES, LANES } from "./memory";
import { Network } from "./network";

function gather(
  rows: usize, chosen: usize, rowLength: i32, times: i32, columns: i32,
  target: usize, targetTime: usize,
): void {
  const timeBytes = ((<usize>columns) << 2);
  for (let lane = 0; lane < LANES; lane++) {
    const sequence = load<u32>(chosen + ((<usize>lane) << 2));
    let source = rows + <usize>sequence * <usize>rowLength * timeBytes;
    let time = target + ((<usize>lane) << 2);
    for (let t = 0; t < times; t++) {
      let to = time;
      for (let c: usize = 0; c < timeBytes; c += 4) {
        store<f32>(to, <f32>load<i32>(source + c));
        to += LANE_BYTES;
      }
      source += timeBytes;
      time += targetTime;
    }
  }
}

/** Writes the inputs of the sequences numbered in `chosen` [LANES] into z, and h_0 = 0. */
export function gatherInputs(net: Network, x: usize, chosen: usize, rowLength: i32, times: i32): void {
  memory.fill(net.z, 0, <usize>net.hiddenDim * LANE_BYTES);
  const start = net.z + <usize>net.hiddenDim * LANE_BYTES;
  gather(x, chosen, rowLength, times, net.inputDim, start, net.zTime);
}

/** Writes their labels into target [time][output][lane]. */
export function gatherTargets(
  net: Network, y: usize, chosen: usize, rowLength: i32, times: i32, target: usize,
): void {
  gather(y, chosen, rowLength, times, net.outputDim, target, net.yTime);
}
