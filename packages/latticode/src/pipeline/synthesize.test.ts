import { findTask, sampleTask } from "@latticode/tasks";
import { expect, test } from "vitest";
import type { Stage } from "./stages.ts";
import { stages } from "./stages.ts";
import type { SynthesisEvent } from "./synthesize.ts";
import { synthesize } from "./synthesize.ts";

function sample(name: string, count: number) {
  const task = findTask(name);
  if (!task) throw new Error(`no task ${name}`);
  return sampleTask(task, { count, seed: 5 });
}

test("every stage runs in order, and its product is returned as plain data", async () => {
  const events: SynthesisEvent[] = [];
  const synthesis = await synthesize(sample("Sum_Last2", 500), {
    seed: 2,
    onProgress: (event) => events.push(event),
  });

  expect(synthesis.solved).toBe(true);
  expect(synthesis.stopped).toBeUndefined();
  expect(synthesis.verification?.passed).toBe(true);
  expect(structuredClone(synthesis)).toEqual(synthesis);
  const sets = Object.values(synthesis.split);
  expect(sets.reduce((sum, set) => sum + set.count, 0)).toBe(500);

  const marks = events.flatMap((event) => ("stage" in event ? [event] : []));
  expect(marks.map(({ type, stage }) => `${type} ${stage}`)).toEqual(
    stages.flatMap((stage) => [`start ${stage}`, `finish ${stage}`]),
  );
  expect(events.some((event) => event.type === "training")).toBe(true);
  expect(events).toContainEqual({ type: "trained", training: synthesis.training });
  expect(Object.keys(synthesis.seconds)).toEqual(stages);
});

test("the same examples and seed give the same result", async () => {
  const examples = sample("Bitwise_And", 300);
  const [first, second] = [await synthesize(examples), await synthesize(examples)];
  expect(second.digest).toBe(first.digest);
  expect({ ...second, seconds: {} }).toEqual({ ...first, seconds: {} });
});

test.each(stages)("an abort when %s starts ends it with the signal's reason", async (stage) => {
  const controller = new AbortController();
  let last: Stage | undefined;
  const synthesis = synthesize(sample("Bitwise_And", 300), {
    signal: controller.signal,
    onProgress: (event) => {
      if (event.type !== "start") return;
      last = event.stage;
      if (event.stage === stage) controller.abort(new Error("enough"));
    },
  });
  await expect(synthesis).rejects.toThrow("enough");
  expect(last).toBe(stage);
});

test("an abort during training ends it with the signal's reason", async () => {
  const controller = new AbortController();
  const examples = sample("Bit_Dot_Prod_Mod2", 300);
  // a function of the past, which no network of these shapes learns at once: a hash of all inputs
  const { count, length, inputDim } = examples;
  const hashes = new Int32Array(count * length);
  const labels = new Int32Array(count * length);
  for (let at = 0; at < labels.length; at++) {
    const before = at % length === 0 ? 1 : hashes[at - 1];
    const row = examples.x.subarray(at * inputDim, (at + 1) * inputDim);
    hashes[at] = row.reduce((hash, bit) => (hash * 7919 + bit + 1) % 10_007, before);
    labels[at] = (hashes[at] >> 3) % 2;
  }
  const synthesis = synthesize(
    { ...examples, y: labels },
    {
      signal: controller.signal,
      onProgress: (event) => {
        if (event.type === "training") controller.abort(new Error("enough"));
      },
    },
  );
  await expect(synthesis).rejects.toThrow("enough");
});

test("a limit ends training and reading with how far it got, and only them", async () => {
  const synthesizeUntil = (when: (event: SynthesisEvent) => boolean) => {
    const controller = new AbortController();
    return synthesize(sample("Bitwise_Xor", 300), {
      ...{ limit: controller.signal, workers: 0 },
      onProgress: (event) => {
        if (when(event)) controller.abort(new Error("time is up"));
      },
    });
  };
  const training = await synthesizeUntil(
    (event) => event.type === "training" && event.progress.attempt === 4,
  );
  expect(training).toMatchObject({
    solved: false,
    stopped: { stage: "training", limited: true },
    training: { limited: true, perfect: false },
  });
  expect(training.stopped?.reason).toMatch(/^time is up; so far: .*accuracy .*3 attempts$/);
  const reading = await synthesizeUntil((event) => event.type === "trained");
  expect(reading).toMatchObject({
    solved: false,
    stopped: { stage: "reading", limited: true },
    training: { perfect: true },
  });
  expect(reading.training.limited).toBeUndefined();
  const late = await synthesizeUntil(
    (event) => event.type === "start" && event.stage === "verification",
  );
  const whole = await synthesizeUntil(() => false);
  expect({ ...late, seconds: {} }).toEqual({ ...whole, seconds: {} });
  expect(whole.solved).toBe(true);
});

test("malformed examples and a bad seed are refused", async () => {
  const examples = sample("Bitwise_And", 300);
  await expect(synthesize({ ...examples, count: 299 })).rejects.toThrow();
  await expect(synthesize(examples, { seed: -1 })).rejects.toThrow("seed is -1");
});
