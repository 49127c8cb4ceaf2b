import { loadKernels } from "@latticode/kernels";
// As it was built: workers need their file.
import { evaluateNetwork, recurrentOf } from "@latticode/network";
import { drawIntegers, type Examples } from "@latticode/program";
import {
  type JournalEntry,
  openPool,
  splitExamples,
  type TrainingProgress,
  type TrainingResult,
  trainNetwork,
} from "@latticode/training";
import { expect, test } from "vitest";

const kernels = await loadKernels();

/** Sequences of bits, labelled by a function of the sequence so far. */
function labelled(count: number, length: number, label: (bits: number[]) => number): Examples {
  const draw = drawIntegers(1, 0);
  const x = Int32Array.from({ length: count * length }, () => draw(0, 1));
  const y = x.map((_, i) => label([...x.subarray(i - (i % length), i + 1)]));
  return { count, length, inputDim: 1, outputDim: 1, x, y };
}

const parity = labelled(600, 8, (bits) => bits.reduce((a, b) => a ^ b));
const paritySplit = splitExamples(parity, { seed: 2 });
/** What no small network learns. */
const noise = labelled(600, 8, (bits) => (bits.length * 7919 + bits[0] * 104729) % 13);
const noiseSplit = splitExamples(noise, { seed: 1 });

const workers = 0;

test("a perfect network is right on examples that it has not seen", async () => {
  const result = await trainNetwork(paritySplit, { kernels, seed: 2, workers });
  expect(result.perfect).toBe(true);
  expect(result.accuracy).toBe(1);
  expect(result.margin).toBeLessThan(0.4);
  expect(result.limited).toBeUndefined();
  const unseen = evaluateNetwork(
    recurrentOf(result.network, { kernels }),
    paritySplit.verification,
  );
  expect(unseen.accuracy).toBe(1);
  expect([...result.network.weights]).toEqual([...Float32Array.from(result.network.weights)]);
});

test("a network that fails on the confirmation set alone is not perfect", async () => {
  const { confirmation } = paritySplit;
  const y = confirmation.y.slice();
  y[y.length - 1] ^= 1;
  const attempts: number[] = [];
  const controller = new AbortController();
  const result = await trainNetwork(
    { ...paritySplit, confirmation: { ...confirmation, y } },
    {
      ...{ kernels, seed: 2, workers, limit: controller.signal },
      onProgress: ({ attempt, accuracy }) => {
        if (accuracy === 1) attempts.push(attempt);
        if (new Set(attempts).size > 2) controller.abort();
      },
    },
  );
  expect(result).toMatchObject({ perfect: false, limited: true });
  expect(result.accuracy).toBeLessThan(1);
  expect(result.accuracy).toBeGreaterThan(0.99);
});

test("the same seed gives the same bits, another seed others", async () => {
  const train = async (seed: number) =>
    (await trainNetwork(paritySplit, { kernels, seed, workers })).network.weights;
  const first = await train(3);
  expect(await train(3)).toEqual(first);
  expect(await train(4)).not.toEqual(first);
});

test("the number of workers changes nothing", async () => {
  const results: TrainingResult[] = [];
  for (const workers of [0, 1, 2, 5]) {
    const pool = await openPool({ kernels, workers });
    expect(pool.workers).toBe(workers);
    for (const seed of [1, 2]) {
      results.push(await trainNetwork(paritySplit, { kernels, seed, workers: pool }));
    }
    pool.close();
  }
  expect(results.every(({ perfect }) => perfect)).toBe(true);
  expect(results[0]).not.toEqual(results[1]);
  results.forEach((result, i) => {
    expect(result).toEqual(results[i % 2]);
  });
});

test("progress tells every attempt, and the best that was found is the network", async () => {
  const told: TrainingProgress[] = [];
  const onProgress = (progress: TrainingProgress) => told.push(progress);
  const options = { kernels, seed: 2, onProgress, workers };
  const { attempts, network, readability } = await trainNetwork(paritySplit, options);
  const searched = attempts.filter(({ phase }) => phase === "search");
  const search = told.filter(({ phase }) => phase === "search");
  const starts = search.filter(({ loss }) => Number.isNaN(loss));
  expect(starts.map(({ shape }) => shape)).toEqual(searched.map(({ shape }) => shape));
  expect(told.every((p) => p.left === p.attempts - p.attempt + 1)).toBe(true);
  // parity settles as a machine of two states
  expect(readability).toMatchObject({ distinctStates: 2, minimal: true, linear: false });
  expect(readability.spread).toBeLessThan(0.05);
  expect(searched.at(-1)!.perfect).toBe(true);
  const simpler = attempts.filter((a) => a.perfect && a.phase === "simplification");
  expect((simpler.at(-1) ?? searched.at(-1)!).shape).toEqual(network.shape);
  const work = (phase: string) =>
    attempts.filter((a) => a.phase === phase).reduce((sum, a) => sum + a.work, 0);
  expect(work("simplification")).toBeLessThan(work("search"));
});

test("longer sequences, where there are some, are what a network is refined on", async () => {
  const options = { kernels, seed: 2, workers };
  const longer = labelled(300, 16, (bits) => bits.reduce((a, b) => a ^ b));
  const further = await trainNetwork({ ...paritySplit, longer }, options);
  expect(evaluateNetwork(recurrentOf(further.network, { kernels }), longer).accuracy).toBe(1);
  // labels that contradict the task can't make it worse
  const y = longer.y.map((bit) => 1 - bit);
  const misled = await trainNetwork({ ...paritySplit, longer: { ...longer, y } }, options);
  expect(misled).toMatchObject({ perfect: true, accuracy: 1 });
});

