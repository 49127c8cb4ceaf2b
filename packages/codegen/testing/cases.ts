// Runs of random programs, of numbers and of lists, and what the interpreter says of them: what any
// language's text has to give.

import type { Program } from "@latticode/program";
import { compileProgram, drawIntegers } from "@latticode/program";
import { expect } from "vitest";
import { randomProgram } from "../../program/testing/random-program.ts";
import type { Language } from "../src/shared/language.ts";
import { randomListProgram } from "./random-lists.ts";

export const length = 7;
const inputs = { min: -(2 ** 40), max: 2 ** 40 };

export interface Case {
  readonly program: number;
  /** Row-major, [length, inputDim]. */
  readonly x: readonly number[];
  /** Outputs, or "error". */
  readonly expected: string;
}

export const programs: readonly Program[] = [
  ...Array.from({ length: 90 }, (_, k) => randomProgram({ seed: 900 + k, depth: 1 + (k % 4) })),
  ...Array.from({ length: 110 }, (_, k) => randomListProgram(500 + k)),
];

export const cases: readonly Case[] = programs.flatMap((program, k) => {
  const draw = drawIntegers(77, k);
  const run = compileProgram(program);
  return [2 ** 30, 4, 9].map((largest, round): Case => {
    const least = round === 2 ? 0 : -largest;
    const x = Array.from(
      { length: length * program.inputDim },
      () => draw(least, largest) * (round === 0 ? 1000 : 1),
    );
    try {
      const outputs = run(x, length);
      return { program: k, x, expected: outputs.join(" ") };
    } catch (error) {
      expect(error).toBeInstanceOf(RangeError);
      return { program: k, x, expected: "error" };
    }
  });
});

/** One list an input. */
export function columns({ program, x }: Case): number[][] {
  const { inputDim } = programs[program];
  return Array.from({ length: inputDim }, (_, i) =>
    Array.from({ length }, (_, t) => x[t * inputDim + i]),
  );
}

/** The text of every program. */
export const textsIn = ({ emit }: Language): string[] =>
  programs.map((program) => emit(program, { inputs, docstring: "Found in noise." }));

/**
 * One line a case for programs that read them: the program, then its inputs, one after the other.
 */
export const lines: string = cases
  .map((given) => [given.program, ...columns(given).flat()].join(" "))
  .join("\n");

/**
 * Equal to the interpreter's wherever a result is given, and given nearly always; an error where
 * the interpreter has one.
 */
export function compare(results: readonly string[], source: readonly string[]): void {
  expect(results).toHaveLength(cases.length);
  const counts = { equal: 0, errors: 0, beyond: 0 };
  for (const [i, { program, x, expected }] of cases.entries()) {
    const where = () => `${source[program]}\n${JSON.stringify(programs[program])}\n${x}`;
    if (results[i] === "error" && expected !== "error") {
      // Only what is large, or may be on the way, is refused.
      const largest = Math.max(...x.map(Math.abs));
      if (largest <= 9) expect(mayBeLarge(programs[program]), where()).toBe(true);
      counts.beyond++;
      continue;
    }
    if (results[i] !== expected) expect(results[i], where()).toBe(expected);
    counts[expected === "error" ? "errors" : "equal"]++;
  }
  expect(counts.equal).toBeGreaterThan(250);
  expect(counts.errors).toBeGreaterThan(30);
  expect(counts.beyond).toBeLessThan(150);
}

/** Small inputs grow large by repeated products only. */
function mayBeLarge(program: Program): boolean {
  return JSON.stringify([program.updates, program.outputs]).includes('"*"');
}

export type Emitted = { f: (...lists: readonly number[][]) => (number | number[])[] };

/** What modules give, of JavaScript. */
export function runModules(modules: readonly Emitted[]): string[] {
  return cases.map((given) => {
    try {
      return modules[given.program]
        .f(...columns(given))
        .flat()
        .join(" ");
    } catch (error) {
      expect(error).toBeInstanceOf(RangeError);
      return "error";
    }
  });
}
