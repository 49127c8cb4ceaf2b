import { expect, test } from "vitest";
import { randomProgram } from "../../testing/random-program.ts";
import type { Expression } from "../expression.ts";
import {
  absolute,
  add,
  addAt,
  and,
  append,
  argmax,
  at,
  conditional,
  contains,
  equal,
  floorDivide,
  input,
  integer,
  kindOf,
  less,
  listOf,
  maximum,
  minimum,
  modulo,
  multiply,
  negate,
  not,
  or,
  reverse,
  shift,
  state,
  subtract,
  sum,
  xor,
} from "../expression.ts";
import type { Program } from "../program.ts";
import { drawIntegers } from "../random.ts";
import { compileProgram, runProgram } from "./interpreter.ts";

const [x, y, z] = [input(0), input(1), input(2)];
const a = state("a");
const b = state("b");

/** The value of an expression of three inputs. */
function value(e: Expression, ...inputs: number[]): number | bigint {
  const program: Program = { inputDim: 3, state: [], order: "in-place", updates: [], outputs: [e] };
  return runProgram(program, [...inputs, 0, 0, 0].slice(0, 3), 1)[0];
}

test("division and remainder round as Python's", () => {
  const cases = [
    [7, 3, 2, 1],
    [-7, 3, -3, 2],
    [7, -3, -3, -2],
    [-7, -3, 2, -1],
    [6, -3, -2, 0],
    [-6, 3, -2, 0],
    [0, -5, 0, 0],
    [-1, 5, -1, 4],
    [1, -5, -1, -4],
  ];
  for (const [dividend, divisor, quotient, remainder] of cases) {
    expect(value(floorDivide(x, y), dividend, divisor)).toBe(quotient);
    expect(value(modulo(x, y), dividend, divisor)).toBe(remainder);
  }
  const most = Number.MAX_SAFE_INTEGER;
  expect(value(floorDivide(x, y), most, 2)).toBe(4503599627370495);
  expect(value(floorDivide(x, y), -most, 2)).toBe(-4503599627370496);
  expect(value(floorDivide(x, y), most - 1, most)).toBe(0);
  expect(value(floorDivide(x, y), 1 - most, most)).toBe(-1);
  expect(value(modulo(x, y), -1, most)).toBe(most - 1);
});

test("exclusive or is bitwise at any size and sign", () => {
  expect(value(xor(x, y), 6, 3)).toBe(5);
  expect(value(xor(x, y), -1, 5)).toBe(-6);
  expect(value(xor(x, y), -8, -3)).toBe(5);
  expect(value(xor(x, y), 2 ** 40, 1)).toBe(2 ** 40 + 1);
  expect(value(xor(x, y), -(2 ** 40), 1)).toBe(-(2 ** 40) + 1);
  expect(value(xor(x, y), -1, Number.MAX_SAFE_INTEGER)).toBe(-9007199254740992n);
});

test("comparisons and connectives give 0 or 1, and any number but 0 is true", () => {
  expect(value(equal(x, y), 3, 3)).toBe(1);
  expect(value(less(x, y), 3, 3)).toBe(0);
  expect(value(not(x), -2)).toBe(0);
  expect(value(not(x), 0)).toBe(1);
  expect(value(and(x, y), 5, -7)).toBe(1);
  expect(value(and(x, y), 5, 0)).toBe(0);
  expect(value(or(x, y), 0, 9)).toBe(1);
  expect(value(or(x, y), 0, 0)).toBe(0);
  expect(value(conditional(x, y, z), -1, 8, 9)).toBe(8);
  expect(value(conditional(x, y, z), 0, 8, 9)).toBe(9);
  expect(value(minimum(x, absolute(y)), 3, -2)).toBe(2);
  expect(value(maximum(x, absolute(y)), 3, -4)).toBe(4);
});

test("zero has no sign", () => {
  expect(Object.is(value(negate(x), 0), 0)).toBe(true);
  expect(Object.is(value(multiply(x, y), 0, -5), 0)).toBe(true);
  expect(Object.is(value(floorDivide(x, y), 0, -5), 0)).toBe(true);
  expect(Object.is(value(modulo(x, y), -4, 2), 0)).toBe(true);
});

