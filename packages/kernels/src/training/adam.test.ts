import { type Loss, loadKernels, type NetworkShape, parameterCount } from "@latticode/kernels";
import { expect, test } from "vitest";
import {
  lossReference,
  philoxReference,
  type ReferenceNetwork,
  randomIntegers,
  randomNumbers,
  randomShape,
  referenceNetwork,
  relativeError,
} from "../../../../test/reference.ts";

const kernels = await loadKernels();
const adamStream = 1;

interface Data {
  shape: NetworkShape;
  run: ReferenceNetwork;
  weights: Float32Array;
  x: Int32Array;
  y: Int32Array;
  count: number;
  length: number;
}

function randomData(shape: NetworkShape, count: number, length: number, seed: number): Data {
  const random = randomNumbers(seed);
  const weights = Float32Array.from({ length: parameterCount(shape) }, () => random() - 0.5);
  const x = randomIntegers(random, count * length * shape.inputDim, 3);
  const y = randomIntegers(random, count * length * shape.outputDim, 3);
  return { shape, run: referenceNetwork(shape), weights, x, y, count, length };
}

/** Numbers of the sequences of a step's batch, as the kernels draw them. */
function batchOf(data: Data, step: number, batch: number, seed: number): number[] {
  return Array.from({ length: batch }, (_, i) => {
    const words = philoxReference([step, i - (i % 4), adamStream, 0], [seed, 0]);
    return Math.floor((words[i % 4] * data.count) / 2 ** 32);
  });
}

function lossOf(data: Data, loss: Loss, weights: ArrayLike<number>, batch: number[]): number {
  const { shape, run, length, x, y } = data;
  const initial = new Float64Array(shape.hiddenDim);
  let sum = 0;
  for (const s of batch) {
    const inputs = x.subarray(s * length * shape.inputDim, (s + 1) * length * shape.inputDim);
    const outputs = run(weights, initial, inputs).y;
    outputs.forEach((value, k) => {
      sum += lossReference(loss, value - y[s * length * shape.outputDim + k]);
    });
  }
  return sum / (batch.length * length * shape.outputDim);
}

function gradientOf(data: Data, loss: Loss, weights: ArrayLike<number>, batch: number[]): number[] {
  const step = 1e-6;
  return Array.from(weights, (w, p) => {
    const at = (value: number) => {
      const moved = Float64Array.from(weights);
      moved[p] = value;
      return lossOf(data, loss, moved, batch);
    };
    return (at(w + step) - at(w - step)) / (2 * step);
  });
}

test("backpropagation through time agrees with finite differences", () => {
  const random = randomNumbers(3);
  for (let i = 0; i < 24; i++) {
    const shape = randomShape(random);
    const length = 1 + Math.floor(random() * 7);
    const data = randomData(shape, 50, length, 100 + i);
    const loss = (["squared", "log", "huber"] as const)[i % 3];
    const batch = [1, 5, 33, 32][i % 4];
    const job = kernels.createAdam({ ...data, loss, batch, seed: i, totalSteps: 1 });
    const expected = gradientOf(data, loss, data.weights, batchOf(data, 0, batch, i));
    expect(relativeError(job.gradient(), expected)).toBeLessThan(2e-5);
    job.dispose();
  }
});

test("the gradient of the largest layers agrees with finite differences where they are taken", () => {
  const sizes = { inputDim: 64, outputDim: 64, hiddenDim: 128 };
  const depths = { hiddenDepth: 2, hiddenWidth: 256, outputDepth: 2, outputWidth: 256 };
  const data = randomData({ ...sizes, ...depths }, 2, 1, 9);
  data.weights = data.weights.map((w) => w / 8);
  const job = kernels.createAdam({ ...data, loss: "squared", batch: 2, seed: 1, totalSteps: 1 });
  const gradient = job.gradient();
  job.dispose();
  const batch = batchOf(data, 0, 2, 1);
  const random = randomNumbers(10);
  const step = 1e-5;
  for (let i = 0; i < 40; i++) {
    const p = Math.floor(random() * gradient.length);
    const at = (shift: number) => {
      const moved = Float64Array.from(data.weights);
      moved[p] += shift;
      return lossOf(data, "squared", moved, batch);
    };
    const slope = (at(step) - at(-step)) / (2 * step);
    expect(Math.abs(gradient[p] - slope)).toBeLessThan(1e-4 * Math.abs(slope) + 1e-6);
  }
});

interface Course {
  totalSteps: number;
  schedule: "cosine" | "linear" | "constant";
  warmupSteps: number;
  clip: number;
  weightDecay: number;
  l1: number;
}

