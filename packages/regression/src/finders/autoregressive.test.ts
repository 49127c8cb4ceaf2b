import type { Kernels } from "@latticode/kernels";
import { loadKernels } from "@latticode/kernels";
import type { Traces } from "@latticode/network";
import { add, input, integer, modulo, programCost, state } from "@latticode/program";
import { expect, test } from "vitest";
import { candidatesOf, contextOf } from "../../testing/contexts.ts";
import { countBanks, programOf, tracesOf } from "../../testing/systems.ts";
import { disagreement } from "../disagreement.ts";
import { autoregressive } from "./autoregressive.ts";

const kernels = await loadKernels();
const [a, x] = [state("a"), input(0)];
const programOn = (traces: Traces, options: { readonly kernels: Kernels }) =>
  candidatesOf([autoregressive], contextOf(traces, options), 20).best?.program;
const sizes = { count: 50, length: 8, low: -5, high: 5 };

test("what is put out is the state, with the start that gives the first outputs", () => {
  for (const initial of [0, 3, -40]) {
    const program = programOf({ a: initial }, [["a", add(a, x)]], [a]);
    const counted = countBanks(kernels);
    const found = programOn(tracesOf(program, sizes), counted)!;
    expect(programCost(found)).toBe(6);
    expect(found.state[0].initial).toBe(initial);
    expect(disagreement(found, tracesOf(program, { ...sizes, length: 20, seed: 2 }))).toBe(0);
    expect(counted.open()).toBe(0);
  }
});

test("outputs that the last ones and the input do not decide have none", () => {
  const parity = programOf({ a: 0 }, [["a", add(a, x)]], [modulo(a, integer(3))]);
  const doubled = programOf({ a: 0 }, [["a", add(a, x)]], [modulo(add(a, a), integer(3))]);
  const hidden = programOf({ a: 0 }, [["a", add(a, x)]], [modulo(a, integer(7))]);
  // modulo 3 they do
  for (const program of [parity, doubled]) {
    const found = programOn(tracesOf(program, sizes), { kernels })!;
    expect(disagreement(found, tracesOf(program, { ...sizes, seed: 2 }))).toBe(0);
  }
  const coarse = { ...hidden, outputs: [modulo(modulo(a, integer(7)), integer(2))] };
  expect(programOn(tracesOf(coarse, sizes), { kernels })).toBeUndefined();
});

test("sequences of one position tell nothing of the last output", () => {
  const program = programOf({ a: 3 }, [["a", add(a, x)]], [a]);
  const traces = tracesOf(program, { ...sizes, length: 1 });
  expect(programOn(traces, { kernels })).toBeUndefined();
});