test("what is not evaluated cannot divide by zero", () => {
  const fails = floorDivide(integer(1), x);
  expect(value(conditional(x, fails, y), 0, 4)).toBe(4);
  expect(value(and(x, fails), 0)).toBe(0);
  expect(value(or(y, fails), 0, 1)).toBe(1);
  expect(() => value(and(y, fails), 0, 1)).toThrow(
    "outputs[0].args[1]: division by zero at position 0",
  );
});

test("division by zero tells the expression and the position", () => {
  const program: Program = {
    inputDim: 1,
    state: [{ name: "a", initial: 3 }],
    order: "in-place",
    updates: [{ target: "a", value: subtract(a, integer(1)) }],
    outputs: [add(x, modulo(integer(5), a))],
  };
  expect(runProgram(program, [10, 10], 2)).toEqual([11, 10]);
  expect(() => runProgram(program, [10, 10, 10], 3)).toThrow(
    new RangeError("outputs[0].args[1]: division by zero at position 2"),
  );
});

test("in-place updates see those before them, simultaneous ones do not", () => {
  const updates = [
    { target: "a", value: add(a, x) },
    { target: "b", value: add(b, a) },
  ];
  const start = [
    { name: "a", initial: 1 },
    { name: "b", initial: 10 },
  ];
  const program: Program = {
    inputDim: 1,
    state: start,
    order: "in-place",
    updates,
    outputs: [a, b],
  };
  expect(runProgram(program, [1, 2, 3], 3)).toEqual([2, 12, 4, 16, 7, 23]);
  const simultaneous: Program = { ...program, order: "simultaneous" };
  expect(runProgram(simultaneous, [1, 2, 3], 3)).toEqual([2, 11, 4, 13, 7, 17]);
});

test("sums of sums stay exact beyond 2^53", () => {
  // Position of a body under constant force x: the n-th output is x n (n + 1) / 2.
  const freebody: Program = {
    inputDim: 1,
    state: [
      { name: "a", initial: 0 },
      { name: "b", initial: 0 },
    ],
    order: "in-place",
    updates: [
      { target: "a", value: add(a, x) },
      { target: "b", value: add(b, a) },
    ],
    outputs: [b],
  };
  const force = 2 ** 45 + 1;
  const outputs = runProgram(freebody, new Array(40).fill(force), 40);
  outputs.forEach((output, i) => {
    const n = BigInt(i + 1);
    expect(BigInt(output)).toBe((BigInt(force) * n * (n + 1n)) / 2n);
    expect(typeof output).toBe(Number.isSafeInteger(Number(output)) ? "number" : "bigint");
  });
});

test("doubling is exact to length 200, and what comes back is a number again", () => {
  const doubling: Program = {
    inputDim: 1,
    state: [{ name: "a", initial: 1 }],
    order: "in-place",
    updates: [{ target: "a", value: add(add(a, a), x) }],
    outputs: [a, modulo(a, integer(7)), floorDivide(negate(a), multiply(a, a)), xor(a, a)],
  };
  const outputs = runProgram(doubling, new Int32Array(200), 200);
  for (let t = 0; t < 200; t++) {
    expect(outputs.slice(4 * t, 4 * t + 4)).toEqual([
      t < 52 ? 2 ** (t + 1) : 2n ** BigInt(t + 1),
      Number(2n ** BigInt(t + 1) % 7n),
      -1,
      0,
    ]);
  }
});

const w = state("w");
const table = listOf([4, 0, 7, 7]);