/** The textbook's algorithm in f64, on the batches that the kernels draw. */
function trainReference(data: Data, rates: Rates, course: Course, batch: number, seed: number) {
  const { learningRate, beta1, beta2, epsilon } = rates;
  const { totalSteps, schedule, warmupSteps, clip, weightDecay, l1 } = course;
  const weights = Float64Array.from(data.weights);
  const first = new Float64Array(weights.length);
  const second = new Float64Array(weights.length);
  const losses: number[] = [];
  for (let step = 0; step < totalSteps; step++) {
    const drawn = batchOf(data, step, batch, seed);
    losses.push(lossOf(data, "log", weights, drawn));
    let gradient = gradientOf(data, "log", weights, drawn);
    const norm = Math.hypot(...gradient);
    if (norm > clip) gradient = gradient.map((g) => (g * clip) / norm);
    const done = (step - warmupSteps) / (totalSteps - warmupSteps);
    const factors = {
      cosine: (1 + Math.cos(Math.PI * done)) / 2,
      linear: 1 - done,
      constant: 1,
    };
    const rate = learningRate * (step < warmupSteps ? (step + 1) / warmupSteps : factors[schedule]);
    gradient.forEach((g, p) => {
      first[p] = beta1 * first[p] + (1 - beta1) * g;
      second[p] = beta2 * second[p] + (1 - beta2) * g * g;
      const mean = first[p] / (1 - beta1 ** (step + 1));
      const square = second[p] / (1 - beta2 ** (step + 1));
      weights[p] -= rate * (mean / (Math.sqrt(square) + epsilon) + weightDecay * weights[p]);
      weights[p] = Math.sign(weights[p]) * Math.max(Math.abs(weights[p]) - rate * l1, 0);
    });
  }
  return { weights, losses };
}

interface Rates {
  learningRate: number;
  beta1: number;
  beta2: number;
  epsilon: number;
}

const plain = { schedule: "cosine", warmupSteps: 0, clip: 1e12, weightDecay: 0, l1: 0 } as const;

test.each<Course>([
  { ...plain, totalSteps: 6 },
  { ...plain, totalSteps: 6, weightDecay: 0.1 },
  { ...plain, totalSteps: 6, l1: 0.7 },
  { ...plain, totalSteps: 6, schedule: "linear", warmupSteps: 2 },
  { ...plain, totalSteps: 4, schedule: "constant", clip: 0.05 },
])("steps follow the textbook's algorithm, %o", (course) => {
  const shape = { inputDim: 1, outputDim: 1, hiddenDim: 2, hiddenDepth: 2, hiddenWidth: 3 };
  const data = randomData({ ...shape, outputDepth: 1, outputWidth: 0 }, 20, 4, 5);
  const rates = { learningRate: 0.02, beta1: 0.8, beta2: 0.95, epsilon: 1e-8 };
  const [batch, seed] = [7, 11];
  const job = kernels.createAdam({ ...data, ...rates, ...course, loss: "log", batch, seed });
  const losses = Array.from({ length: course.totalSteps }, () => job.run(1));
  const expected = trainReference(data, rates, course, batch, seed);
  expect(relativeError(losses, expected.losses)).toBeLessThan(1e-5);
  expect(relativeError(job.weights(), expected.weights)).toBeLessThan(1e-4);
  job.dispose();
});

test("the L1 penalty makes weights that nothing needs exactly 0, and leaves none behind it", () => {
  const sizes = { inputDim: 1, outputDim: 1, hiddenDim: 2, hiddenDepth: 1, hiddenWidth: 0 };
  const shape = { ...sizes, outputDepth: 1, outputWidth: 0 };
  // h = (x, 0.3 x + 0.1), y = h_1; the second coordinate is read by nothing
  const weights = Float32Array.of(0, 0, 1, 0, 0, 0.3, 0, 0.1, 1, 0, 0);
  const x = Int32Array.from({ length: 60 }, (_, i) => (i % 5) - 2);
  const data = { shape, weights, x, y: x, count: 12, length: 5 };
  const train = (l1?: number) => {
    const course = { totalSteps: 200, learningRate: 0.01, schedule: "constant" } as const;
    const job = kernels.createAdam({ ...data, ...course, ...(l1 !== undefined && { l1 }) });
    job.run(200);
    const trained = job.weights();
    job.dispose();
    return trained;
  };
  // 200 steps of 0.01 * 0.2
  const sparse = train(0.2);
  for (const at of [0, 1, 3, 4, 5, 6, 7, 9]) expect(sparse[at]).toBe(0);
  expect(Math.abs(sparse[2] * sparse[8] - 1)).toBeLessThan(0.2);
  expect(train(0)).toEqual(train());
  expect(train()[5]).toBe(weights[5]);
});

test("noise moves the hidden states, until it ends", () => {
  // y = h = x + noise, so the squared loss is half the variance of the noise
  const sizes = { inputDim: 1, outputDim: 1, hiddenDim: 1, hiddenDepth: 1, hiddenWidth: 0 };
  const shape = { ...sizes, outputDepth: 1, outputWidth: 0 };
  const weights = Float32Array.of(0, 1, 0, 1, 0);
  const x = new Int32Array(8 * 50).fill(1);
  const data = { shape, weights, x, y: x, count: 8, length: 50 };
  const course = { learningRate: 0, totalSteps: 4, noise: 0.5, noiseUntil: 2 };
  const job = kernels.createAdam({ ...data, ...course, loss: "squared", batch: 256, seed: 3 });
  const losses = [job.run(1), job.run(1), job.run(1)];
  job.dispose();
  // 12,800 squares of normal deviates: a relative standard error of 1.25 %, six of them
  expect(Math.abs(losses[0] / 0.125 - 1)).toBeLessThan(0.075);
  expect(Math.abs(losses[1] / 0.125 - 1)).toBeLessThan(0.075);
  expect(losses[0]).not.toBe(losses[1]);
  expect(losses[2]).toBe(0);
});

