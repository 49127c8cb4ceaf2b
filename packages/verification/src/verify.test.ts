import { loadKernels } from "@latticode/kernels";
import { recurrentOf } from "@latticode/network";
import type { Examples, Program } from "@latticode/program";
import {
  add,
  and,
  conditional,
  equal,
  floorDivide,
  input,
  integer,
  less,
  state,
} from "@latticode/program";
import { describe, expect, test } from "vitest";
import { productDomain } from "./claims/domain.ts";
import type { EmittedRun } from "./text.ts";
import { splitLonger, verifyProgram } from "./verify.ts";

const kernels = await loadKernels();

/** h and g of one number each, g of one layer unless told. */
function networkOf(weights: readonly number[], g = { outputDepth: 1, outputWidth: 0 }) {
  const f = { inputDim: 1, hiddenDim: 1, hiddenDepth: 1, hiddenWidth: 0 };
  const shape = { outputDim: 1, ...f, ...g };
  const initial = Float64Array.of(0);
  return recurrentOf({ shape, weights: Float64Array.from(weights), initial, seed: 0 }, { kernels });
}

// h = h + x, y = h
const runningSum = networkOf([1, 1, 0, 1, 0]);

// the same, y = max(h, 0): not linear, so that only labels tell how far it is right
const rectifiedSum = networkOf([1, 1, 0, 1, 0, 1, 0], { outputDepth: 2, outputWidth: 1 });

function programOf(update: Program["updates"][number]["value"], initial = 0): Program {
  return {
    inputDim: 1,
    state: [{ name: "a", initial }],
    order: "in-place",
    updates: [{ target: "a", value: update }],
    outputs: [state("a")],
  };
}

const right = programOf(add(state("a"), input(0)));

/** Running sums of sequences of 4 digits. */
function sums(count: number): Examples {
  const x = Int32Array.from({ length: 4 * count }, (_, i) => (i * 7 + (i >> 3)) % 10);
  const y = x.slice();
  for (let i = 0; i < y.length; i++) if (i % 4 > 0) y[i] += y[i - 1];
  return { count, length: 4, inputDim: 1, outputDim: 1, x, y };
}

/** Labels of longer sequences. */
function longSums(count: number, length: number): Examples {
  const x = Int32Array.from({ length: count * length }, (_, i) => (i * 7 + (i >> 4)) % 10);
  const y = x.slice();
  for (let i = 0; i < y.length; i++) if (i % length > 0) y[i] += y[i - 1];
  return { count, length, inputDim: 1, outputDim: 1, x, y };
}

const domain = productDomain([{ min: 0, max: 9 }], 4);
const data = { domain, heldBack: sums(2500) };

test("a right program passes all checks, and equals its network on all words", async () => {
  const { checks, relation, passed, statement } = await verifyProgram(right, runningSum, data, {
    seed: 1,
  });
  expect(passed).toBe(true);
  expect(statement).toBe("right at all 10,000 labels");
  // all there are: 10 to the power of 4
  expect(relation).toEqual({ kind: "exhaustive", length: 4, words: 10_000 });
  const outcome = { wrong: 0, passed: true, proven: false };
  expect(checks).toMatchObject([
    { name: "examples", sequences: 2500, positions: 10_000, ...outcome },
    { name: "drift", sequences: 400, agreeing: 400, informational: true },
    // a linear network whose outputs are integers is right
    { name: "long", sequences: 400, positions: 40_000, ...outcome },
    { name: "drift", sequences: 80, agreeing: 80, informational: true },
    { name: "long", sequences: 80, positions: 80_000, ...outcome },
  ]);
  // labels judge, and the network tells
  expect(checks.map(({ informational = false }) => informational)).toEqual([
    ...[false, true, true, true, true],
  ]);
  expect(checks[0]).not.toHaveProperty("firstCounterexample");
});

