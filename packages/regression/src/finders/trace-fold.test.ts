import { loadKernels } from "@latticode/kernels";
import { add, conditional, input, integer, less, modulo, state } from "@latticode/program";
import { expect, test } from "vitest";
import { candidatesOf, contextOf } from "../../testing/contexts.ts";
import { countBanks, programOf, tracesOf } from "../../testing/systems.ts";
import { disagreement } from "../disagreement.ts";
import { programOfSteps } from "../search/step-program.ts";
import { decides } from "../search/steps.ts";
import { traceFold, traceFolds } from "./trace-fold.ts";

const kernels = await loadKernels();
const [a, x] = [state("a"), input(0)];
const sizes = { count: 50, length: 10, low: 0, high: 4 };
const remainder = programOf(
  { a: 1 },
  [["a", modulo(add(a, x), integer(5))]],
  [less(a, integer(2))],
);

test("states decide the outputs, differ, and come again the same", () => {
  const traces = tracesOf(remainder, sizes);
  const all = () => [...traceFolds(traces, { kernels })];
  const folds = all();
  expect(folds.length).toBeGreaterThan(1);
  for (const { steps } of folds) {
    expect(decides([...steps.before, ...steps.x], steps.y[0])).toBe(true);
  }
  const keys = folds.map(({ steps }) => JSON.stringify([steps.initial, steps.before, steps.after]));
  expect(new Set(keys).size).toBe(keys.length);
  expect(all()).toEqual(folds);
});

test("the first of them gives a program that is right on other sequences too", () => {
  const traces = tracesOf(remainder, sizes);
  const fresh = tracesOf(remainder, { ...sizes, length: 40, seed: 2 });
  const [first] = traceFolds(traces, { kernels });
  const program = programOfSteps(first.steps, { ...first, kernels, bound: 14 })!;
  expect(disagreement(program, fresh)).toBe(0);
});

test("inputs of any size are told apart", () => {
  // pairs of state and input that a mix by 4096 would confuse
  const large = programOf(
    { a: 0 },
    [["a", add(a, integer(1))]],
    [conditional(less(x, integer(4096)), integer(7), a)],
  );
  const traces = tracesOf(large, { ...sizes, low: 4094, high: 4098 });
  const moved = { ...traces, x: traces.x.map((v) => (v === 4095 ? -1 : v)) };
  const counting = [...traceFolds(moved, { kernels })].some(({ steps }) =>
    steps.after[0].every((after, row) => after === steps.before[0][row] + 1),
  );
  expect(counting).toBe(true);
});

test("no bank is left when a consumer stops early", () => {
  const counted = countBanks(kernels);
  const traces = tracesOf(remainder, sizes);
  for (const fold of traceFolds(traces, counted)) {
    expect(counted.open()).toBe(1);
    expect(fold.steps.rows).toBeGreaterThan(0);
    break;
  }
  expect(counted.open()).toBe(0);
});

test("trace folds give programs that are right on the traces", () => {
  const program = programOf({ a: 0 }, [["a", add(a, x)]], [less(a, integer(4))]);
  const traces = tracesOf(program, { count: 60, length: 8, low: 0, high: 1 });
  const { best } = candidatesOf([traceFold], contextOf(traces, { kernels }), 40);
  expect(best?.stage).toBe("trace fold");
  expect(best!.cost).toBeLessThanOrEqual(8);
});
