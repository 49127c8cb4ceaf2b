import { loadKernels } from "@latticode/kernels";
import { type Network, recurrentOf } from "@latticode/network";
import { expect, test } from "vitest";
import { bits, counterSystem } from "../../testing/counters.ts";
import { recoverMachines } from "../recover.ts";
import { isRejection } from "../rejection.ts";
import { observedSymbols, sampleWords, systemOf } from "../system.ts";
import { hiddenSpace } from "./blobs.ts";
import { decodeCodes } from "./decoding.ts";
import { machineEvidence } from "./evidence.ts";

const kernels = await loadKernels();

test("a line decodes affinely, a folded one by its neighbours only", () => {
  const rows = 400;
  const places = Float64Array.from({ length: rows }, (_, i) => ((i * 7) % 5) + 0.01 * (i % 3));
  const codes = new Int32Array(2 * rows);
  places.forEach((place, i) => {
    codes[2 * i] = 3 * Math.floor(place) - 4;
    codes[2 * i + 1] = Math.floor(place) % 2;
  });
  const [line, folded] = decodeCodes(places, codes, { rows, kernels });
  expect(line).toEqual({ affine: 1, nearest: 1 });
  expect(folded.affine).toBeLessThan(0.7);
  expect(folded.nearest).toBe(1);
});

test("evidence counts the hidden states of each state, and measures them", () => {
  const system = counterSystem(
    bits,
    10,
    (a, x) => ((Math.round(a) + x) % 3) + 0.01 * x,
    (a) => Math.round(a),
  );
  const { residual } = recoverMachines(system, { kernels, seed: 1 });
  if (isRejection(residual)) throw new Error(residual.rejected);
  const { evidence, machine } = residual;
  expect(machine.stateCount).toBe(3);
  expect(evidence.states.reduce((sum, state) => sum + state.hiddenStates, 0)).toBe(1500);
  expect(evidence.transitions).toEqual({ known: 6, unknown: 0 });
  // 1 apart and 0.01 wide, over a standard deviation of 0.82
  for (const { spread, distance } of evidence.states) {
    expect(spread).toBeCloseTo(0.0122, 3);
    expect(distance).toBeCloseTo(1.21, 1);
  }
  const space = hiddenSpace(sampleWords(system, 800, 1), { kernels });
  const code = Int32Array.of(0, 1, 2);
  const { decoding } = machineEvidence(system, machine, { kernels, space, seed: 1, code });
  expect(decoding).toEqual([{ affine: 1, nearest: 1 }]);
  // the middle of three on a line is no affine function of the place
  expect(evidence.decoding[1].affine).toBeLessThan(1);
});

test("a machine of more states than can be decoded at once has evidence all the same", () => {
  const system = counterSystem(
    bits,
    12,
    (a, x) => 2 * a + x + 1,
    (a) => a,
  );
  const { residual } = recoverMachines(system, { kernels, seed: 1 });
  if (isRejection(residual)) throw new Error(residual.rejected);
  expect(residual.machine.stateCount).toBeGreaterThan(1024);
  expect(residual.evidence.decoding).toHaveLength(1024);
  expect(residual.evidence.states).toHaveLength(residual.machine.stateCount);
});

test("symbols are the distinct inputs in order, up to a limit", () => {
  const x = Int32Array.of(1, -1, 0, 2, 0, -3, 1, -1, -1, 0);
  expect([...(observedSymbols(x, 2) as Int32Array)]).toEqual([-1, 0, 0, -3, 0, 2, 1, -1]);
  expect(observedSymbols(x, 2, 3)).toEqual({
    rejected: "machine: the inputs take more than 3 distinct values",
  });
  const many = Int32Array.from({ length: 513 }, (_, i) => -i);
  expect(observedSymbols(many.subarray(1), 1)).toHaveLength(512);
  expect(observedSymbols(many, 1)).toEqual({
    rejected: "machine: the inputs take more than 512 distinct values",
  });
});

test("a network that diverges is a rejection, not an exception", () => {
  const shape = {
    inputDim: 1,
    outputDim: 1,
    hiddenDim: 1,
    hiddenDepth: 1,
    hiddenWidth: 0,
    outputDepth: 1,
    outputWidth: 0,
  };
  const weights = Float64Array.of(1e160, 1, 0, 1, 0);
  const network: Network = { shape, weights, initial: Float64Array.of(0), seed: 0 };
  const system = systemOf(recurrentOf(network, { kernels }), { symbols: bits, length: 5 });
  const diverged = { rejected: "machine: a hidden state is not a finite number" };
  expect(recoverMachines(system, { kernels, seed: 1 })).toEqual({
    residual: diverged,
    blobs: diverged,
  });
});
