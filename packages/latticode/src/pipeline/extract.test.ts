import { readFileSync } from "node:fs";
import { loadKernels } from "@latticode/kernels";
import { loadNetwork, type Network, saveNetwork } from "@latticode/network";
import { compileProgram, type Program } from "@latticode/program";
import { findTask, labelSequence, sampleTask, type Task } from "@latticode/tasks";
import { splitExamples, trainNetwork } from "@latticode/training";
import type { InputColumn, InputGroup } from "@latticode/verification";
import { drawInputs, productDomain } from "@latticode/verification";
import { describe, expect, test } from "vitest";
import {
  lastTwoSumFile,
  previousElementFile,
  sumFile,
} from "../../../network/testing/paper-files.ts";
import { extractProgram } from "./extract.ts";
import type { StageEvent } from "./stages.ts";
import { stages } from "./stages.ts";

const kernels = await loadKernels();

function taskOf(name: string): Task {
  const task = findTask(name);
  if (!task) throw new Error(`no task ${name}`);
  return task;
}

function columnsOf({ inputDim, inputRange: [min, max] }: Task): InputColumn[] {
  return Array.from({ length: inputDim }, () => ({ kind: "range", min, max }));
}

/** Runs a program beside a task's definition, at the trained length and at 100. */
function expectToBe(task: Task, program: Program | undefined) {
  if (!program) throw new Error("no program");
  const execute = compileProgram(program);
  for (const [count, length] of [
    [500, 10],
    [100, 100],
  ]) {
    const { x, inputDim } = sampleTask(task, { count, length, seed: 77 });
    for (let i = 0; i < count; i++) {
      const inputs = x.subarray(i * length * inputDim, (i + 1) * length * inputDim);
      expect(execute(inputs, length)).toEqual(labelSequence(task, inputs, length));
    }
  }
}

describe("networks of the form that the paper's authors train", () => {
  test.each([
    ["Prev1", previousElementFile, []],
    ["Sum_All", sumFile, ["debias"]],
    ["Sum_Last2", lastTwoSumFile, []],
  ])("%s", async (name, file, unchanging) => {
    const task = taskOf(name);
    const { network } = loadNetwork(file);
    const extraction = await extractProgram(network, columnsOf(task), { kernels });
    expect(extraction).toMatchObject({ solved: true, length: 10 });
    // every step is made but where there is no constant to move
    const refused = extraction.normalization?.steps.filter((step) => !step.changed);
    expect(refused?.map((step) => step.name)).toEqual(unchanging);
    expect(extraction.verification?.passed).toBe(true);
    expectToBe(task, extraction.program);
  });
});

/** A network of our own, as it comes back from a file. */
async function trained(task: Task, count: number): Promise<Network> {
  const split = splitExamples(sampleTask(task, { count, seed: 5 }), { seed: 1 });
  const training = await trainNetwork(split, { kernels, seed: 1, workers: 0 });
  expect(training.perfect).toBe(true);
  return loadNetwork(saveNetwork(training.network)).network;
}

describe("networks of our own, from their files", () => {
  test.each([
    ["Binary_Addition", 2000, 6, "machine"],
    ["Parity_All", 1000, 10, "machine"],
    ["Diff_Last2", 500, 10, "recurrence"],
    ["Newton_Freebody", 500, 10, "recurrence"],
  ])("%s", async (name, count, length, proof) => {
    const task = taskOf(name);
    const network = await trained(task, count);
    const extraction = await extractProgram(network, columnsOf(task), { kernels, length, seed: 4 });
    expect(extraction.solved).toBe(true);
    expect(extraction.verification?.passed).toBe(true);
    const proofs = extraction.verification?.checks.filter(({ proven }) => proven);
    expect(proofs?.map(({ name }) => name)).toEqual([proof]);
    expectToBe(task, extraction.program);
  });
});

/** h = a h + b x + c, y = h */
function affine({ start, step }: { start: number; step: readonly number[] }): Network {
  return {
    shape: {
      ...{ inputDim: 1, outputDim: 1, hiddenDim: 1 },
      ...{ hiddenDepth: 1, hiddenWidth: 0, outputDepth: 1, outputWidth: 0 },
    },
    weights: Float64Array.of(...step, 1, 0),
    initial: Float64Array.of(start),
    seed: 0,
  };
}

const linear = (a: number, b: number) => affine({ start: 0, step: [a, b, 0] });

