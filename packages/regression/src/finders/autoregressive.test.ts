import { loadKernels } from "@latticode/kernels";
import { add, conditional, input, integer, modulo, programCost, state } from "@latticode/program";
import { expect, test } from "vitest";
import { countBanks, programOf, tracesOf } from "../../testing/systems.ts";
import { disagreement } from "../candidates.ts";
import { autoregressiveProgram, startProgram } from "./autoregressive.ts";

const kernels = await loadKernels();
const [a, x] = [state("a"), input(0)];
const sizes = { count: 50, length: 8, low: -5, high: 5 };

test("what is put out is the state, with the start that gives the first outputs", () => {
  for (const initial of [0, 3, -40]) {
    const program = programOf({ a: initial }, [["a", add(a, x)]], [a]);
    const counted = countBanks(kernels);
    const options = { ...counted, bound: 20 };
    const found = autoregressiveProgram(tracesOf(program, sizes), options)!;
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
  const options = { kernels, bound: 20 };
  // modulo 3 they do
  for (const program of [parity, doubled]) {
    const found = autoregressiveProgram(tracesOf(program, sizes), options)!;
    expect(disagreement(found, tracesOf(program, { ...sizes, seed: 2 }))).toBe(0);
  }
  const coarse = { ...hidden, outputs: [modulo(modulo(a, integer(7)), integer(2))] };
  expect(autoregressiveProgram(tracesOf(coarse, sizes), options)).toBeUndefined();
});

test("sequences of one position tell nothing of the last output", () => {
  const program = programOf({ a: 3 }, [["a", add(a, x)]], [a]);
  const traces = tracesOf(program, { ...sizes, length: 1 });
  expect(autoregressiveProgram(traces, { kernels, bound: 20 })).toBeUndefined();
});

test("of starts that give the first outputs the one that gives the others is taken", () => {
  // an input of 0 asks for the start; the first input is none
  const program = programOf({ a: 5 }, [["a", a]], [conditional(x, integer(0), a)]);
  const traces = tracesOf(program, { ...sizes, low: 0, high: 1 });
  const asked = { ...traces, x: traces.x.slice(), y: traces.y.slice() };
  for (let i = 0; i < traces.count; i++) {
    asked.x[i * traces.length] = 1;
    asked.y[i * traces.length] = 0;
  }
  const unknown = { ...program, state: [{ name: "a", initial: 0 }] };
  expect(startProgram(unknown, asked, [7, 5])).toEqual(program);
});

test("no start is right where first outputs differ for one input", () => {
  const program = programOf({ a: 0 }, [["a", add(a, x)]], [a]);
  const traces = tracesOf(program, { ...sizes, low: 1, high: 1 });
  const y = traces.y.slice();
  y[0]++;
  expect(startProgram(program, { ...traces, y }, [])).toBeUndefined();
});