test("lists are read as Python reads them", () => {
  expect([0, 1, 2, 3, -1, -4].map((i) => value(at(table, x), i))).toEqual([4, 0, 7, 7, 7, 4]);
  expect(value(sum(table))).toBe(18);
  expect(value(argmax(table))).toBe(2);
  expect(value(argmax(listOf([-3])))).toBe(0);
  expect([0, 1, 4, 7].map((e) => value(contains(x, table), e))).toEqual([1, 0, 1, 1]);
  expect(value(equal(reverse(table), listOf([7, 7, 0, 4])))).toBe(1);
  expect(value(equal(table, shift(table, x)), 7)).toBe(0);
  expect(value(equal(table, append(table, x)), 7)).toBe(0);
  expect(value(sum(addAt(table, integer(-1), x)), 5)).toBe(23);
  expect(value(at(addAt(table, integer(-4), x), integer(0)), 5)).toBe(9);
  expect(value(at(shift(table, x), integer(0)), 9)).toBe(0);
  expect(Object.is(value(at(append(table, negate(x)), integer(4)), 0), 0)).toBe(true);
});

test("what a list does not have tells the expression and the position", () => {
  for (const index of [4, -5]) {
    expect(() => value(add(x, at(table, y)), 1, index)).toThrow(
      `outputs[0].args[1]: index ${index} is out of range of a list of 4 at position 0`,
    );
    expect(() => value(sum(addAt(table, y, x)), 1, index)).toThrow(
      `outputs[0].args[0]: index ${index} is out of range of a list of 4 at position 0`,
    );
  }
  const grow = (output: Expression): Program => ({
    inputDim: 1,
    state: [{ name: "w", initial: [] }],
    order: "in-place",
    updates: [],
    outputs: [output],
  });
  expect(() => runProgram(grow(argmax(w)), [1], 1)).toThrow("outputs[0]: argmax of an empty list");
  expect(() => runProgram(grow(sum(shift(w, x))), [1], 1)).toThrow(
    "outputs[0].args[0]: shift of an empty list at position 0",
  );
  expect(runProgram(grow(add(sum(w), contains(x, w))), [1], 1)).toEqual([0]);
});

test("list programs of known tasks", () => {
  const run = (initial: number[], update: Expression, output: Expression, xs: number[]) =>
    runProgram(
      {
        inputDim: 1,
        state: [{ name: "w", initial }],
        order: "in-place",
        updates: [{ target: "w", value: update }],
        outputs: [output],
      },
      xs,
      xs.length,
    );
  const xs = [1, 2, 1, 0, 1, 2, 2, 2];
  expect(run([0, 0, 0], shift(w, x), sum(w), xs)).toEqual([1, 3, 4, 3, 2, 3, 5, 6]);
  expect(run([0, 0, 0], addAt(w, x, integer(1)), argmax(w), xs)).toEqual([1, 1, 1, 1, 1, 1, 1, 2]);
  expect(run([], append(w, x), equal(w, reverse(w)), xs)).toEqual([1, 0, 1, 0, 0, 0, 0, 0]);
  const large = 2 ** 52;
  expect(run([0, 0, 0], shift(w, x), sum(w), [large, large, large, 1, 1])).toEqual([
    large,
    9007199254740992n,
    13510798882111488n,
    9007199254740993n,
    large + 2,
  ]);
  // Partial sums beyond the safe integers, and numbers in a list that are.
  expect(run([0, 0, 0], shift(w, multiply(integer(4), x)), sum(w), [large, 1, -large])).toEqual([
    18014398509481984n,
    18014398509481988n,
    4,
  ]);
});

test("simultaneous updates of lists read the old state", () => {
  const program: Program = {
    inputDim: 1,
    state: [
      { name: "a", initial: 0 },
      { name: "v", initial: [0, 0] },
      { name: "w", initial: [5, 6] },
    ],
    order: "simultaneous",
    updates: [
      { target: "w", value: shift(state("v"), a) },
      { target: "a", value: add(x, at(w, integer(0))) },
      { target: "v", value: reverse(w) },
    ],
    outputs: [a, at(state("v"), integer(0)), sum(w)],
  };
  const run = compileProgram(program);
  const expected = [6, 6, 0, 2, 0, 11, 8, 6, 2];
  expect(run([1, 2, 3], 3)).toEqual(expected);
  expect(run([1, 2, 3], 3)).toEqual(expected);
  const inPlace = runProgram({ ...program, order: "in-place" }, [1, 2, 3], 3);
  expect(inPlace).toEqual([1, 0, 0, 2, 1, 1, 3, 2, 2]);
});

