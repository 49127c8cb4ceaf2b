import { expect, test } from "vitest";
import { seededRandom } from "../../testing/networks.ts";
import { bitLabels } from "./bit-labels.ts";

/** Corners of a random box of `bits` edges in as many or fewer dimensions, shuffled, with noise. */
function corners(random: () => number, bits: number, dimension: number, noise: number) {
  const normal = () => random() + random() + random() - 1.5;
  const edges = Array.from({ length: bits }, () =>
    Float64Array.from({ length: dimension }, normal),
  );
  const order = Array.from({ length: 2 ** bits }, (_, i) => ({ i, key: random() }));
  order.sort((a, b) => a.key - b.key);
  return order.map(({ i }) => ({
    label: i,
    centre: Float64Array.from({ length: dimension }, (_, j) =>
      edges.reduce((sum, edge, k) => sum + ((i >> k) & 1) * edge[j], noise * normal()),
    ),
  }));
}

test("boxes of 1 to 6 bits are labelled, with corners missing too", () => {
  let right = 0;
  let tried = 0;
  for (let seed = 0; seed < 120; seed++) {
    const random = seededRandom(seed);
    const bits = 1 + (seed % 6);
    const all = corners(random, bits, 8, 0.005);
    const missing = seed % 3 === 0 ? 0 : Math.floor(2 ** bits / 5);
    const kept = all.slice(missing);
    const found = bitLabels(kept.map(({ centre }) => centre));
    tried++;
    if (found?.bits !== bits) continue;
    expect(new Set(found.labels).size).toBe(kept.length);
    expect(found.predicted).toBe(kept.length - 1 - bits);
    // a bit found is a bit of the box, or its opposite
    for (let k = 0; k < bits; k++) {
      const matches = Array.from({ length: bits }, (_, j) => {
        const same = kept.filter(
          ({ label }, i) => ((label >> j) & 1) === ((found.labels[i] >> k) & 1),
        ).length;
        return same === 0 || same === kept.length;
      });
      if (missing === 0) expect(matches).toContain(true);
    }
    right++;
  }
  expect(tried - right).toBeLessThanOrEqual(2);
});

test("four points on a line are two bits, three are two with a corner missing", () => {
  const line = (...values: number[]) => values.map((v) => Float64Array.of(v));
  expect(bitLabels(line(0, 2, 1, 3))).toMatchObject({ bits: 2, predicted: 1 });
  expect(bitLabels(line(5, 6, 7))).toMatchObject({ bits: 2, predicted: 0 });
  expect(bitLabels(line(4))).toMatchObject({ bits: 0, labels: [0] });
});

test("points that make no box need more bits than it has corners", () => {
  const random = seededRandom(3);
  const points = Array.from({ length: 8 }, () => Float64Array.of(random(), random(), random()));
  expect(bitLabels(points, { maximumBits: 3, tolerance: 0.02 })).toBeUndefined();
});
