import { loadKernels } from "@latticode/kernels";
import { expect, test } from "vitest";
import { randomNumbers } from "../../../../test/reference.ts";

const kernels = await loadKernels();

interface Options {
  dimension: number;
  tolerance: number;
  capacity: number;
}

/** Every point against every representative, in order. */
function clusterReference(options: Options) {
  const { dimension, tolerance, capacity } = options;
  const representatives: { point: Float64Array; known: number }[] = [];
  return (points: Float64Array, classes: Int32Array): Int32Array =>
    classes.map((own, row) => {
      const point = points.subarray(row * dimension, (row + 1) * dimension);
      let nearest = -1;
      let smallest = tolerance;
      for (const [r, other] of representatives.entries()) {
        if (own >= 0 && other.known >= 0 && own !== other.known) continue;
        let distance = 0;
        for (let k = 0; k < dimension; k++) {
          distance = Math.max(distance, Math.abs(point[k] - other.point[k]));
        }
        if (distance < smallest) {
          smallest = distance;
          nearest = r;
        }
      }
      if (nearest < 0) {
        if (representatives.length === capacity) return -1;
        nearest = representatives.length;
        representatives.push({ point, known: own });
      } else if (representatives[nearest].known < 0) {
        representatives[nearest].known = own;
      }
      return nearest;
    });
}

type Cloud = (random: () => number, rows: number, dimension: number) => Float64Array;

function fill(rows: number, dimension: number, value: (row: number, k: number) => number) {
  return new Float64Array(rows * dimension).map((_, at) =>
    value(Math.floor(at / dimension), at % dimension),
  );
}

/** For a tolerance of about 0.25. */
const clouds: Record<string, Cloud> = {
  uniform: (random, rows, dimension) => fill(rows, dimension, () => 2 * random() - 1),
  "on the borders of cells, with ties": (random, rows, dimension) =>
    fill(rows, dimension, () => Math.floor(9 * random() - 4) / 8),
  "tight around centres": (random, rows, dimension) => {
    const centres = fill(20, dimension, () => 4 * random() - 2);
    const chosen = Array.from({ length: rows }, () => Math.floor(20 * random()));
    return fill(
      rows,
      dimension,
      (row, k) => centres[chosen[row] * dimension + k] + 0.1 * (random() - 0.5),
    );
  },
  "corners of a cube": (random, rows, dimension) =>
    fill(rows, dimension, () => (random() < 0.5 ? 0 : 0.25)),
  "sorted along a line": (random, rows, dimension) =>
    fill(rows, dimension, (row, k) => (k === 0 ? row / 10 : random() / 100)),
  "one coordinate each": (random, rows, dimension) => {
    const axes = Array.from({ length: rows }, () => Math.floor(random() * dimension));
    return fill(rows, dimension, (row, k) => (k === axes[row] ? 1 + random() : 0));
  },
  "of very different sizes": (random, rows, dimension) =>
    fill(rows, dimension, () => (random() - 0.5) * 10 ** Math.floor(40 * random() - 20)),
};

test.each(Object.entries(clouds))("points %s cluster as by the naive search", (_, cloud) => {
  const random = randomNumbers(5);
  const counts = new Set<number>();
  for (let i = 0; i < 60; i++) {
    const dimension = i < 50 ? 1 + (i % 12) : 4 * (i - 48);
    const tolerance = [0.25, 0.3, 0.1, 0.25 * (1 + 2 ** -52), 1.7][i % 5];
    const rows = 1 + Math.floor(random() * 500);
    const points = cloud(random, rows, dimension);
    const options = { dimension, tolerance, capacity: rows };
    const expected = clusterReference(options)(points, new Int32Array(rows).fill(-1));
    const { labels, representatives } = kernels.clusterPoints(points, rows, dimension, tolerance);
    expect(labels).toEqual(expected);
    const count = Math.max(...expected) + 1;
    expect([...representatives]).toEqual(
      Array.from({ length: count }, (_, cluster) => expected.indexOf(cluster)),
    );
    counts.add(count);
  }
  expect(counts.size).toBeGreaterThan(5);
});

test("classes keep points apart, unknown ones join any, and the capacity holds", () => {
  const random = randomNumbers(6);
  let full = 0;
  for (let i = 0; i < 300; i++) {
    const dimension = 1 + (i % 7);
    const options = { dimension, tolerance: 0.3, capacity: 1 + Math.floor(random() * 200) };
    const clustering = kernels.createClustering(options);
    const reference = clusterReference(options);
    const classCount = 1 + (i % 30);
    for (let part = 0; part < 4; part++) {
      const rows = Math.floor(random() * 100);
      const scale = i % 2 ? 1 : 0.2;
      const points = fill(rows, dimension, () => scale * random());
      const classes = new Int32Array(rows).map(() => Math.floor(random() * (classCount + 1)) - 1);
      const labels = clustering.add(points, classes);
      expect(labels).toEqual(reference(points, classes));
      if (labels.includes(-1)) full++;
    }
    clustering.dispose();
  }
  expect(full).toBeGreaterThan(50);
});