test("refuses inputs that are too short or no integers, and numbers of a million bits", () => {
  const squares: Program = {
    inputDim: 2,
    state: [{ name: "a", initial: 3 }],
    order: "in-place",
    updates: [{ target: "a", value: multiply(a, a) }],
    outputs: [minimum(a, x)],
  };
  const run = compileProgram(squares);
  expect(() => run([1, 2, 3], 2)).toThrow("x: has 3 numbers, 2 positions of 2 ask for 4");
  expect(() => run([1, Number.NaN], 1)).toThrow("x[1]: NaN is not a safe integer");
  expect(() => run([1, 2], 0.5)).toThrow("length: 0.5 is not a number of positions");
  expect(run([], 0)).toEqual([]);
  expect(() => run(new Int32Array(200), 100)).toThrow(
    "updates[0].value: product of more than 2^20 bits at position 19",
  );
  expect(() => compileProgram({ ...squares, outputs: [b] })).toThrow("unknown state variable");
});

type Value = bigint | bigint[];

/** Where Python finds the index. */
function place(list: bigint[], index: bigint): number {
  const i = index < 0n ? BigInt(list.length) + index : index;
  if (i < 0n || i >= BigInt(list.length)) throw new RangeError("out of range");
  return Number(i);
}

/** The obvious evaluator of lists. */
function evaluateList(e: Expression, inputs: bigint[], variables: Map<string, Value>): bigint[] {
  if (e.op === "list") return e.values.map(BigInt);
  if (e.op === "state") return [...(variables.get(e.name) as bigint[])];
  if (!("args" in e)) throw new Error(e.op);
  const list = evaluateList(e.args[0], inputs, variables);
  if (e.op === "reverse") return list.reverse();
  const number = (i: number) => evaluate(e.args[i]!, inputs, variables);
  if (e.op === "append") return list.concat(number(1));
  if (e.op === "shift") {
    if (list.length === 0) throw new RangeError("empty list");
    return [...list.slice(1), number(1)];
  }
  if (e.op !== "add-at") throw new Error(e.op);
  list[place(list, number(1))] += number(2);
  return list;
}

/** The obvious evaluator: everything a BigInt, division by way of the definition. */
function evaluate(e: Expression, inputs: bigint[], variables: Map<string, Value>): bigint {
  if (e.op === "integer") return BigInt(e.value);
  if (e.op === "input") return inputs[e.index];
  if (e.op === "state") return variables.get(e.name) as bigint;
  if (!("args" in e)) throw new Error(e.op);
  const list = (i: number) => evaluateList(e.args[i]!, inputs, variables);
  if (e.op === "sum") return list(0).reduce((total, value) => total + value, 0n);
  if (e.op === "argmax") {
    const values = list(0);
    if (values.length === 0) throw new RangeError("empty list");
    return BigInt(values.findIndex((value) => values.every((other) => other <= value)));
  }
  if (e.op === "at") {
    const values = list(0);
    return values[place(values, evaluate(e.args[1], inputs, variables))];
  }
  if (e.op === "in") {
    const value = evaluate(e.args[0], inputs, variables);
    return list(1).some((other) => other === value) ? 1n : 0n;
  }
  const lists = new Set([...variables.keys()].filter((name) => Array.isArray(variables.get(name))));
  if (e.op === "==" && kindOf(e.args[0], lists) === "list") {
    return list(0).join() === list(1).join() ? 1n : 0n;
  }
  const at = (i: number) => evaluate(e.args[i]!, inputs, variables);
  if (e.op === "if") return at(0) !== 0n ? at(1) : at(2);
  if (e.op === "and") return at(0) === 0n ? 0n : at(1) === 0n ? 0n : 1n;
  if (e.op === "or") return at(0) !== 0n ? 1n : at(1) !== 0n ? 1n : 0n;
  if (e.op === "negate") return 0n - at(0);
  if (e.op === "not") return at(0) === 0n ? 1n : 0n;
  if (e.op === "abs") return at(0) < 0n ? 0n - at(0) : at(0);
  const [p, q] = [at(0), at(1)];
  if (e.op === "+") return p + q;
  if (e.op === "-") return p - q;
  if (e.op === "*") return p * q;
  const isLess = p < q;
  if (e.op === "min") return isLess ? p : q;
  if (e.op === "max") return isLess ? q : p;
  if (e.op === "==") return p === q ? 1n : 0n;
  if (e.op === "<") return isLess ? 1n : 0n;
  if (e.op === "xor") return p ^ q;
  if (q === 0n) throw new RangeError("division by zero");
  const remainder = ((p % q) + q) % q;
  return e.op === "%" ? remainder : (p - remainder) / q;
}