/** h = u max(p, 0) + v max(q, 0), y = h, where p and q are given as [of h, of x, constant]. */
function hinged(
  p: readonly number[],
  q: readonly number[],
  [u, v]: readonly [number, number],
): Network {
  return {
    shape: {
      ...{ inputDim: 1, outputDim: 1, hiddenDim: 1 },
      ...{ hiddenDepth: 2, hiddenWidth: 2, outputDepth: 1, outputWidth: 0 },
    },
    weights: Float64Array.of(p[0], p[1], q[0], q[1], p[2], q[2], u, v, 0, 1, 0),
    initial: Float64Array.of(0),
    seed: 0,
  };
}

const bits: readonly InputColumn[] = [{ kind: "range", min: 0, max: 1 }];

/** The outputs of a program on each word of a length over the values. */
function outputsOn(program: Program, values: readonly number[], length: number) {
  const execute = compileProgram(program);
  return Array.from({ length: values.length ** length }, (_, number) => {
    const word = Array.from(
      { length },
      (_, t) => values[Math.floor(number / values.length ** t) % values.length],
    );
    return { word, outputs: execute(word, length) };
  });
}

describe("words longer than asked for, where the network is near integers", () => {
  test("a program that is wrong there is read again from longer words", async () => {
    // min(h + x, 12): no word of length 10 saturates
    const saturating = hinged([1, 1, 0], [1, 1, -12], [1, -1]);
    const { verdict, relation, horizon, program, traces, length } = await extractProgram(
      saturating,
      bits,
      { kernels },
    );
    expect({ verdict, length }).toEqual({ verdict: "solved", length: 10 });
    expect(relation).toEqual({ kind: "exhaustive", length: 10, words: 1024 });
    expect(horizon).toEqual({ length: 1280, words: 14_000, steady: 1280 });
    expect(traces.length).toBe(26);
    const run = compileProgram(program!);
    const counted = Array.from({ length: 40 }, (_, t) => Math.min(t + 1, 12));
    expect(run(new Array(40).fill(1), 40)).toEqual(counted);
    for (const { word, outputs } of outputsOn(program!, [0, 1], 14)) {
      const ones = word.reduce((sum, bit) => sum + bit, 0);
      if (outputs[13] !== Math.min(ones, 12)) expect.fail(`${word}: ${outputs}`);
    }
  });

  test("at the limit nothing is read again: the first program is kept and the word told", async () => {
    const controller = new AbortController();
    const saturating = hinged([1, 1, 0], [1, 1, -12], [1, -1]);
    let readings = 0;
    const limited = await extractProgram(saturating, bits, {
      kernels,
      limit: controller.signal,
      // the limit comes once the first reading has ended
      onProgress: ({ type, stage }) => {
        if (type === "finish" && stage === "reading" && ++readings === 1) {
          controller.abort(new Error("time is up"));
        }
      },
    });
    expect(limited).toMatchObject({ verdict: "solved", relation: { kind: "exhaustive" } });
    expect(limited.horizon).toEqual({
      length: 20,
      words: 2000,
      steady: 20,
      differs: { word: new Int32Array(13).fill(1), program: [13], network: [12] },
    });
    expect(limited.verification?.statement).toMatch(
      /^equal to the network on all 1,024 words of length 10; beyond length 10: the program differs from the network on longer words; the shortest has length 13: after \[1,1,1,1,1,1,1,1,1,1,1,1,1\] the program gives 13, the network 12; there were no labels$/,
    );
  });

  test("where the network drifts on most longer words, the first program is kept as well", async () => {
    // min(h + x + 0.008, 12): 0.104 away at position 13, but on 13 ones it is 12
    const creeping = hinged([1, 1, 0.008], [1, 1, -11.992], [1, -1]);
    const { verdict, relation, horizon, traces, program } = await extractProgram(creeping, bits, {
      kernels,
    });
    expect(verdict).toBe("solved");
    expect(relation).toEqual({ kind: "exhaustive", length: 10, words: 1024 });
    expect(horizon).toMatchObject({ steady: 12, differs: { network: [12], program: [13] } });
    expect(horizon?.differs?.word).toEqual(new Int32Array(13).fill(1));
    expect(traces.length).toBe(10);
    expect(compileProgram(program!)([1, 0, 1, 1], 4)).toEqual([1, 1, 2, 3]);
  });

  test("where the network drifts it is not believed, and the length is told", async () => {
    const { verdict, horizon, program } = await extractProgram(
      affine({ start: 0, step: [1, 1, 0.0039] }),
      bits,
      { kernels },
    );
    expect(verdict).toBe("solved");
    // 0.0039 more at every position, 0.1014 after 26
    expect(horizon).toEqual({ length: 40, words: 4000, steady: 25 });
    expect(compileProgram(program!)([1, 0, 1, 1], 4)).toEqual([1, 1, 2, 3]);
  });
});

