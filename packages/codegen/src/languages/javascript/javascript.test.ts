import type { Expression, Program } from "@latticode/program";
import { expect, test } from "vitest";
import type { Emitted } from "../../../testing/cases.ts";
import { compare, runModules, textsIn } from "../../../testing/cases.ts";
import { block, expectHarmless, rest, string } from "../../../testing/hostile.ts";
import type { NumberCase } from "../../../testing/number-cases.ts";
import { columns, hex, length, randomCases, texts } from "../../../testing/number-cases.ts";
import { emitJavaScript, javascript } from "./javascript.ts";

test("lists and numbers, against the interpreter", async () => {
  const texts = textsIn(javascript);
  const modules = texts.map(
    (text) => import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(text)}`),
  );
  compare(runModules(await Promise.all(modules)), texts);
});

/** Whether some result on the way, evaluated on exact integers, is not a safe integer. */
function leavesSafeIntegers({ program, x }: NumberCase): boolean {
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

test("of hostile names and docstrings nothing is code", () => {
  expectHarmless(javascript, new RegExp(`${string}|\`[^\`]*\`|${block}|//${rest}`, "g"));
});