test("numbers at the ends of the f64 range are handled", () => {
  const largest = Number.MAX_VALUE;
  const points = Float64Array.of(largest, -largest, 0, -0, 5e-324, largest, 1e300, -1e-300);
  const label = (tolerance: number) => [...kernels.clusterPoints(points, 8, 1, tolerance).labels];
  expect(label(1e-300)).toEqual([0, 1, 2, 2, 2, 0, 3, 4]);
  expect(label(2e-300)).toEqual([0, 1, 2, 2, 2, 0, 3, 2]);
  expect(label(1e300)).toEqual([0, 1, 2, 2, 2, 0, 3, 2]);
});

test("100,000 points take a small part of the time that comparing all pairs takes", () => {
  const random = randomNumbers(7);
  const rows = 100_000;
  const uniform = fill(rows, 8, () => 4 * random());
  let close = 0;
  let start = performance.now();
  for (let a = 0; a < 4000; a++) {
    for (let b = 0; b < 4000; b++) {
      let k = 0;
      while (k < 8 && Math.abs(uniform[8 * a + k] - uniform[8 * b + k]) < 0.2) k++;
      if (k === 8) close++;
    }
  }
  expect(close).toBeLessThan(5000);
  // half the pairs of 100,000 points
  const expected = ((performance.now() - start) * (rows / 4000) ** 2) / 2;
  const chosen = fill(rows, 1, () => Math.floor(20_000 * random()));
  const centres = fill(20_000, 64, () => 4 * random());
  const cases: [points: Float64Array, dimension: number, least: number][] = [
    [uniform, 8, 99_000],
    [fill(rows, 8, (row, k) => (k === 3 ? row : random())), 8, 100_000],
    [fill(rows, 8, () => Math.floor(5 * random())), 8, 80_000],
    [fill(rows, 64, () => (random() < 0.5 ? 0 : 1)), 64, 100_000],
    [fill(rows, 64, (row, k) => centres[64 * chosen[row] + k] + 0.05 * random()), 64, 19_000],
  ];
  for (const [points, dimension, least] of cases) {
    start = performance.now();
    const { representatives } = kernels.clusterPoints(points, rows, dimension, 0.2);
    const elapsed = performance.now() - start;
    expect(representatives.length).toBeGreaterThanOrEqual(least);
    expect(elapsed).toBeLessThan(expected / 5);
  }
});

test("misuse names the argument, and nothing works after dispose", () => {
  const sizes = { dimension: 2, tolerance: 0.5, capacity: 4 };
  const create = (changes: object) => () => kernels.createClustering({ ...sizes, ...changes });
  expect(create({ dimension: 0 })).toThrow("dimension is 0, must be an integer from 1 to 1024");
  expect(create({ tolerance: 0 })).toThrow("tolerance is 0, must be from 1e-300 to 1e+300");
  expect(create({ tolerance: Number.NaN })).toThrow("tolerance is NaN");
  expect(create({ capacity: 2 ** 20 + 1 })).toThrow("capacity is 1048577");
  expect(create({ capacity: 2 ** 20, dimension: 17 })).toThrow("capacity * dimension is 17825792");
  const clustering = create({})();
  const points = Float64Array.of(1, 2, 3, 4);
  expect(() => clustering.add(points.subarray(1))).toThrow("points / dimension is 1.5");
  expect(() => clustering.add(points, Int32Array.of(0))).toThrow("classes has length 1, [rows]");
  expect(() => clustering.add(points, Int32Array.of(0, -2))).toThrow("classes[1] is -2");
  expect(() => clustering.add(Float64Array.of(1, Number.NaN))).toThrow("points[1] is NaN");
  expect([...clustering.add(points)]).toEqual([0, 1]);
  clustering.dispose();
  clustering.dispose();
  expect(() => clustering.add(points)).toThrow("Clustering was disposed");
  const cluster = (rows: number, dimension: number, tolerance: number) => () =>
    kernels.clusterPoints(points, rows, dimension, tolerance);
  expect(cluster(0, 2, 1)).toThrow("rows is 0");
  expect(cluster(3, 2, 1)).toThrow("points has length 4, [rows, dimension] needs 6");
  expect(cluster(1, 4.5, 1)).toThrow("dimension is 4.5");
  expect(cluster(2, 2, Number.POSITIVE_INFINITY)).toThrow("tolerance is Infinity");
});
