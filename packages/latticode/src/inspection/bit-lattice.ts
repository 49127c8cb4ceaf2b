import type { Traces } from "@latticode/network";
import type { Clusters } from "./clusters.ts";

/** Corners may be off by this share of the shortest edge. */
const tolerance = 0.1;

/**
 * Pairs of clusters that differ by one bit: of 4 or 8 clusters whose centres are the corners of a
 * parallelogram or a parallelepiped, so that an affine map takes hidden states to bits (paper
 * section 4.2). Undefined where they are not.
 *
 * @returns pairs of clusters, and the centres [clusters][hiddenDim]
 */
export function bitLattice(
  { labels, count }: Clusters,
  traces: Traces,
): { readonly edges: [number, number][]; readonly centres: Float64Array[] } | undefined {
  const bits = [4, 8].indexOf(count) + 2;
  const centres = bits < 2 ? undefined : centresOf(labels, count, traces);
  if (!centres) return undefined;
  for (const axes of choices(count - 1, bits)) {
    const corners = cornersAlong(axes, centres);
    if (!corners) continue;
    const edges = corners.flatMap((corner, code) =>
      axes.flatMap((_, bit): [number, number][] =>
        code & (1 << bit) ? [] : [[corner, corners[code | (1 << bit)]]],
      ),
    );
    return { edges, centres };
  }
  return undefined;
}

function centresOf(labels: Int32Array, count: number, { h, hiddenDim }: Traces) {
  const sizes = new Int32Array(count);
  const centres = Array.from({ length: count }, () => new Float64Array(hiddenDim));
  labels.forEach((label, i) => {
    if (label < 0) return;
    sizes[label]++;
    for (let j = 0; j < hiddenDim; j++) centres[label][j] += h[i * hiddenDim + j];
  });
  if (sizes.includes(0)) return undefined;
  return centres.map((sum, k) => sum.map((value) => value / sizes[k]));
}

/** All ways to choose `size` of the numbers 1 to `most`, ascending. */
function choices(most: number, size: number, least = 1): number[][] {
  if (size === 0) return [[]];
  return Array.from({ length: Math.max(0, most - least + 1) }, (_, i) => least + i).flatMap(
    (first) => choices(most, size - 1, first + 1).map((rest) => [first, ...rest]),
  );
}

/** The cluster at each sum of steps from cluster 0 to those of the axes, if all are there. */
function cornersAlong(axes: readonly number[], centres: Float64Array[]): number[] | undefined {
  const [origin] = centres;
  const shortest = Math.min(...axes.map((axis) => distance(centres[axis], origin)));
  const used = new Set<number>();
  const corners: number[] = [];
  for (let code = 0; code < centres.length; code++) {
    const place = origin.map((start, j) =>
      axes.reduce(
        (sum, axis, bit) => (code & (1 << bit) ? sum + centres[axis][j] - start : sum),
        start,
      ),
    );
    const corner = centres.findIndex((c) => distance(c, place) <= tolerance * shortest);
    if (corner < 0 || used.has(corner)) return undefined;
    used.add(corner);
    corners.push(corner);
  }
  return corners;
}

function distance(a: Float64Array, b: Float64Array): number {
  return Math.sqrt(a.reduce((sum, value, j) => sum + (value - b[j]) * (value - b[j]), 0));
}
