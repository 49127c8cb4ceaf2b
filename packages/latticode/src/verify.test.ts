import { loadKernels } from "@latticode/kernels";
import type { Examples, Program } from "@latticode/program";
import { add, floorDivide, input, integer, state } from "@latticode/program";
import type { Network } from "@latticode/training";
import { expect, test } from "vitest";
import { verifyProgram } from "./verify.ts";

const kernels = await loadKernels();

// h = h + x, y = h
const runningSum: Network = {
  shape: {
    inputDim: 1,
    outputDim: 1,
    hiddenDim: 1,
    hiddenDepth: 1,
    hiddenWidth: 0,
    outputDepth: 1,
    outputWidth: 0,
  },
  weights: Float64Array.of(1, 1, 0, 1, 0),
  initial: Float64Array.of(0),
  seed: 0,
};

function programOf(update: Program["updates"][number]["value"], initial = 0): Program {
  return {
    inputDim: 1,
    state: [{ name: "a", initial }],
    order: "in-place",
    updates: [{ target: "a", value: update }],
    outputs: [state("a")],
  };
}

const right = programOf(add(state("a"), input(0)));

/** Running sums of sequences of 4 digits. */
function sums(count: number): Examples {
  const x = Int32Array.from({ length: 4 * count }, (_, i) => (i * 7 + (i >> 3)) % 10);
  const y = x.slice();
  for (let i = 0; i < y.length; i++) if (i % 4 > 0) y[i] += y[i - 1];
  return { count, length: 4, inputDim: 1, outputDim: 1, x, y };
}

const data = { heldBack: sums(2500), observed: sums(3000) };

test("a right program passes both checks, which prove nothing", async () => {
  const { checks, passed, statement } = await verifyProgram(right, runningSum, data, {
    kernels,
    seed: 1,
  });
  expect(passed).toBe(true);
  expect(statement).toBe("checked on 12500 sequences, not proven");
  const outcome = { wrong: 0, passed: true, proven: false };
  expect(checks).toMatchObject([
    { name: "examples", sequences: 2500, positions: 10_000, ...outcome },
    { name: "network", sequences: 10_000, positions: 40_000, ...outcome },
  ]);
  expect(checks[0]).not.toHaveProperty("firstCounterexample");
});

test("a program that starts wrong is wrong everywhere", async () => {
  const program = programOf(add(state("a"), input(0)), 1);
  const { checks, passed, statement } = await verifyProgram(program, runningSum, data, {
    kernels,
    seed: 1,
    sequences: 50,
  });
  expect(passed).toBe(false);
  expect(statement).toBe("wrong at 10200 positions of the 2550 sequences checked");
  expect(checks.map((check) => check.wrong)).toEqual([10_000, 200]);
  expect(checks[0].firstCounterexample).toEqual({
    x: [[0], [7], [4], [1]],
    expected: [[0], [7], [11], [12]],
    actual: [[1], [8], [12], [13]],
    position: 0,
  });
});

test("a network that differs from the labels is noticed", async () => {
  const drifting = { ...runningSum, weights: Float64Array.of(1, 1, 0.2, 1, 0) };
  const { checks } = await verifyProgram(right, drifting, data, { kernels, seed: 1 });
  // 0.2 a position: the third is the first to round up.
  expect(checks).toMatchObject([
    { passed: true },
    { passed: false, wrong: 20_000, firstCounterexample: { position: 2 } },
  ]);
});

test("a program that fails is wrong, and its error is told", async () => {
  const program = programOf(floorDivide(integer(1), input(0)));
  const { checks } = await verifyProgram(program, runningSum, data, { kernels, seed: 1 });
  expect(checks[0].passed).toBe(false);
  expect(checks[0].firstCounterexample).toMatchObject({
    actual: null,
    error: expect.stringMatching(/zero/),
  });
});

test("nothing held back is nothing verified", async () => {
  const empty = { ...sums(0), count: 0 };
  const { checks, passed, statement } = await verifyProgram(
    right,
    runningSum,
    { heldBack: empty, observed: data.observed },
    { kernels, seed: 1 },
  );
  expect(passed).toBe(false);
  expect(checks[0]).toMatchObject({ sequences: 0, passed: false });
  expect(statement).toBe("nothing to check on was held back");
});

test("an abort ends it with the signal's reason", async () => {
  const signal = AbortSignal.abort(new Error("enough"));
  const options = { kernels, seed: 1, signal };
  await expect(verifyProgram(right, runningSum, data, options)).rejects.toThrow("enough");
});
