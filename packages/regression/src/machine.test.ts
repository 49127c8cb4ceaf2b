import type { Kernels } from "@latticode/kernels";
import { loadKernels } from "@latticode/kernels";
import type { Network } from "@latticode/training";
import { traceNetwork } from "@latticode/training";
import { expect, test } from "vitest";
import { buildNetwork, randomInteger, seededRandom, traceOn } from "../test/networks.ts";
import { findMachine } from "./clusters.ts";
import type { Machine } from "./machine.ts";
import { encodeSymbols, machineAgreement, minimizeMachine } from "./machine.ts";
import { isRejection } from "./rejection.ts";

const kernels = await loadKernels();

function randomMachine(stateCount: number, symbolCount: number, random: () => number): Machine {
  return {
    inputDim: 1,
    outputDim: 1,
    symbols: Int32Array.from({ length: symbolCount }, (_, i) => i),
    stateCount,
    initial: 0,
    transitions: Int32Array.from({ length: stateCount * symbolCount }, () =>
      randomInteger(random, 0, stateCount - 1),
    ),
    outputs: Int32Array.from({ length: stateCount }, () => randomInteger(random, 0, 1)),
    outputKnown: new Uint8Array(stateCount).fill(1),
  };
}

/** Whether two machines give the same outputs on all words (product by breadth-first search). */
function bisimilar(a: Machine, b: Machine): boolean {
  const symbolCount = a.symbols.length;
  const seen = new Set<number>();
  const queue = [[a.initial, b.initial]];
  for (const [p, q] of queue) {
    for (let symbol = 0; symbol < symbolCount; symbol++) {
      const next = [
        a.transitions[p * symbolCount + symbol],
        b.transitions[q * symbolCount + symbol],
      ];
      if (next[0] < 0 || next[1] < 0 || a.outputs[next[0]] !== b.outputs[next[1]]) return false;
      const key = next[0] * b.stateCount + next[1];
      if (seen.has(key)) continue;
      seen.add(key);
      queue.push(next);
    }
  }
  return true;
}

/** A stand-in for a trained network: each state is one of a few noisy points in the hidden space. */
function embed(machine: Machine, hiddenDim: number, noise: number, random: () => number) {
  const symbolCount = machine.symbols.length;
  const copies = 2;
  const points = Array.from({ length: machine.stateCount * copies }, () =>
    Array.from({ length: hiddenDim }, () => 4 * random() - 2),
  );
  const nearest = (h: Float64Array) => {
    let best = 0;
    let smallest = Number.POSITIVE_INFINITY;
    points.forEach((point, i) => {
      const distance = point.reduce((sum, v, k) => sum + (v - h[k]) * (v - h[k]), 0);
      if (distance < smallest) {
        smallest = distance;
        best = i;
      }
    });
    return best;
  };
  const network: Network = buildNetwork(
    [
      {
        weight: points.slice(0, hiddenDim).map(() => new Array(hiddenDim + 1).fill(0)),
        bias: new Array(hiddenDim).fill(0),
      },
    ],
    [{ weight: [new Array(hiddenDim).fill(0)], bias: [0] }],
    points[machine.initial * copies],
  );
  const runNetwork: Kernels["runNetwork"] = (_shape, _weights, initial, x, count, length) => {
    const h = new Float64Array(count * length * hiddenDim);
    const y = new Float64Array(count * length);
    for (let i = 0; i < count; i++) {
      const start = initial.length === hiddenDim ? 0 : i * hiddenDim;
      let state = initial.subarray(start, start + hiddenDim);
      for (let t = 0; t < length; t++) {
        const at = i * length + t;
        const from = nearest(state);
        const next = machine.transitions[Math.floor(from / copies) * symbolCount + x[at]];
        // which copy depends on where it came from
        const point = points[next * copies + (from % copies)];
        state = h.subarray(at * hiddenDim, (at + 1) * hiddenDim);
        for (let k = 0; k < hiddenDim; k++) state[k] = point[k] + noise * (2 * random() - 1);
        y[at] = machine.outputs[next] + 0.2 * (2 * random() - 1);
      }
    }
    return { h, y };
  };
  return { network, kernels: { ...kernels, runNetwork } };
}