test("a program that starts wrong is wrong everywhere", async () => {
  const program = programOf(add(state("a"), input(0)), 1);
  const { checks, relation, passed, statement } = await verifyProgram(program, runningSum, data, {
    ...{ seed: 1, sequences: 50, mostWords: 0 },
  });
  expect(passed).toBe(false);
  expect(statement).toBe("wrong at 10,000 of 10,000 labels");
  expect(checks.map((check) => check.name)).toEqual([
    ...["examples", "drift", "long", "drift", "long"],
  ]);
  expect(checks.map((check) => check.wrong)).toEqual([...[10_000, 40_000, 40_000, 80_000, 80_000]]);
  expect(relation).toMatchObject({ kind: "differs", program: [1], network: [0] });
  expect(relation).toHaveProperty("word", Int32Array.of(0));
  expect(checks[0].firstCounterexample).toEqual({
    x: [[0], [7], [4], [1]],
    expected: [[0], [7], [11], [12]],
    actual: [[1], [8], [12], [13]],
    position: 0,
  });
});

test("a network that differs from the labels is told of, and not held against the program", async () => {
  const drifting = networkOf([1, 1, 0.2, 1, 0]);
  const { checks, relation, passed } = await verifyProgram(right, drifting, data, { seed: 1 });
  expect(passed).toBe(true);
  expect(checks[0]).toMatchObject({ name: "examples", passed: true, wrong: 0 });
  // 0.2 a position: the third is the first to round up.
  expect(relation).toMatchObject({ kind: "differs", program: [0], network: [1] });
  expect(relation).toHaveProperty("word", Int32Array.of(0, 0, 0));
  expect(checks[1]).toMatchObject({ name: "drift", passed: true, agreeing: 0 });
});

test("a program that fails is wrong, and its error is told", async () => {
  const program = programOf(floorDivide(integer(1), input(0)));
  const { checks, relation } = await verifyProgram(program, runningSum, data, { seed: 1 });
  expect(relation).toMatchObject({ kind: "differs", program: ["fails"], network: [0] });
  expect(relation).toHaveProperty("word", Int32Array.of(0));
  expect(checks[0].passed).toBe(false);
  expect(checks[0].firstCounterexample).toMatchObject({
    actual: null,
    error: expect.stringMatching(/zero/),
  });
});

test("where nothing is held back no label is said to be right", async () => {
  const { checks, passed, statement } = await verifyProgram(
    right,
    runningSum,
    { domain, heldBack: sums(0) },
    { seed: 1 },
  );
  // nothing speaks against it: whether labels determine it is for others to say
  expect(passed).toBe(true);
  expect(checks.filter(({ informational }) => !informational)).toEqual([]);
  expect(statement).toBe("no labels were held back to check on");
});

test("an abort ends it with the signal's reason", async () => {
  const signal = AbortSignal.abort(new Error("enough"));
  const options = { seed: 1, signal };
  await expect(verifyProgram(right, runningSum, data, options)).rejects.toThrow("enough");
});

