// One layer or one loss on its own, for data in rows [sequence][feature]; training goes through
// network.ts, which keeps its data in lanes.

import { denseBackwardInput, denseBackwardWeights } from "./dense-backward";
import { denseForward } from "./dense-forward";
import { lossGradient, lossSum } from "./loss";
import { allocate, chunksOf, LANE_BYTES, LANES, release } from "../memory";

/** rows [batch][features] from sequence `first` on, to lanes [feature][LANES], padded with 0. */
function toLanes(rows: usize, batch: i32, first: i32, features: i32, lanes: usize): void {
  memory.fill(lanes, 0, <usize>features * LANE_BYTES);
  for (let lane = 0; lane < min(LANES, batch - first); lane++) {
    const row = rows + ((<usize>(first + lane) * <usize>features) << 2);
    for (let k = 0; k < features; k++) {
      const value = load<f32>(row + ((<usize>k) << 2));
      store<f32>(lanes + <usize>k * LANE_BYTES + ((<usize>lane) << 2), value);
    }
  }
}

function fromLanes(lanes: usize, batch: i32, first: i32, features: i32, rows: usize): void {
  for (let lane = 0; lane < min(LANES, batch - first); lane++) {
    const row = rows + ((<usize>(first + lane) * <usize>features) << 2);
    for (let k = 0; k < features; k++) {
      const value = load<f32>(lanes + <usize>k * LANE_BYTES + ((<usize>lane) << 2));
      store<f32>(row + ((<usize>k) << 2), value);
    }
  }
}

/** y [batch][outputs] of weight [outputs][inputs], bias [outputs], x [batch][inputs]. */
export function layerForward(
  weight: Float32Array, bias: Float32Array, x: Float32Array,
  inputs: i32, outputs: i32, batch: i32, relu: bool,
): Float32Array {
  const y = new Float32Array(batch * outputs);
  const input = allocate(<usize>(inputs + outputs) * LANE_BYTES);
  const output = input + <usize>inputs * LANE_BYTES;
  for (let chunk = 0; chunk < chunksOf(batch); chunk++) {
    toLanes(x.dataStart, batch, chunk * LANES, inputs, input);
    denseForward(
      weight.dataStart, inputs, bias.dataStart, input, LANE_BYTES, output, LANE_BYTES,
      inputs, outputs, LANES, relu,
    );
    fromLanes(output, batch, chunk * LANES, outputs, y.dataStart);
  }
  release(input);
  return y;
}

/** dx [batch][inputs], then dw [outputs][inputs], then db [outputs], from dy [batch][outputs]. */
export function layerBackward(
  weight: Float32Array, x: Float32Array, dy: Float32Array,
  inputs: i32, outputs: i32, batch: i32, rectified: bool,
): Float32Array {
  const result = new Float32Array(batch * inputs + (inputs + 1) * outputs);
  const dw = result.dataStart + ((<usize>(batch * inputs)) << 2);
  const db = dw + ((<usize>(inputs * outputs)) << 2);
  const input = allocate(<usize>(2 * inputs + outputs) * LANE_BYTES);
  const inputDelta = input + <usize>inputs * LANE_BYTES;
  const outputDelta = inputDelta + <usize>inputs * LANE_BYTES;
  for (let chunk = 0; chunk < chunksOf(batch); chunk++) {
    toLanes(x.dataStart, batch, chunk * LANES, inputs, input);
    toLanes(dy.dataStart, batch, chunk * LANES, outputs, outputDelta);
    denseBackwardInput(
      weight.dataStart, inputs, outputDelta, LANE_BYTES, inputDelta, LANE_BYTES,
      rectified ? input : 0, inputs, outputs, LANES, false,
    );
    denseBackwardWeights(outputDelta, 0, input, 0, dw, db, inputs, outputs, 1);
    fromLanes(inputDelta, batch, chunk * LANES, inputs, result.dataStart);
  }
  release(input);
  return result;
}

/** dL/dy [batch][outputs] of the mean loss; the mean loss itself is the last number. */
export function lossForward(
  kind: i32, deadZone: f64, y: Float32Array, target: Float32Array, outputs: i32, batch: i32,
): Float64Array {
  const terms = batch * outputs;
  const result = new Float64Array(terms + 1);
  const bytes = <usize>outputs * LANE_BYTES;
  const prediction = allocate(3 * bytes + LANE_BYTES);
  const label = prediction + bytes;
  const delta = label + bytes;
  const mask = delta + bytes;
  const rows = new Float32Array(terms);
  let sum = 0.0;
  for (let chunk = 0; chunk < chunksOf(batch); chunk++) {
    const used = min(LANES, batch - chunk * LANES);
    for (let lane = 0; lane < LANES; lane++) {
      store<f32>(mask + ((<usize>lane) << 2), lane < used ? 1 : 0);
    }
    toLanes(y.dataStart, batch, chunk * LANES, outputs, prediction);
    toLanes(target.dataStart, batch, chunk * LANES, outputs, label);
    lossGradient(
      kind, prediction, label, delta, mask, outputs, <f32>(1 / <f64>terms), <f32>deadZone,
    );
    sum += lossSum(kind, prediction, label, outputs, used);
    fromLanes(delta, batch, chunk * LANES, outputs, rows.dataStart);
  }
  for (let i = 0; i < terms; i++) unchecked(result[i] = <f64>rows[i]);
  result[terms] = sum / <f64>terms;
  release(prediction);
  return result;
}