test("random machines in random vectors are recovered, minimal", () => {
  let recovered = 0;
  let total = 0;
  for (let seed = 0; seed < 40; seed++) {
    const random = seededRandom(seed);
    const machine = randomMachine(2 + (seed % 8), 2 + (seed % 3), random);
    const minimal = minimizeMachine(machine, { kernels });
    // a single cloud is nothing but noise
    if (minimal.stateCount === 1) continue;
    const { network, kernels: embedded } = embed(machine, 4, 0.01, random);
    const count = 300;
    const length = 12;
    const x = Int32Array.from({ length: count * length }, () =>
      randomInteger(random, 0, machine.symbols.length - 1),
    );
    const traces = traceNetwork(network, { x, count, length }, { kernels: embedded });
    const found = findMachine(network, traces, { kernels: embedded });
    total++;
    // a rejection is a failure reported as such; a machine must be right
    if (isRejection(found) || !found.evidence.closed) continue;
    expect(bisimilar(found.machine, machine)).toBe(true);
    expect(found.machine.stateCount).toBeLessThanOrEqual(minimal.stateCount);
    recovered++;
  }
  expect(total).toBeGreaterThan(30);
  expect(recovered / total).toBeGreaterThanOrEqual(0.97);
});

test("minimisation gives a bisimilar machine with no two equal states", () => {
  for (let seed = 0; seed < 100; seed++) {
    const random = seededRandom(seed);
    const machine = randomMachine(1 + (seed % 12), 1 + (seed % 3), random);
    const minimal = minimizeMachine(machine, { kernels });
    expect(bisimilar(minimal, machine)).toBe(true);
    for (let state = 1; state < minimal.stateCount; state++) {
      for (let other = 0; other < state; other++) {
        const sameOutput = minimal.outputs[state] === minimal.outputs[other];
        const from = (initial: number) => ({ ...minimal, initial });
        expect(sameOutput && bisimilar(from(state), from(other))).toBe(false);
      }
    }
  }
});

test("a start whose output nobody sees joins a state with the same successors", () => {
  // parity; the start is a state of its own in the network
  const machine: Machine = {
    inputDim: 1,
    outputDim: 1,
    symbols: Int32Array.of(0, 1),
    stateCount: 3,
    initial: 0,
    transitions: Int32Array.of(1, 2, 1, 2, 2, 1),
    outputs: Int32Array.of(0, 0, 1),
    outputKnown: Uint8Array.of(0, 1, 1),
  };
  const minimal = minimizeMachine(machine, { kernels });
  expect(minimal.stateCount).toBe(2);
  expect([...minimal.transitions]).toEqual([0, 1, 1, 0]);
  expect([...minimal.outputs]).toEqual([0, 1]);
});

test("unknown transitions stay unknown and count as disagreement", () => {
  const machine: Machine = {
    inputDim: 1,
    outputDim: 1,
    symbols: Int32Array.of(0, 1),
    stateCount: 2,
    initial: 0,
    transitions: Int32Array.of(1, -1, -1, -1),
    outputs: Int32Array.of(0, 1),
    outputKnown: Uint8Array.of(0, 1),
  };
  expect([...minimizeMachine(machine, { kernels }).transitions]).toEqual([1, -1, -1, -1]);
  const traces = {
    count: 2,
    length: 1,
    inputDim: 1,
    outputDim: 1,
    hiddenDim: 1,
    initial: new Float64Array(1),
    x: Int32Array.of(0, 1),
    h: new Float64Array(2),
    y: Int32Array.of(1, 1),
  };
  expect(machineAgreement(machine, traces, Int32Array.of(0, 1))).toBe(0.5);
});

test("symbols are the distinct inputs in order", () => {
  const random = seededRandom(1);
  const network = buildNetwork(
    [{ weight: [[0, 1, 1]], bias: [0] }],
    [{ weight: [[1]], bias: [0] }],
    [0],
  );
  const traces = traceOn(network, { low: -1, high: 1, count: 50, length: 4 }, { kernels, random });
  const encoded = encodeSymbols(traces, 64)!;
  expect([...encoded.symbols]).toEqual([
    -1, -1, -1, 0, -1, 1, 0, -1, 0, 0, 0, 1, 1, -1, 1, 0, 1, 1,
  ]);
  expect([...encoded.indices.slice(0, 3)]).toEqual(
    [0, 1, 2].map((i) => 3 * (traces.x[2 * i] + 1) + traces.x[2 * i + 1] + 1),
  );
  expect(encodeSymbols(traces, 8)).toBeUndefined();
});

test("a network that diverges on a word outside the traces is rejected, not an exception", () => {
  const network = buildNetwork(
    [{ weight: [[1e160, 1]], bias: [0] }],
    [{ weight: [[1]], bias: [0] }],
    [0],
  );
  // a 1 comes last only; a 1 at the start would give 1, 1e160, infinity
  const x = Int32Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
  const traces = traceNetwork(network, { x, count: 2, length: 5 }, { kernels });
  const found = findMachine(network, traces, { kernels });
  expect(isRejection(found) && found.rejected).toContain("a hidden state is not a finite number");
});
