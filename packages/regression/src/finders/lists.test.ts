import { loadKernels } from "@latticode/kernels";
import type { Program } from "@latticode/program";
import {
  addAt,
  append,
  argmax,
  at,
  equal,
  input,
  integer,
  programCost,
  reverse,
  shift,
  state,
  sum,
} from "@latticode/program";
import { expect, test } from "vitest";
import { countBanks, programOf, tracesOf } from "../../testing/systems.ts";
import { disagreement } from "../disagreement.ts";
import { listPrograms } from "./lists.ts";

const kernels = await loadKernels();
const [w, x] = [state("w"), input(0)];
const zeros = (n: number) => new Array<number>(n).fill(0);
const shifted = (n: number, output: Program["outputs"][number]) =>
  programOf({ w: zeros(n) }, [["w", shift(w, x)]], [output]);

test.each([
  ["the sum of four inputs", shifted(4, sum(w)), 9, 7],
  ["the input of three positions ago", shifted(4, at(w, integer(0))), 9, 8],
  [
    "the most frequent value",
    programOf({ w: zeros(4) }, [["w", addAt(w, x, integer(1))]], [argmax(w)]),
    3,
    8,
  ],
  [
    "how often the input was seen",
    programOf({ w: zeros(4) }, [["w", addAt(w, x, integer(1))]], [at(w, x)]),
    3,
    9,
  ],
  ["palindromes", programOf({ w: [] }, [["w", append(w, x)]], [equal(w, reverse(w))]), 2, 9],
] as const)("%s", (_, program, high, cost) => {
  const sizes = { count: 120, length: 10, low: 0, high };
  const traces = tracesOf(program, sizes);
  const counted = countBanks(kernels);
  const [{ program: found }] = listPrograms(traces, () => 12, counted);
  expect(programCost(found)).toBe(cost);
  expect(disagreement(found, tracesOf(program, { ...sizes, length: 25, seed: 2 }))).toBe(0);
  expect(listPrograms(traces, () => 12, { kernels }).next().value).toEqual({ program: found });
  expect(listPrograms(traces, () => cost - 1, { kernels }).next().value).toBeUndefined();
  expect(counted.open()).toBe(0);
});

test("the bound is asked anew", () => {
  const traces = tracesOf(shifted(4, sum(w)), { count: 120, length: 10, low: 0, high: 9 });
  expect([...listPrograms(traces, () => 12, { kernels })].length).toBeGreaterThan(1);
  let bound = 12;
  const costs: number[] = [];
  for (const { program } of listPrograms(traces, () => bound, { kernels })) {
    costs.push(programCost(program));
    bound = programCost(program) - 1;
  }
  expect(costs).toEqual([7]);
});
