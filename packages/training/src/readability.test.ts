import { loadKernels } from "@latticode/kernels";
import { evaluateNetwork, type Network, recurrentOf } from "@latticode/network";
import { drawIntegers, type Examples } from "@latticode/program";
import { expect, test } from "vitest";
import { balanceNetwork } from "./attempt/balance.ts";
import { measureReadability } from "./readability.ts";

const kernels = await loadKernels();
const measured = (network: Network) =>
  measureReadability(recurrentOf(network, { kernels }), bits, { kernels });

const sizes = { inputDim: 1, outputDim: 1, hiddenDim: 1, hiddenDepth: 2, hiddenWidth: 3 };

/** h' = |h - x| up to a tilt, exact for bits: a parity. */
function parityNetwork(tilt: number): Network {
  return {
    shape: { ...sizes, outputDepth: 1, outputWidth: 0 },
    // three neurons relu(h + x), relu(h + x - 1), relu(1000 (h + x) - 2000), then h', then y
    weights: Float64Array.of(1, 1, 1, 1, 1000, 1000, 0, -1, -2000, 1, -2, tilt, 0, 1, 0),
    initial: new Float64Array(1),
    seed: 0,
  };
}

const bits: Examples = (() => {
  const draw = drawIntegers(5, 0);
  const x = Int32Array.from({ length: 200 * 8 }, () => draw(0, 1));
  const y = x.slice();
  for (let i = 0; i < y.length; i++) if (i % 8) y[i] ^= y[i - 1];
  return { count: 200, length: 8, inputDim: 1, outputDim: 1, x, y };
})();

test("a parity has two states and is a minimal machine", () => {
  const network = parityNetwork(0);
  expect(evaluateNetwork(recurrentOf(network, { kernels }), bits)).toEqual({
    accuracy: 1,
    margin: 0,
  });
  expect(measured(network)).toEqual({
    distinctStates: 2,
    spread: 0,
    consistent: true,
    minimal: true,
    linear: false,
  });
});

test("states that behave alike are no minimal machine", () => {
  // h keeps the last two bits, y tells the last one
  const network: Network = {
    shape: {
      ...sizes,
      hiddenDim: 2,
      hiddenDepth: 1,
      hiddenWidth: 0,
      outputDepth: 1,
      outputWidth: 0,
    },
    weights: Float64Array.of(0, 0, 1, 1, 0, 0, 0, 0, 1, 0, 0),
    initial: new Float64Array(2),
    seed: 0,
  };
  expect(measured(network)).toEqual({
    distinctStates: 4,
    spread: 0,
    consistent: true,
    minimal: false,
    linear: true,
  });
});

test("states without end are counted up to a bound", () => {
  const sum: Network = {
    shape: { ...sizes, hiddenDepth: 1, hiddenWidth: 0, outputDepth: 1, outputWidth: 0 },
    weights: Float64Array.of(0.5, 1, 0, 1, 0),
    initial: new Float64Array(1),
    seed: 0,
  };
  const { distinctStates, minimal } = measured(sum);
  expect(distinctStates).toBeGreaterThan(20);
  expect(minimal).toBe(false);
});

test("balancing leaves the function as it is, and the scales alike", () => {
  const network = parityNetwork(0.001);
  const balanced = balanceNetwork(network, bits, { kernels });
  const { accuracy, margin } = evaluateNetwork(recurrentOf(balanced, { kernels }), bits);
  expect(accuracy).toBe(1);
  expect(margin).toBeLessThan(1e-5);
  const largest = Math.max(...balanced.weights.map(Math.abs));
  expect(largest).toBeLessThan(5);
});
