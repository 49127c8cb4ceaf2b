import { expect, test } from "vitest";
import type { Recurrent } from "./recurrent.ts";
import { traceNetwork } from "./traces.ts";

/** h = |h - x|, y = h + 1 / 2: a cell that no perceptron is needed for. */
const distance: Recurrent = {
  ...{ inputDim: 1, outputDim: 1, hiddenDim: 1, initial: Float64Array.of(3), affine: "none" },
  step(h, x) {
    const next = h.map((state, i) => Math.abs(state - x[i]));
    return { h: next, y: Int32Array.from(next, (state) => state + 1) };
  },
  run(x, count, length) {
    const h = new Float64Array(count * length);
    for (let i = 0; i < x.length; i++) h[i] = Math.abs((i % length ? h[i - 1] : 3) - x[i]);
    return { h, y: h.map((state) => state + 0.5) };
  },
};

test("traces hold the inputs, the states after each position and the outputs rounded, halves up", () => {
  const x = Int32Array.of(1, 5, 3, -1);
  expect(traceNetwork(distance, { x, count: 2, length: 2 })).toEqual({
    ...{ count: 2, length: 2, inputDim: 1, outputDim: 1, hiddenDim: 1 },
    ...{ initial: distance.initial, x },
    h: Float64Array.of(2, 3, 0, 1),
    y: Int32Array.of(3, 4, 1, 2),
  });
});
