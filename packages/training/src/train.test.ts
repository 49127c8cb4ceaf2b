import { loadKernels } from "@latticode/kernels";
import { drawIntegers, type Examples } from "@latticode/program";
import { expect, test } from "vitest";
import { evaluateNetwork } from "./evaluate.ts";
import { splitExamples } from "./split.ts";
import { type TrainingProgress, trainNetwork } from "./train.ts";

const kernels = await loadKernels();

/** Sequences of bits, labelled by a function of the sequence so far. */
function labelled(count: number, length: number, label: (bits: number[]) => number): Examples {
  const draw = drawIntegers(1, 0);
  const x = Int32Array.from({ length: count * length }, () => draw(0, 1));
  const y = x.map((_, i) => label([...x.subarray(i - (i % length), i + 1)]));
  return { count, length, inputDim: 1, outputDim: 1, x, y };
}

const parity = labelled(600, 8, (bits) => bits.reduce((a, b) => a ^ b));

test("a perfect network is right on examples that it has not seen", async () => {
  const split = splitExamples(parity, { seed: 2 });
  const result = await trainNetwork(split, { kernels, seed: 2 });
  expect(result.perfect).toBe(true);
  expect(result.accuracy).toBe(1);
  expect(result.margin).toBeLessThan(0.4);
  const unseen = evaluateNetwork(result.network, split.verification, { kernels });
  expect(unseen.accuracy).toBe(1);
  expect([...result.network.weights]).toEqual([...Float32Array.from(result.network.weights)]);
});

test("the same seed gives the same bits, another seed others", async () => {
  const train = async (seed: number) => {
    const split = splitExamples(parity, { seed: 2 });
    return (await trainNetwork(split, { kernels, seed })).network.weights;
  };
  const first = await train(3);
  expect(await train(3)).toEqual(first);
  expect(await train(4)).not.toEqual(first);
});

test("progress tells every attempt, up to the one that succeeds", async () => {
  const told: TrainingProgress[] = [];
  const onProgress = (progress: TrainingProgress) => told.push(progress);
  const split = splitExamples(parity, { seed: 2 });
  const { attempts } = await trainNetwork(split, { kernels, seed: 2, onProgress });
  const numbers = [...new Set(told.map(({ attempt }) => attempt))];
  expect(numbers).toEqual(attempts.map((_, i) => i + 1));
  expect(told.every((p) => p.attempt <= p.attempts)).toBe(true);
});

test("an aborted training stops with the signal's reason", async () => {
  const noise = labelled(600, 8, (bits) => (bits.length * 7919 + bits[0] * 104729) % 13);
  const controller = new AbortController();
  const training = trainNetwork(splitExamples(noise, { seed: 1 }), {
    kernels,
    seed: 1,
    signal: controller.signal,
    onProgress: ({ attempt }) => {
      if (attempt === 3) controller.abort(new Error("enough"));
    },
  });
  await expect(training).rejects.toThrow("enough");
});
