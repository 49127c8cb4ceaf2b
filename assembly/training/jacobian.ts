// The Jacobian of the outputs with respect to all parameters, carried forward in time: every
// parameter's derivative is a row of lanes, so that the layer kernel propagates it.

import { LANE_BYTES, LANES } from "../memory";
import { denseForward } from "../tensors/dense-forward";
import { Layer } from "../tensors/network";
import { LevenbergJob } from "./levenberg-job";

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
export function differentiate(job: LevenbergJob): void {
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