test("many hidden units: the program is read from their states, and drift is not hidden", async () => {
  // trained elsewhere on binary addition, two bits per position, to length 10
  const path = new URL("../../../network/testing/add-relu32.safetensors", import.meta.url);
  const { network, activation } = loadNetwork(readFileSync(path));
  expect({ activation, hiddenDim: network.shape.hiddenDim }).toEqual({
    ...{ activation: "names", hiddenDim: 32 },
  });
  const read = await extractProgram(network, [...bits, ...bits], { kernels });
  expect(read).toMatchObject({
    verdict: "solved",
    relation: { kind: "exhaustive", length: 10, words: 4 ** 10 },
    reading: { route: "white-box", isReading: true },
  });
  const task = taskOf("Binary_Addition");
  expectToBe(task, read.program);
  expect(read.distance.largest).toBeLessThan(0.1);
  expect(read.horizon).toMatchObject({ length: 40, steady: 11 });
  expect(read.horizon?.differs).toBeUndefined();
  expect(read.verification?.statement).toContain(
    "the network drifts: beyond length 11, some outputs are not near integers; before such",
  );
});

describe("inputs", () => {
  // parity of -1 and 1, which is |h - x / 2 - 1/2|: nothing at 0 is of interest
  const parity = hinged([1, -0.5, -0.5], [-1, 0.5, 0.5], [1, 1]);

  test("are a set of values, and values between them never occur", async () => {
    const values = [-1, 1];
    const read = await extractProgram(parity, [{ kind: "values", values }], { kernels });
    expect(read).toMatchObject({ verdict: "solved", relation: { words: 1024 } });
    expect(read.domain.rows).toEqual(Int32Array.of(-1, 1));
    for (const { word, outputs } of outputsOn(read.program!, values, 8)) {
      const ones = word.filter((value) => value === 1).length;
      expect(outputs[7]).toBe(ones % 2);
    }
    const between = await extractProgram(parity, [{ kind: "range", min: -1, max: 1 }], { kernels });
    expect(between).toMatchObject({ verdict: "not solved", distance: { largest: 0.5 } });
  });

  test("are columns that are one-hot together, or a domain", async () => {
    // y = a + 2 b + 3 c of the last input: 6 or 0 where none or all of them are 1
    const weights = Float64Array.of(0, 1, 2, 3, 0, 1, 0);
    const shape = { ...linear(1, 1).shape, inputDim: 3 };
    const network = { ...linear(1, 1), shape, weights };
    const oneHot = [{ kind: "onehot", columns: 3 }] as const;
    const read = await extractProgram(network, oneHot, { kernels, length: 5 });
    expect(read).toMatchObject({ verdict: "solved", relation: { words: 3 ** 5 } });
    expect(read.domain.rows).toEqual(Int32Array.of(0, 0, 1, 0, 1, 0, 1, 0, 0));
    const domain = productDomain(oneHot, 5);
    const again = await extractProgram(network, domain, { kernels });
    expect({ ...again, seconds: {} }).toEqual({ ...read, seconds: {} });
    await expect(extractProgram(parity, domain, { kernels })).rejects.toThrow(
      "the domain has 3 columns, the network has 1",
    );
  });
});

const digits: readonly InputColumn[] = [{ kind: "range", min: 0, max: 9 }];

test("the stages after training run in order, their products are plain data and repeat", async () => {
  const events: StageEvent[] = [];
  const run = () =>
    extractProgram(linear(1, 2), digits, { onProgress: (event) => events.push(event) });
  const [first, second] = [await run(), await run()];
  const names = stages.slice(stages.indexOf("traces"));
  expect(events.slice(0, events.length / 2).map(({ type, stage }) => `${type} ${stage}`)).toEqual(
    names.flatMap((stage) => [`start ${stage}`, `finish ${stage}`]),
  );
  expect(Object.keys(first.seconds)).toEqual(names);
  expect(structuredClone(first)).toEqual(first);
  expect({ ...second, seconds: {} }).toEqual({ ...first, seconds: {} });
  expect(first.digest).toMatch(/^[0-9a-f]{64}$/);
  expect(first.distance).toMatchObject({ largest: 0, exhaustive: false, integersUpTo: 10 });
});

