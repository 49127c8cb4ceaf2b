// Emitted text run by the language it is in, against the interpreter.

import type { Expression, Program } from "@latticode/program";
import { compileProgram, drawIntegers, simplifyProgram } from "@latticode/program";
import { expect, test } from "vitest";
import { hasCompiler, runOn } from "../../../test/compilers.ts";
import { randomProgram } from "../../program/testing/random-program.ts";
import { emitJavaScript } from "./javascript.ts";
import { emitPython } from "./python.ts";

const length = 8;

interface Case {
  readonly program: Program;
  /** Inputs row-major, [length, inputDim]. */
  readonly x: readonly number[];
  /** Outputs in hexadecimal, or what went wrong. */
  readonly expected: string;
}

/** As Python's hex, which has no limit on digits. */
function hex(value: number | bigint): string {
  const integer = BigInt(value);
  return integer < 0n ? `-0x${(-integer).toString(16)}` : `0x${integer.toString(16)}`;
}

function randomCases(programs: number, runs: number): Case[] {
  const draw = drawIntegers(5, 0);
  const random = (n: number) => draw(0, n - 1);
  const cases: Case[] = [];
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
function texts(cases: readonly Case[], emit: (program: Program) => string): Map<Program, string> {
  return new Map([...new Set(cases.map(({ program }) => program))].map((p) => [p, emit(p)]));
}

/** One list an input. */
function columns({ program, x }: Case): number[][] {
  return Array.from({ length: program.inputDim }, (_, i) =>
    Array.from({ length }, (_, t) => x[t * program.inputDim + i]),
  );
}

/** Runs each text on its lists; bools among the outputs are errors. */
const pythonRunner = `
import json, sys
for line in sys.stdin:
    case = json.loads(line)
    scope = {}
    exec(case["text"], scope)
    try:
        ys = scope["f"](*case["lists"])
        rows = [y if type(y) is tuple else (y,) for y in ys]
        values = [value for row in rows for value in row]
        print(" ".join(hex(v) if type(v) is int else repr(type(v)) for v in values))
    except ZeroDivisionError:
        print("division by zero")
`;

test("emitted Python gives what the interpreter gives, as ints", { timeout: 300_000 }, () => {
  if (!hasCompiler("python3")) return;
  const cases = randomCases(300, 3);
  const text = texts(cases, emitPython);
  const lines = cases.map((given) =>
    JSON.stringify({ text: text.get(given.program), lists: columns(given) }),
  );
  const results = runOn("python3", ["-c", pythonRunner], lines.join("\n")).trimEnd().split("\n");
  expect(results).toHaveLength(cases.length);
  const wrong = cases.findIndex(({ expected }, i) => results[i] !== expected);
  if (wrong >= 0) {
    expect(results[wrong], text.get(cases[wrong].program)).toBe(cases[wrong].expected);
  }
});

/** Whether some result on the way, evaluated on exact integers, is not a safe integer. */
function leavesSafeIntegers({ program, x }: Case): boolean {
  let left = false;
  const evaluate = (e: Expression, t: number, variables: Map<string, bigint>): bigint => {
    if (e.op === "integer") return BigInt(e.value);
    if (e.op === "input") return BigInt(x[t * program.inputDim + e.index]);
    if (e.op === "state") return variables.get(e.name)!;
    if (e.op === "list") throw new Error("a list");
    const at = (i: number) => evaluate(e.args[i]!, t, variables);
    if (e.op === "if") return at(0) !== 0n ? at(1) : at(2);
    if (e.op === "and") return at(0) === 0n ? 0n : at(1) === 0n ? 0n : 1n;
    if (e.op === "or") return at(0) !== 0n ? 1n : at(1) !== 0n ? 1n : 0n;
    const values = e.args.map((_, i) => at(i));
    const names = new Map(values.map((value, i) => [`v${i}`, value]));
    const args = values.map((_, i) => ({ op: "state", name: `v${i}` }));
    const result = apply({ ...e, args } as unknown as Expression, names);
    left ||= !Number.isSafeInteger(Number(result));
    return result;
  };
  let variables = new Map(
    program.state.map(({ name, initial }) => [name, BigInt(initial as number)]),
  );
  try {
    for (let t = 0; t < length; t++) {
      const old = variables;
      variables = new Map(old);
      for (const { target, value } of program.updates) {
        const read = program.order === "in-place" ? variables : old;
        variables.set(target, evaluate(value, t, read));
      }
      for (const output of program.outputs) {
        evaluate(output, t, variables);
      }
    }
  } catch (error) {
    expect((error as Error).message).toBe("division by zero");
  }
  return left;
}

/** One operator on integers of any size. */
function apply(e: Expression, values: ReadonlyMap<string, bigint>): bigint {
  const [p, q] = [values.get("v0")!, values.get("v1") ?? 1n];
  const isLess = p < q;
  switch (e.op) {
    case "negate":
      return -p;
    case "abs":
      return p < 0n ? -p : p;
    case "not":
      return p === 0n ? 1n : 0n;
    case "+":
      return p + q;
    case "-":
      return p - q;
    case "*":
      return p * q;
    case "min":
      return isLess ? p : q;
    case "max":
      return isLess ? q : p;
    case "==":
      return p === q ? 1n : 0n;
    case "<":
      return isLess ? 1n : 0n;
    case "xor":
      return p ^ q;
    case "//":
    case "%": {
      if (q === 0n) throw new RangeError("division by zero");
      const remainder = ((p % q) + q) % q;
      return e.op === "%" ? remainder : (p - remainder) / q;
    }
    default:
      throw new Error(e.op);
  }
}

type Emitted = { f: (...lists: number[][]) => (number | number[])[] };

async function load(text: string): Promise<Emitted> {
  const url = `data:text/javascript,${encodeURIComponent(text)}`;
  return (await import(/* @vite-ignore */ url)) as Emitted;
}

test("emitted JavaScript gives what the interpreter gives, or throws", {
  timeout: 300_000,
}, async () => {
  const cases = randomCases(300, 3);
  const text = texts(cases, emitJavaScript);
  const modules = new Map<Program, Emitted>();
  for (const [program, source] of text) {
    modules.set(program, await load(source));
  }
  const counts = { equal: 0, divisions: 0, beyond: 0 };
  for (const given of cases) {
    let result: string;
    try {
      const values = modules
        .get(given.program)!
        .f(...columns(given))
        .flat();
      const proper = values.every((value) => Number.isSafeInteger(value) && !Object.is(value, -0));
      result = proper ? values.map(hex).join(" ") : `improper: ${values}`;
      counts.equal++;
    } catch (error) {
      const { message } = error as Error;
      if (message.endsWith("is beyond the safe integers")) {
        expect(leavesSafeIntegers(given), text.get(given.program)).toBe(true);
        counts.beyond++;
        continue;
      }
      result = message.replace("f: ", "");
      counts.divisions++;
    }
    if (result !== given.expected) {
      expect(result, text.get(given.program)).toBe(given.expected);
    }
  }
  // All three ways a run can go have been taken often.
  expect(counts.equal).toBeGreaterThan(300);
  expect(counts.divisions).toBeGreaterThan(50);
  expect(counts.beyond).toBeGreaterThan(20);
});

test("emitted JavaScript refuses what it cannot compute with", async () => {
  const a = { op: "state", name: "a" } as const;
  const { f } = await load(
    emitJavaScript({
      inputDim: 2,
      state: [{ name: "a", initial: 1 }],
      order: "in-place",
      updates: [{ target: "a", value: { op: "*", args: [a, { op: "input", index: 0 }] } }],
      outputs: [a],
    }),
  );
  expect(f([], [])).toEqual([]);
  expect(f([3, -2], [0, 0])).toEqual([3, -6]);
  expect(() => f([1, 2], [1])).toThrow("f: inputs of 2 and 1 numbers");
  expect(() => f([0.5], [1])).toThrow("f: input 0.5 is not an integer of 32 bits");
  expect(() => f([1], [2 ** 31])).toThrow("f: input 2147483648 is not an integer of 32 bits");
  const large = [2 ** 30, 2 ** 22, 2];
  expect(f(large.slice(0, 2), [0, 0])).toEqual([2 ** 30, 2 ** 52]);
  expect(() => f(large, [0, 0, 0])).toThrow(
    "f: a value near 9007199254740992 is beyond the safe integers",
  );
});
