// Runs of random programs of numbers, with the outputs at any size and the kind of every failure.

import type { Program } from "@latticode/program";
import { compileProgram, drawIntegers, simplifyProgram } from "@latticode/program";
import { expect } from "vitest";
import { randomProgram } from "../../program/testing/random-program.ts";

export const length = 8;

export interface NumberCase {
  readonly program: Program;
  /** Inputs row-major, [length, inputDim]. */
  readonly x: readonly number[];
  /** Outputs in hexadecimal, or what went wrong. */
  readonly expected: string;
}

/** As Python's hex, which has no limit on digits. */
export function hex(value: number | bigint): string {
  const integer = BigInt(value);
  return integer < 0n ? `-0x${(-integer).toString(16)}` : `0x${integer.toString(16)}`;
}

/** Runs of random programs of numbers, on large inputs and on small ones. */
export function randomCases(programs: number, runs: number): NumberCase[] {
  const draw = drawIntegers(5, 0);
  const random = (n: number) => draw(0, n - 1);
  const cases: NumberCase[] = [];
  for (let seed = 0; seed < programs; seed++) {
    const given = randomProgram({ seed: 7000 + seed, depth: 1 + (seed % 4) });
    const program = seed % 2 === 0 ? given : simplifyProgram(given);
    const run = compileProgram(program);
    for (let k = 0; k < runs; k++) {
      const x = Array.from({ length: length * program.inputDim }, () =>
        k === 0 ? random(2 ** 32) - 2 ** 31 : random(5) - (k % 2) * 2,
      );
      try {
        cases.push({ program, x, expected: run(x, length).map(hex).join(" ") });
      } catch (error) {
        const { message } = error as Error;
        if (!message.includes("2^20 bits")) {
          expect(message).toContain("division by zero");
          cases.push({ program, x, expected: "division by zero" });
        }
      }
    }
  }
  return cases;
}

/** The text of each program, made once. */
export function texts(
  cases: readonly NumberCase[],
  emit: (program: Program) => string,
): Map<Program, string> {
  return new Map([...new Set(cases.map(({ program }) => program))].map((p) => [p, emit(p)]));
}

/** One list an input. */
export function columns({ program, x }: NumberCase): number[][] {
  return Array.from({ length: program.inputDim }, (_, i) =>
    Array.from({ length }, (_, t) => x[t * program.inputDim + i]),
  );
}