test("the dead zone begins at its step", () => {
  const sizes = { inputDim: 1, outputDim: 1, hiddenDim: 1, hiddenDepth: 1, hiddenWidth: 0 };
  const shape = { ...sizes, outputDepth: 1, outputWidth: 0 };
  // y = x + 0.2
  const weights = Float32Array.of(0, 1, 0, 1, 0.2);
  const x = new Int32Array(30).fill(1);
  const data = { shape, weights, x, y: x, count: 6, length: 5 };
  const gradientAt = (deadZoneFrom: number) => {
    const course = { totalSteps: 3, learningRate: 0, deadZone: 0.25, deadZoneFrom };
    const job = kernels.createAdam({ ...data, ...course });
    job.run(1);
    const gradient = job.gradient();
    job.dispose();
    return gradient.every((g) => g === 0);
  };
  expect(gradientAt(1)).toBe(true);
  expect(gradientAt(2)).toBe(false);
});

test("the curriculum looks at the first positions first", () => {
  const data = randomData(randomShape(randomNumbers(8)), 30, 4, 6);
  const weightsAfter = (steps: number, y: Int32Array) => {
    const job = kernels.createAdam({ ...data, y, totalSteps: 8, curriculumSteps: 8 });
    job.run(steps);
    const weights = job.weights();
    job.dispose();
    return weights;
  };
  const { outputDim } = data.shape;
  // labels that differ at the second position only
  const other = data.y.map((v, i) => (Math.floor(i / outputDim) % 4 === 1 ? v + 5 : v));
  expect(weightsAfter(2, other)).toEqual(weightsAfter(2, data.y));
  expect(weightsAfter(3, other)).not.toEqual(weightsAfter(3, data.y));
});

test("replay draws the whole batch from sequences that were wrong", () => {
  const sizes = { inputDim: 1, outputDim: 1, hiddenDim: 1, hiddenDepth: 1, hiddenWidth: 0 };
  const shape = { ...sizes, outputDepth: 1, outputWidth: 0 };
  // y = x is right for even sequences, and wrong by 1 for odd ones
  const weights = Float32Array.of(0, 1, 0, 1, 0);
  const [count, length] = [40, 3];
  const x = Int32Array.from({ length: count * length }, (_, i) => i % 7);
  const y = x.map((v, i) => v + (Math.floor(i / length) % 2));
  const loss = (replay: number) => {
    const options = { batch: 32, totalSteps: 9, learningRate: 0, loss: "squared" } as const;
    const job = kernels.createAdam({ ...options, shape, weights, x, y, count, length, replay });
    job.run(1);
    const second = job.run(1);
    job.dispose();
    return second;
  };
  expect(loss(1)).toBe(0.5);
  expect(loss(0)).toBeLessThan(0.45);
  const half = loss(0.5);
  expect(half > 0.5 * loss(0) && half < 0.5).toBe(true);
});

test("a run in slices is the same run", () => {
  const data = randomData(randomShape(randomNumbers(8)), 30, 5, 6);
  const run = (slices: number[]) => {
    const job = kernels.createAdam({ ...data, seed: 2, totalSteps: 30 });
    for (const steps of slices) job.run(steps);
    const weights = job.weights();
    job.dispose();
    return weights;
  };
  expect(run([1, 4, 0, 25])).toEqual(run([30]));
});

test("misuse names the argument, and nothing works after dispose", () => {
  const data = randomData(randomShape(randomNumbers(8)), 3, 2, 6);
  const create = (changes: object) => kernels.createAdam({ ...data, totalSteps: 2, ...changes });
  expect(() => create({ weights: new Float32Array(1) })).toThrow("weights has length 1");
  expect(() => create({ count: 4 })).toThrow("x has length");
  expect(() => create({ y: new Int32Array(1) })).toThrow("y has length 1");
  expect(() => create({ batch: 0 })).toThrow("batch is 0");
  expect(() => create({ seed: -1 })).toThrow("seed is -1");
  expect(() => create({ loss: "cross-entropy" })).toThrow("loss is cross-entropy");
  expect(() => create({ schedule: "step" })).toThrow("schedule is step");
  expect(() => create({ warmupSteps: 2 })).toThrow("warmupSteps is 2");
  expect(() => create({ clip: 0 })).toThrow("clip is 0");
  expect(() => create({ l1: -1 })).toThrow("l1 is -1");
  expect(() => create({ learningRate: Number.NaN })).toThrow("learningRate is NaN");
  const job = create({});
  expect(() => job.run(3)).toThrow("steps is 3, must be an integer from 0 to 2");
  job.dispose();
  job.dispose();
  expect(() => job.run(1)).toThrow("Adam was disposed");
  expect(() => job.weights()).toThrow("Adam was disposed");
});
