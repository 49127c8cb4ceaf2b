import type { NetworkShape } from "@latticode/kernels";
import { loadKernels, parameterCount } from "@latticode/kernels";
import type { Network, Traces } from "@latticode/training";
import { traceNetwork } from "@latticode/training";
import { expect, test } from "vitest";
import { normalize } from "./normalize.ts";
import { whiten } from "./whiten.ts";

const kernels = await loadKernels();

/** Uniform numbers in [-1, 1) from a 32-bit state (mulberry32). */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 31 - 1;
  };
}

function randomNetwork(shape: NetworkShape, seed: number): Network {
  const random = seededRandom(seed);
  return {
    shape,
    weights: Float64Array.from({ length: parameterCount(shape) }, random),
    initial: Float64Array.from({ length: shape.hiddenDim }, random),
    seed,
  };
}

function traceOn(network: Network, seed: number, count = 64, length = 6): Traces {
  const random = seededRandom(seed);
  const x = Int32Array.from({ length: count * length * network.shape.inputDim }, () =>
    Math.round(3 * random()),
  );
  return traceNetwork(network, { x, count, length }, { kernels });
}

const shapes: readonly NetworkShape[] = [1, 2, 3].flatMap((hiddenDepth) =>
  [1, 2, 3].map((outputDepth, i) => ({
    inputDim: 1 + (i % 2),
    outputDim: 1 + (hiddenDepth % 2),
    hiddenDim: hiddenDepth + i,
    hiddenDepth,
    hiddenWidth: hiddenDepth > 1 ? 5 : 0,
    outputDepth,
    outputWidth: outputDepth > 1 ? 7 : 0,
  })),
);

test.each(shapes)(
  "depths $hiddenDepth and $outputDepth, $hiddenDim hidden: states A h, outputs the same, white",
  (shape) => {
    const { hiddenDim } = shape;
    const network = randomNetwork(shape, 7 * hiddenDim + shape.outputDepth);
    const traces = traceOn(network, 3);
    const { network: white, change, report } = whiten(network, traces, { kernels, epsilon: 1e-9 });
    expect(report).toMatchObject({ name: "whiten", changed: true });
    expect(report.deviation).toBeLessThan(1e-9);
    const after = traceOn(white, 3);
    const rows = traces.count * traces.length;
    const moments = new Float64Array(hiddenDim * hiddenDim);
    let largest = 0;
    for (let row = 0; row < rows; row++) {
      const old = traces.h.subarray(row * hiddenDim, (row + 1) * hiddenDim);
      const now = after.h.subarray(row * hiddenDim, (row + 1) * hiddenDim);
      for (let i = 0; i < hiddenDim; i++) {
        let value = 0;
        for (let j = 0; j < hiddenDim; j++) {
          value += change[i * hiddenDim + j] * old[j];
          moments[i * hiddenDim + j] += (now[i] * now[j]) / rows;
        }
        largest = Math.max(largest, Math.abs(now[i] - value));
      }
    }
    expect(largest).toBeLessThan(1e-8);
    moments.forEach((moment, at) => {
      expect(moment).toBeCloseTo(at % (hiddenDim + 1) === 0 ? 1 : 0, 6);
    });
    expect(after.y).toEqual(traces.y);
  },
);

test("directions up to epsilon stay as they are", () => {
  // h = (x, x / 100), uncorrelated with anything else
  const network: Network = {
    shape: {
      inputDim: 2,
      outputDim: 1,
      hiddenDim: 2,
      hiddenDepth: 1,
      hiddenWidth: 0,
      outputDepth: 1,
      outputWidth: 0,
    },
    weights: Float64Array.of(0, 0, 2, 0, 0, 0, 0, 0.01, 0, 0, 1, 1, 0),
    initial: Float64Array.of(0, 0),
    seed: 0,
  };
  const x = Int32Array.of(1, 1, 1, -1, -1, 1, -1, -1);
  const traces = traceNetwork(network, { x, count: 4, length: 1 }, { kernels });
  const { change } = whiten(network, traces, { kernels });
  expect([...change]).toEqual([0.5, 0, 0, 1]);
});

test("nothing above epsilon: refused", () => {
  const network = randomNetwork({ ...shapes[4] }, 5);
  const small = {
    ...network,
    weights: network.weights.map((w) => w * 1e-3),
    initial: new Float64Array(network.shape.hiddenDim),
  };
  const result = whiten(small, traceOn(small, 1), { kernels });
  expect(result.network).toBe(small);
  expect(result.report).toEqual({
    name: "whiten",
    changed: false,
    deviation: 0,
    reason: "no direction has a mean square above 0.1",
  });
});

test("outputs that would change beyond the tolerance: refused", () => {
  const network = randomNetwork(shapes[5], 5);
  const traces = traceOn(network, 1);
  const { report, network: same } = whiten(network, traces, {
    kernels,
    tolerance: 0,
    epsilon: 1e-3,
  });
  expect(same).toBe(network);
  expect(report.changed).toBe(false);
  expect(report.deviation).toBeGreaterThan(0);
  expect(report.reason).toMatch(/^outputs up to .* would change by \d/);
});

test("hidden states that overflow: refused", () => {
  const network = randomNetwork(shapes[0], 5);
  const traces = traceOn(network, 1);
  const h = traces.h.map(() => Number.POSITIVE_INFINITY);
  const { report } = whiten(network, { ...traces, h }, { kernels });
  expect(report.reason).toBe("a hidden state is not a finite number");
});

test("traces of another network are an error", () => {
  const network = randomNetwork(shapes[0], 5);
  const other = randomNetwork(shapes[1], 5);
  expect(() => whiten(network, traceOn(other, 1), { kernels })).toThrow(
    "the traces have 2 hidden coordinates, the network 1",
  );
});

test("normalize reports every step", () => {
  const network = randomNetwork(shapes[8], 5);
  const { network: normalized, steps } = normalize(network, traceOn(network, 1), { kernels });
  expect(steps.map(({ name }) => name)).toEqual(["whiten"]);
  expect(normalized.shape).toEqual(network.shape);
});
