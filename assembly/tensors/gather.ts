// From data in rows, [sequence][time][column] as i32, to one chunk in lanes.

import { LANE_BYTES } from "../memory";
import { Network } from "./network";

function gather(
  rows: usize, chosen: usize, rowLength: i32, times: i32, columns: i32,
  target: usize, targetTime: usize,
): void {
  const timeBytes = (<usize>columns) << 2;
  const rowBytes = <usize>rowLength * timeBytes;
  // 4 lanes at once
  for (let lane: usize = 0; lane < LANE_BYTES; lane += 16) {
    let s0 = rows + <usize>load<u32>(chosen + lane) * rowBytes;
    let s1 = rows + <usize>load<u32>(chosen + lane, 4) * rowBytes;
    let s2 = rows + <usize>load<u32>(chosen + lane, 8) * rowBytes;
    let s3 = rows + <usize>load<u32>(chosen + lane, 12) * rowBytes;
    let time = target + lane;
    for (let t = 0; t < times; t++) {
      let to = time;
      for (let c = 0; c < columns; c++) {
        let v = v128.load_zero<i32>(s0);
        v = v128.load_lane<i32>(s1, v, 1);
        v = v128.load_lane<i32>(s2, v, 2);
        v = v128.load_lane<i32>(s3, v, 3);
        v128.store(to, f32x4.convert_i32x4_s(v));
        s0 += 4;
        s1 += 4;
        s2 += 4;
        s3 += 4;
        to += LANE_BYTES;
      }
      time += targetTime;
    }
  }
}

/** Writes the inputs of the sequences numbered in `chosen` [LANES] into z, and h_0 = 0. */
export function gatherInputs(
  net: Network, x: usize, chosen: usize, rowLength: i32, times: i32,
): void {
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
