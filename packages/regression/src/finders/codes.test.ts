import { loadKernels } from "@latticode/kernels";
import { add, input, integer, modulo, state } from "@latticode/program";
import { proveEqual } from "@latticode/verification";
import { expect, test } from "vitest";
import { candidatesOf, contextOf } from "../../testing/contexts.ts";
import { programOf, tracesOf } from "../../testing/systems.ts";
import type { ReadingContext } from "../context.ts";
import type { ClosedCode } from "../lattice/closed-codes.ts";
import { codes } from "./codes.ts";

const kernels = await loadKernels();
const [a, x] = [state("a"), input(0)];
const program = programOf({ a: 1 }, [["a", modulo(add(a, x), integer(5))]], [a]);
const traces = tracesOf(program, { count: 80, length: 10, low: 0, high: 2, hidden: [a] });
const functional: ClosedCode = {
  ...{ weights: [1], values: traces.h.map((v) => 20 - v), initial: 19, start: "hidden state" },
  ...{ tested: 700, distinct: 5, least: 16, most: 20, output: "state" },
};
const { initial: _, ...unstarted } = functional;

/** A context in which these functionals have been read. */
const contextWith = (functionals: readonly ClosedCode[]) =>
  contextOf(traces, { kernels, codes: { functionals } as ReadingContext["codes"] });

test("codes give programs in either direction, with a start that is found", () => {
  for (const given of [functional, { ...unstarted, start: "none" } as const]) {
    const { best } = candidatesOf([codes], contextWith([given]), 40);
    expect(best).toMatchObject({ stage: "codes", route: "white-box", cost: 8 });
    expect(proveEqual(best!.program, program, Int32Array.of(0, 1, 2)).equal).toBe(true);
  }
});

test("where there are no codes there is no program", () => {
  const context = contextOf(traces, { kernels, codes: { rejected: "lattice: none" } });
  expect(candidatesOf([codes], context, 40).found).toEqual([]);
});