test("what is verified on was not traced, and traced are all sequences where they are few", async () => {
  const { traces } = await extractProgram(linear(1, 1), digits, { kernels, seed: 8 });
  const seen = drawInputs(digits, { count: 2000, length: 10, seed: 8 });
  expect(traces.x).toEqual(seen.x);
  const fresh = drawInputs(digits, { count: 3, length: 10, seed: 8, first: 2000 });
  const more = drawInputs(digits, { count: 2003, length: 10, seed: 8 });
  expect(fresh.x).toEqual(more.x.subarray(20_000));

  const few = await extractProgram(linear(1, 1), digits, { kernels, length: 3 });
  expect(few.traces.count).toBe(1000);
  expect(few.relation).toEqual({ kind: "exhaustive", length: 3, words: 1000 });
});

test("a network that does not compute integers is not solved, with the distance and the length", async () => {
  const clock = await extractProgram(affine({ start: 0, step: [1, 0, 0.37] }), bits, { kernels });
  expect(clock).toMatchObject({ verdict: "not solved", solved: false });
  expect(clock.distance).toEqual({
    largest: expect.closeTo(0.48, 6),
    ...{ words: 1024, exhaustive: true, integersUpTo: 0 },
  });
  expect(clock.stopped).toEqual({
    stage: "traces",
    reason:
      "the network does not compute integers: on 1,024 words of length 10, the outputs are up to 0.48 from the nearest integer, and 0.25 is allowed",
  });
  expect(clock.program).toBeUndefined();
  expect(clock.relation).toBeUndefined();

  // off by 0.03 more at every position
  const creeping = affine({ start: 0, step: [1, 1, 0.03] });
  const long = await extractProgram(creeping, bits, { kernels });
  expect(long.stopped?.reason).toMatch(
    /up to 0\.30 from the nearest .*; up to length 8, no output is further than that$/,
  );
  const short = await extractProgram(creeping, bits, { kernels, length: 8 });
  expect(short).toMatchObject({ verdict: "solved", relation: { kind: "exhaustive", length: 8 } });
  expect(short.distance.largest).toBeCloseTo(0.24, 6);
  // within 0.1 of integers to position 3
  expect(short.horizon).toEqual({ length: 32, words: 4000, steady: 3 });
});

test("a network that diverges or leaves the integers of 32 bits ends at its traces", async () => {
  const diverges = await extractProgram(linear(1e200, 1), digits, { kernels });
  expect(diverges).toMatchObject({ solved: false, stopped: { stage: "traces" } });
  expect(diverges.stopped?.reason).toContain("diverges");
  const leaves = await extractProgram(linear(1000, 1), digits, { kernels });
  expect(leaves.stopped?.reason).toContain("beyond 32-bit integers");
  expect(leaves.normalization).toBeUndefined();
});

test("an abort ends it with the signal's reason, a limit with what there is", async () => {
  const controller = new AbortController();
  const aborted = extractProgram(linear(1, 1), digits, {
    kernels,
    signal: controller.signal,
    onProgress: ({ stage }) => stage === "reading" && controller.abort(new Error("enough")),
  });
  await expect(aborted).rejects.toThrow("enough");
  const limit = AbortSignal.abort(new Error("time is up"));
  const limited = await extractProgram(linear(1, 1), digits, { kernels, limit });
  expect(limited).toMatchObject({
    solved: false,
    stopped: { stage: "reading", reason: "time is up", limited: true },
  });
});

test("wrong arguments are refused", async () => {
  const range = (min: number, max: number) => [{ kind: "range", min, max }] as const;
  const refused = (inputs: readonly InputGroup[], options = {}) =>
    expect(extractProgram(linear(1, 1), inputs, { kernels, ...options })).rejects;
  await refused([...digits, ...digits]).toThrow("inputs has 2 columns, but the network has 1");
  await refused(range(0, 2 ** 31)).toThrow("inputs[0] has 2147483648, must be a 32-bit integer");
  await refused(range(0.5, 1)).toThrow("inputs[0] has 0.5");
  await refused(range(2, 1)).toThrow("inputs[0] is empty");
  await refused([{ kind: "values", values: [] }]).toThrow("inputs[0] is empty");
  await refused([{ kind: "onehot", columns: 0 }]).toThrow("inputs[0] has 0 columns");
  const wide = [{ kind: "values", values: [-1, 1] }, ...range(0, 9999)] as const;
  const two = { ...linear(1, 1), shape: { ...linear(1, 1).shape, inputDim: 2 } };
  await expect(extractProgram({ ...two, weights: new Float64Array(6) }, wide)).rejects.toThrow(
    "the inputs make 20000 different rows, no more than 4096 can be told apart",
  );
  await refused(digits, { length: 0 }).toThrow("length is 0, must be an integer from 1 to 4096");
  await refused(digits, { seed: -1 }).toThrow("seed is -1");
});
