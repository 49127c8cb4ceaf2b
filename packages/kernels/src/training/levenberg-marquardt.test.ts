import { loadKernels, type NetworkShape, parameterCount } from "@latticode/kernels";
import { expect, test } from "vitest";
import {
  philoxReference,
  type ReferenceNetwork,
  randomIntegers,
  randomNumbers,
  randomShape,
  referenceNetwork,
  relativeError,
} from "../../../../test/reference.ts";

const kernels = await loadKernels();
const batchStream = 2;

interface Data {
  shape: NetworkShape;
  run: ReferenceNetwork;
  weights: Float64Array;
  x: Int32Array;
  y: Int32Array;
  count: number;
  length: number;
}

function randomData(shape: NetworkShape, count: number, length: number, seed: number): Data {
  const random = randomNumbers(seed);
  const weights = Float64Array.from({ length: parameterCount(shape) }, () => random() - 0.5);
  const x = randomIntegers(random, count * length * shape.inputDim, 3);
  const y = randomIntegers(random, count * length * shape.outputDim, 3);
  return { shape, run: referenceNetwork(shape), weights, x, y, count, length };
}

/** Errors of the first `prefix` positions of the sequences of the batch. */
function errorsOf(data: Data, weights: Float64Array, batch: number[], prefix: number): number[] {
  const { shape, run, length, x, y } = data;
  const initial = new Float64Array(shape.hiddenDim);
  return batch.flatMap((s) => {
    const start = s * length * shape.inputDim;
    const inputs = x.subarray(start, start + prefix * shape.inputDim);
    const outputs = run(weights, initial, inputs).y;
    return outputs.map((value, k) => value - y[s * length * shape.outputDim + k]);
  });
}

/** Solves a x = b by elimination with pivoting. */
function solve(a: number[][], b: number[]): number[] {
  const rows = a.map((row, i) => [...row, b[i]]);
  const n = b.length;
  for (let k = 0; k < n; k++) {
    const pivot = rows.slice(k).reduce((best, row, i) => {
      return Math.abs(row[k]) > Math.abs(rows[best][k]) ? k + i : best;
    }, k);
    [rows[k], rows[pivot]] = [rows[pivot], rows[k]];
    for (let i = 0; i < n; i++) {
      if (i === k) continue;
      const factor = rows[i][k] / rows[k][k];
      rows[i] = rows[i].map((v, j) => v - factor * rows[k][j]);
    }
  }
  return rows.map((row, i) => row[n] / row[i]);
}

const sumOfSquares = (errors: number[]) => errors.reduce((sum, e) => sum + e * e, 0);

test("a step solves the damped normal equations", () => {
  const random = randomNumbers(4);
  for (let i = 0; i < 12; i++) {
    const shape = randomShape(random);
    const length = 1 + Math.floor(random() * 5);
    const data = randomData(shape, 40, length, 50 + i);
    const prefix = 1 + Math.floor(random() * length);
    const options = { ...data, batch: 32, capacity: 32, seed: i, firstPrefix: prefix };
    const job = kernels.createLevenbergMarquardt({ ...options, maxIterations: 9, margin: 0 });
    job.run(1);
    const batch = Array.from({ length: 32 }, (_, s) => {
      const words = philoxReference([s - (s % 4), 0, batchStream, 0], [i, 0]);
      return Math.floor((words[s % 4] * data.count) / 2 ** 32);
    });
    const errors = errorsOf(data, data.weights, batch, prefix);
    const step = 1e-6;
    const columns = Array.from(data.weights, (w, p) => {
      const at = (value: number) => {
        const moved = data.weights.slice();
        moved[p] = value;
        return errorsOf(data, moved, batch, prefix);
      };
      const [above, below] = [at(w + step), at(w - step)];
      return above.map((e, k) => (e - below[k]) / (2 * step));
    });
    const dot = (u: number[], v: number[]) => u.reduce((sum, e, k) => sum + e * v[k], 0);
    const normal = columns.map((u) => columns.map((v) => dot(u, v)));
    const floor = (1e-6 * normal.reduce((sum, row, p) => sum + row[p], 0)) / normal.length;
    let expected = data.weights;
    for (let damping = 1; damping < 1e8; damping *= 5) {
      const damped = normal.map((row, p) =>
        row.map((v, q) => (p === q ? v + damping * (v + floor) : v)),
      );
      const delta = solve(
        damped,
        columns.map((u) => dot(u, errors)),
      );
      const moved = data.weights.map((w, p) => w - delta[p]);
      if (sumOfSquares(errorsOf(data, moved, batch, prefix)) < sumOfSquares(errors)) {
        expected = moved;
        break;
      }
    }
    expect(expected).not.toBe(data.weights);
    expect(relativeError(job.weights(), expected)).toBeLessThan(1e-3);
    job.dispose();
  }
});

const linear = { hiddenDepth: 1, hiddenWidth: 0, outputDepth: 1, outputWidth: 0 };

function runningSums(count: number, length: number): Omit<Data, "weights" | "run"> {
  const random = randomNumbers(7);
  const x = randomIntegers(random, count * length, 50);
  const y = x.slice();
  for (let i = 0; i < y.length; i++) if (i % length) y[i] += y[i - 1];
  return { shape: { inputDim: 1, outputDim: 1, hiddenDim: 1, ...linear }, x, y, count, length };
}

test("running sums are fitted on every sequence, also those outside the batch", () => {
  const data = runningSums(1000, 10);
  const job = kernels.createLevenbergMarquardt({ ...data, batch: 32, capacity: 64, seed: 1 });
  const report = job.run(400);
  expect(report.status).toBe("fitted");
  expect(report.largestError).toBeLessThan(0.3);
  const initial = new Float64Array(1);
  const { y } = kernels.runNetwork(data.shape, job.weights(), initial, data.x, 1000, 10);
  expect(y.every((value, i) => Math.abs(value - data.y[i]) < 0.31)).toBe(true);
  job.dispose();
});

test("labels that no network of the shape gives fail early", () => {
  const data = runningSums(200, 10);
  const y = data.y.map((_, i) => Math.imul(i, 0x9e3779b1) >> 20);
  const job = kernels.createLevenbergMarquardt({ ...data, y, seed: 1 });
  const report = job.run(10_000);
  expect(report.status).toBe("failed");
  expect(report.prefix).toBe(3);
  expect(report.iterations).toBeLessThan(40);
  job.dispose();
});

test("an attempt in slices is the same attempt", () => {
  const data = runningSums(200, 8);
  const run = (slice: number) => {
    const job = kernels.createLevenbergMarquardt({ ...data, seed: 3 });
    while (job.run(slice).status === "running");
    const weights = job.weights();
    job.dispose();
    return weights;
  };
  expect(run(1)).toEqual(run(1000));
});

test("misuse names the argument, and nothing works after dispose", () => {
  const data = runningSums(4, 3);
  const create = (changes: object) => kernels.createLevenbergMarquardt({ ...data, ...changes });
  expect(() => create({ batch: 33 })).toThrow("batch / 32 is 1.03125");
  expect(() => create({ capacity: 32 })).toThrow("capacity / 32 is 1, must be an integer from 8");
  expect(() => create({ firstPrefix: 4 })).toThrow("firstPrefix is 4");
  expect(() => create({ margin: 0.6 })).toThrow("margin is 0.6, must be from 0 to 0.5");
  const wide = { ...data.shape, hiddenDepth: 2, hiddenWidth: 256 };
  expect(() => create({ shape: wide })).toThrow("number of weights is 1027");
  const job = create({});
  job.dispose();
  expect(() => job.run(1)).toThrow("Levenberg-Marquardt was disposed");
});