test("the paper's search finds the smallest architecture that some start learns", async () => {
  const sums = labelled(600, 6, (bits) => bits.reduce((a, b) => a + b));
  const options = { kernels, seed: 1, workers, strategy: "paper" } as const;
  const result = await trainNetwork(splitExamples(sums, { seed: 3 }), options);
  expect(result.perfect).toBe(true);
  expect(result.network.shape).toMatchObject({ hiddenDim: 1, hiddenDepth: 1, outputDepth: 1 });
  expect(result.attempts.every(({ trainer }) => trainer === "adamw")).toBe(true);
});

test.each([0, 2])("with %i workers an abort stops within 0.2 s", async (workers) => {
  const pool = await openPool({ kernels, workers });
  const controller = new AbortController();
  let aborted = 0;
  const options = { kernels, seed: 1, signal: controller.signal };
  const training = trainNetwork(noiseSplit, {
    ...options,
    workers: pool,
    onProgress: ({ attempt }) => {
      if (attempt !== 5 || aborted) return;
      aborted = performance.now();
      controller.abort(new Error("enough"));
    },
  });
  await expect(training).rejects.toThrow("enough");
  expect(performance.now() - aborted).toBeLessThan(200);
  // a signal that is aborted already, and a pool that is still good
  await expect(trainNetwork(noiseSplit, { ...options, workers: pool })).rejects.toThrow("enough");
  const result = await trainNetwork(paritySplit, { kernels, seed: 2, workers: pool });
  expect(result.perfect).toBe(true);
  pool.close();
});

test.each([0, 2])("with %i workers a limit ends with the best so far", async (workers) => {
  const controller = new AbortController();
  const limit = controller.signal;
  const train = () =>
    trainNetwork(noiseSplit, {
      ...{ kernels, seed: 1, workers, limit },
      onProgress: ({ attempt }) => {
        if (attempt === 12) controller.abort();
      },
    });
  const result = await train();
  expect(result).toMatchObject({ perfect: false, limited: true });
  // how many have ended by then is the workers' affair
  expect(result.attempts.length).toBeGreaterThan(0);
  expect(result.attempts.length).toBeLessThan(16);
  expect(result.accuracy).toBeGreaterThan(0);
  // before anything has ended there is only the network of zeros
  const nothing = await train();
  expect(nothing).toMatchObject({ perfect: false, limited: true, attempts: [] });
  expect(nothing.network.weights.every((w) => w === 0)).toBe(true);
});

test("a limit that is not reached changes nothing", async () => {
  const options = { kernels, seed: 2, workers };
  const limit = new AbortController().signal;
  const limited = await trainNetwork(paritySplit, { ...options, limit });
  expect(limited).toEqual(await trainNetwork(paritySplit, options));
});

test("a journal brings back what was finished, to the same result", async () => {
  const entries: JournalEntry[] = [];
  const journal = {
    entries: async () => entries.map((entry): JournalEntry => JSON.parse(JSON.stringify(entry))),
    append: async (entry: JournalEntry) => {
      entries.push(entry);
    },
  };
  const options = { kernels, seed: 2, workers };
  const whole = await trainNetwork(paritySplit, options);

  let stopAfter = 3;
  const stops: number[] = [];
  for (;;) {
    const controller = new AbortController();
    const append = async (entry: JournalEntry) => {
      await journal.append(entry);
      if (--stopAfter === 0) controller.abort(new Error("killed"));
    };
    try {
      const signal = controller.signal;
      const kept = { ...journal, append };
      expect(await trainNetwork(paritySplit, { ...options, signal, journal: kept })).toEqual(whole);
      break;
    } catch (error) {
      expect(error).toHaveProperty("message", "killed");
      stops.push(entries.length);
      stopAfter = 3;
    }
  }
  expect(stops.length).toBeGreaterThan(2);
  expect(new Set(entries.map(({ unit }) => unit)).size).toBe(entries.length);
  expect(entries.length).toBe(whole.attempts.length);
  // and from the whole of it, nothing is left to do
  const done = entries.length;
  expect(await trainNetwork(paritySplit, { ...options, workers: 2, journal })).toEqual(whole);
  expect(entries.length).toBe(done);
});

test("a journal that is spoilt is refused", async () => {
  const shape = { ...{ inputDim: 1, outputDim: 1, hiddenDim: 1 }, hiddenDepth: 1, hiddenWidth: 0 };
  const outcome = { shape: { ...shape, outputDepth: 1, outputWidth: 0 }, numbers: "AAAA", seed: 1 };
  const rest = { loss: 1, stopping: [1, 0], perfect: true, work: 1 };
  const entries = async () => [{ unit: "{}", outcome: { ...outcome, ...rest } }];
  const journal = { entries, append: async () => {} };
  const training = trainNetwork(paritySplit, { kernels, seed: 1, workers, journal });
  await expect(training).rejects.toThrow("entry for {} can't be used: 3 bytes are no float64");
});

test("a pool belongs to one training at a time, and is refused after it was closed", async () => {
  const pool = await openPool({ kernels, workers: 1 });
  const first = trainNetwork(paritySplit, { kernels, seed: 2, workers: pool });
  const second = trainNetwork(paritySplit, { kernels, seed: 2, workers: pool });
  await expect(second).rejects.toThrow("taken by another training");
  expect((await first).perfect).toBe(true);
  pool.close();
  const late = trainNetwork(paritySplit, { kernels, seed: 2, workers: pool });
  await expect(late).rejects.toThrow("pool was closed");
  await expect(openPool({ kernels, workers: 1.5 })).rejects.toThrow("workers is 1.5");
});
