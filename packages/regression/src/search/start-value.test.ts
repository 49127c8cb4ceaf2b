import { add, conditional, input, integer, state } from "@latticode/program";
import { expect, test } from "vitest";
import { programOf, tracesOf } from "../../testing/systems.ts";
import { startProgram } from "./start-value.ts";

const [a, x] = [state("a"), input(0)];
const sizes = { count: 50, length: 8, low: -5, high: 5 };

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
