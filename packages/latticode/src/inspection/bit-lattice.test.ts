import type { Traces } from "@latticode/network";
import { expect, test } from "vitest";
import { bitLattice } from "./bit-lattice.ts";

/** Traces whose states are the given points, each a cluster. */
function clustersAt(points: readonly (readonly number[])[]) {
  const traces: Traces = {
    count: 1,
    length: points.length,
    inputDim: 1,
    outputDim: 1,
    hiddenDim: points[0].length,
    initial: new Float64Array(points[0].length),
    x: new Int32Array(points.length),
    y: new Int32Array(points.length),
    h: Float64Array.from(points.flat()),
  };
  const labels = Int32Array.from(points.keys());
  return bitLattice({ source: "machine", count: points.length, labels }, traces)?.edges;
}

const sorted = (edges: [number, number][] | undefined) =>
  edges?.map((edge) => edge.toSorted((a, b) => a - b).join("-")).sort();

test("the sides of a parallelogram are one bit apart, its diagonals are not", () => {
  const corners = [
    [0, 0],
    [5, 4],
    [1, 3],
    [4, 1],
  ];
  expect(sorted(clustersAt(corners))).toEqual(["0-2", "0-3", "1-2", "1-3"]);
});

test("8 corners of a skewed box in 4 dimensions have 12 edges", () => {
  const axes = [
    [1, 0, 2, 0],
    [0, 3, 1, 1],
    [1, 1, 0, -2],
  ];
  const order = [3, 0, 7, 5, 1, 2, 6, 4];
  const corners = order.map((code) =>
    [7, 7, 7, 7].map((start, j) =>
      axes.reduce((sum, axis, bit) => sum + (code & (1 << bit) ? axis[j] : 0), start),
    ),
  );
  const expected = order.flatMap((a, i) =>
    order.flatMap((b, j) => (i < j && [1, 2, 4].includes(a ^ b) ? [`${i}-${j}`] : [])),
  );
  expect(sorted(clustersAt(corners))).toEqual(expected.sort());
});

test("other clusters are no bits", () => {
  const kite = [
    [0, 0],
    [5, 5],
    [1, 3],
    [4, 1],
  ];
  expect(clustersAt(kite)).toBeUndefined();
  expect(clustersAt(kite.slice(1))).toBeUndefined();
});
