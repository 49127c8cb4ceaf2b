import { loadKernels } from "@latticode/kernels";
import { loadNetwork, type Network, saveNetwork } from "@latticode/network";
import { compileProgram, type Program } from "@latticode/program";
import { findTask, labelSequence, sampleTask, type Task } from "@latticode/tasks";
import { splitExamples, trainNetwork } from "@latticode/training";
import type { InputColumn } from "@latticode/verification";
import { drawInputs } from "@latticode/verification";
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
function linear(a: number, b: number, c = 0): Network {
  return {
    shape: {
      ...{ inputDim: 1, outputDim: 1, hiddenDim: 1 },
      ...{ hiddenDepth: 1, hiddenWidth: 0, outputDepth: 1, outputWidth: 0 },
    },
    weights: Float64Array.of(a, b, c, 1, 0),
    initial: Float64Array.of(0),
    seed: 0,
  };
}

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
  expect(first.margin).toBe(0);
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
  expect(few.verification?.checks[0].sequences).toBe(1000);
});

test("a network that no program fits is not solved, and says so", async () => {
  const extraction = await extractProgram(linear(0.5, 1.3), digits, { kernels });
  expect(extraction).toMatchObject({ solved: false, stopped: { stage: "reading" } });
  expect(extraction.margin).toBeGreaterThan(0.4);
  expect(extraction.program).toBeUndefined();
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
  const refused = (inputs: readonly InputColumn[], options = {}) =>
    expect(extractProgram(linear(1, 1), inputs, { kernels, ...options })).rejects;
  await refused([...digits, ...digits]).toThrow("inputs has 2 columns, but the network has 1");
  await refused(range(0, 2 ** 31)).toThrow("inputs[0] has 2147483648, must be a 32-bit integer");
  await refused(range(0.5, 1)).toThrow("inputs[0] has 0.5");
  await refused(range(2, 1)).toThrow("inputs[0] is empty");
  await refused([{ kind: "values", values: [] }]).toThrow("inputs[0] is empty");
  await refused(digits, { length: 0 }).toThrow("length is 0, must be an integer from 1 to 4096");
  await refused(digits, { seed: -1 }).toThrow("seed is -1");
});