/** Outputs of the program by the obvious evaluator, or the message of what it cannot do. */
function slowRun(program: Program, x: readonly number[], length: number): bigint[] | string {
  let variables = new Map<string, Value>(
    program.state.map(({ name, initial }) => [
      name,
      typeof initial === "number" ? BigInt(initial) : initial.map(BigInt),
    ]),
  );
  const outputs: bigint[] = [];
  try {
    for (let t = 0; t < length; t++) {
      const inputs = x.slice(t * program.inputDim, (t + 1) * program.inputDim).map(BigInt);
      const old = variables;
      variables = new Map(old);
      for (const { target, value } of program.updates) {
        const read = program.order === "in-place" ? variables : old;
        const isList = Array.isArray(variables.get(target));
        variables.set(target, (isList ? evaluateList : evaluate)(value, inputs, read));
      }
      outputs.push(...program.outputs.map((output) => evaluate(output, inputs, variables)));
    }
  } catch (error) {
    expect(error).toBeInstanceOf(RangeError);
    return (error as Error).message;
  }
  return outputs;
}

test.each([
  ["1,000 random programs", 1000, false],
  ["2,000 random programs with lists", 2000, true],
])("%s run as the obvious evaluator runs them", { timeout: 300_000 }, (_, count, lists) => {
  const draw = drawIntegers(1, 0);
  const random = (n: number) => draw(0, n - 1);
  let big = 0;
  const failures = new Map<string, number>();
  for (let seed = 0; seed < count; seed++) {
    const program = randomProgram({ seed, depth: 2 + (seed % 2), lists });
    const length = 8;
    const large = seed % 4 < 2;
    const x = Array.from({ length: length * program.inputDim }, () =>
      large ? (random(2 ** 31) - 2 ** 30) * 2 ** 22 : random(9) - 4,
    );
    const expected = slowRun(program, x, length);
    const run = compileProgram(program);
    if (typeof expected === "string") {
      failures.set(expected, (failures.get(expected) ?? 0) + 1);
      expect(() => run(x, length)).toThrow(
        new RegExp(`: .*${expected}( of a list of \\d+)? at position \\d+$`),
      );
      continue;
    }
    const outputs = run(x, length);
    expect(outputs.join()).toBe(expected.join());
    const isProper = (output: number | bigint) =>
      typeof output === "bigint"
        ? !Number.isSafeInteger(Number(output))
        : Number.isSafeInteger(output) && !Object.is(output, -0);
    expect(outputs.every(isProper)).toBe(true);
    big += outputs.some((output) => typeof output === "bigint") ? 1 : 0;
  }
  // All the ways a run can go have been taken often.
  expect(big).toBeGreaterThan(20);
  expect(failures.get("division by zero")).toBeGreaterThan(100);
  expect(failures.get("out of range") ?? 0).toBeGreaterThan(lists ? 100 : -1);
  expect(failures.get("empty list") ?? 0).toBeGreaterThan(lists ? 5 : -1);
  expect([...failures.values()].reduce((a, b) => a + b)).toBeLessThan(0.8 * count);
});
