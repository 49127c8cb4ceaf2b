import type { Recurrent } from "@latticode/network";
import { add, input, integer, minimum, modulo, state } from "@latticode/program";
import { expect, test } from "vitest";
import { programOf, tracesOf } from "../testing/systems.ts";
import { goesOn, traceBeyond } from "./beyond.ts";

const [a, x] = [state("a"), input(0)];
const sum = programOf({ a: 0 }, [["a", add(a, x)]], [a]);
const wrapped = programOf({ a: 0 }, [["a", modulo(add(a, x), integer(9))]], [a]);
const stopped = programOf({ a: 0 }, [["a", minimum(add(a, x), integer(20))]], [a]);
const traces = tracesOf(sum, { count: 60, length: 8, low: 0, high: 1 });

/** Counts ones, and drifts away from integers after a number of positions. */
function counter(steady: number): Recurrent {
  return {
    ...{ inputDim: 1, outputDim: 1, hiddenDim: 1, initial: Float64Array.of(0), affine: "none" },
    step: () => {
      throw new Error("not asked");
    },
    run(inputs, count, length) {
      const y = new Float64Array(count * length);
      for (let s = 0; s < count; s++) {
        let ones = 0;
        for (let t = 0; t < length; t++) {
          ones += inputs[s * length + t];
          y[s * length + t] = ones + (t < steady ? 0.02 : 0.4);
        }
      }
      return { h: y, y };
    },
  };
}

test("a program is held against the network on longer words, as far as it is near integers", () => {
  const beyond = traceBeyond(counter(50), traces, 1);
  expect(beyond.length).toBe(80);
  expect(new Set(beyond.believed)).toEqual(new Set([50]));
  expect([sum, wrapped, stopped].map((program) => goesOn(program, beyond))).toEqual([
    true,
    false,
    false,
  ]);
});

test("a network that drifts at once says nothing beyond", () => {
  const beyond = traceBeyond(counter(8), traces, 1);
  expect([sum, wrapped, stopped].every((program) => goesOn(program, beyond))).toBe(true);
});