describe("a wrong program is caught by each level alone", () => {
  const total = add(state("a"), input(0));
  type Data = Parameters<typeof verifyProgram>[2];
  /** What notices: checks, and the relation where words of the domain differ. */
  const noticing = async (
    program: Program,
    more: Partial<Data> = {},
    options: Partial<Parameters<typeof verifyProgram>[3]> = {},
  ) => {
    const { checks, relation, passed } = await verifyProgram(
      program,
      rectifiedSum,
      { ...data, ...more },
      { seed: 1, ...options },
    );
    const judges = checks.filter(({ informational }) => !informational);
    expect(passed).toBe(judges.every((check) => check.passed));
    const wrong = checks.filter((check) => !check.passed).map((check) => check.name);
    return { passed, noticed: [...(relation.kind === "differs" ? ["words"] : []), ...wrong] };
  };
  const nothing = { passed: true, noticed: [] };
  const refusedBy = (...noticed: string[]) => ({ passed: false, noticed });
  const toldBy = (...noticed: string[]) => ({ passed: true, noticed });
  /** Wrong from sums of 36 on: four nines in a row, which the examples do not have. */
  const capped = programOf(conditional(equal(total, integer(36)), integer(0), total));

  const late = programOf(conditional(less(integer(60), total), integer(60), total));

  test("labels", async () => {
    const heldBack = { ...data.heldBack, y: data.heldBack.y.map((y, i) => (i === 77 ? y + 1 : y)) };
    expect(await noticing(right, { heldBack })).toEqual(refusedBy("examples"));
  });

  test("labels of longer sequences", async () => {
    const longerHeldBack = longSums(3, 30);
    expect(await noticing(right, { longerHeldBack })).toEqual(nothing);
    expect(await noticing(late, { longerHeldBack })).toEqual(refusedBy("longer"));
  });

  test("the network beyond its length, as far as labels are right there", async () => {
    const longer = longSums(3, 30);
    expect(await noticing(right, { longer })).toEqual(nothing);
    expect(await noticing(late, { longer })).toEqual(toldBy("long"));
    // an error in a label at position 8: sums of 8 digits hardly ever are above 60
    const early = { ...longer, y: longer.y.map((y, i) => (i === 38 ? y + 1 : y)) };
    expect(await noticing(late, { longer: early })).toEqual(nothing);
    expect(await noticing(late)).toEqual(nothing);
    const { checks } = await verifyProgram(late, runningSum, data, { seed: 1 });
    expect(checks.filter(({ passed }) => !passed)).toMatchObject([
      { name: "long", sequences: 400 },
      { name: "long", sequences: 80 },
    ]);
  });

  test("all words", async () => {
    expect(await noticing(capped)).toEqual(toldBy("words"));
  });

  test("fresh sequences", async () => {
    // sums at the edges of 0 to 9999 are below 10 or above 9000 within 4 positions
    const wide = productDomain([{ min: 0, max: 9999 }], 4);
    const isOdd = and(less(integer(13), total), less(total, integer(9000)));
    const odd = programOf(conditional(isOdd, integer(0), total));
    const silent = { ...longSums(1, 4), x: new Int32Array(4), y: new Int32Array(4) };
    const seen = { domain: wide, heldBack: silent };
    expect(await noticing(odd, seen, { sequences: 1000 })).toEqual(toldBy("words"));
    expect(await noticing(odd, seen, { sequences: 0, mostWords: 0 })).toEqual(nothing);
  });

  test("edges, on which random sequences hardly ever are", async () => {
    const options = { mostWords: 0, sequences: 0 };
    expect(await noticing(capped, {}, options)).toEqual(toldBy("words"));
  });

  test("the machine that was read, where all else is silent", async () => {
    const bits = Int32Array.of(0, 1);
    const machine = {
      ...{ inputDim: 1, outputDim: 1, symbols: bits, stateCount: 1, initial: 0 },
      outputVectors: bits,
      transitions: Int32Array.of(0, 0),
      outputs: Int32Array.of(0, 1),
    };
    const found = { machine, closed: true, agreement: { wrong: 0 } };
    const recovery = { residual: found, chosen: "residual" } as unknown as NonNullable<
      NonNullable<Data["readings"]>["recovery"]
    >;
    const echo: Program = { ...programOf(total), state: [], updates: [], outputs: [input(0)] };
    const constant: Program = { ...echo, outputs: [integer(0)] };
    // h = x, y = h
    const copy = networkOf([0, 1, 0, 1, 0]);
    const blank = longSums(1, 4);
    const only = { ...blank, x: blank.x.map(() => 0), y: blank.y.map(() => 0) };
    const zeros = productDomain([[0]], 4);
    const run = (program: Program, network = copy) =>
      verifyProgram(
        program,
        network,
        { domain: zeros, heldBack: only, readings: { recovery } },
        { seed: 1 },
      );
    const good = await run(echo);
    expect(good).toMatchObject({ passed: true, statement: "right at all 4 labels" });
    expect(good.checks.at(-1)).toMatchObject({
      ...{ name: "machine", proven: true, informational: true },
      outcome: "the only reachable pair of states agrees",
    });
    const bad = await run(constant);
    expect(bad).toMatchObject({ passed: true, relation: { kind: "exhaustive" } });
    expect(bad.checks.filter((check) => !check.passed)).toMatchObject([
      {
        ...{ name: "machine", informational: true },
        firstCounterexample: { x: [[1]], expected: [[1]], actual: [[0]] },
      },
    ]);
    // the network sides with the program: the machine was misread
    const zero = networkOf([0, 0, 0, 1, 0]);
    const misread = await run(constant, zero);
    expect(misread.passed).toBe(true);
    expect(misread.checks.at(-1)).toMatchObject({
      ...{ name: "machine", informational: true, passed: true, proven: false },
    });
  });

  test("the recurrence that was read", async () => {
    const recurrence = {
      ...{ stateDim: 1, inputDim: 1, outputDim: 1, initial: [0], offset: [0], outputOffset: [0] },
      ...{ transition: [[1]], input: [[1]], output: [[1]] },
    };
    const proven = await verifyProgram(
      right,
      runningSum,
      { ...data, readings: { recurrence } },
      { seed: 1 },
    );
    expect(proven.checks.at(-1)).toMatchObject({ name: "recurrence", passed: true, proven: true });
    const heldBack = { ...longSums(1, 4), x: new Int32Array(4), y: new Int32Array(4) };
    const idle: Program = { ...right, updates: [] };
    const zeros = productDomain([[0]], 4);
    expect(await noticing(idle, { domain: zeros, heldBack, readings: { recurrence } })).toEqual(
      toldBy("recurrence"),
    );
  });

  test("emitted text", async () => {
    const code = { python: "p", javascript: "j" };
    const answers =
      (wrong: boolean) =>
      async (
        _: unknown,
        __: number,
        sequences: readonly { count: number; length: number; x: Int32Array }[],
      ) => {
        const lines = sequences.flatMap(({ count, length, x }) =>
          Array.from({ length: count }, (_, i) => {
            let sum = 0;
            return Array.from(x.subarray(i * length, (i + 1) * length), (v) => (sum += v)).join(
              " ",
            );
          }),
        );
        if (wrong) lines[7] += "0";
        const runs: EmittedRun[] = [
          { language: "python", absent: "python3 is not installed" },
          { language: "javascript", lines },
        ];
        return runs;
      };
    expect(await noticing(right, { code }, { runEmitted: answers(false) })).toEqual(nothing);
    expect(await noticing(right, { code }, { runEmitted: answers(true) })).toEqual(
      refusedBy("javascript"),
    );
    const { checks, statement } = await verifyProgram(
      right,
      rectifiedSum,
      { ...data, code },
      { seed: 1, runEmitted: answers(false) },
    );
    // what its text was run on are no labels
    expect(statement).toBe("right at all 10,000 labels");
    const amiss = { seed: 1, runEmitted: answers(true) };
    expect(await verifyProgram(right, rectifiedSum, { ...data, code }, amiss)).toMatchObject({
      statement: "right at all 10,000 labels, but its text in javascript gives other outputs",
    });
    expect(checks.slice(-2)).toMatchObject([
      { name: "python", sequences: 0, outcome: "not run: python3 is not installed" },
      { name: "javascript", passed: true, wrong: 0 },
    ]);
  });
});

test("longer examples for checks are never those for refinement", () => {
  const { refinement, verification } = splitLonger(longSums(10, 5));
  expect([refinement?.count, verification?.count]).toEqual([8, 2]);
  expect([...refinement!.x, ...verification!.x]).toEqual([...longSums(10, 5).x]);
  expect(splitLonger(undefined)).toEqual({ refinement: undefined, verification: undefined });
});
