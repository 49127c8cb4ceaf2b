import { drawIntegers } from "@latticode/program";
import { dot, invertBasis, transposed, vectorLength } from "./row-matrix.ts";

// Bits (paper section 4.2): clusters of hidden states are labelled with bits, and a label is good
// where a bit moves the state by the same vector whatever the others are: two bits make a
// parallelogram, three a box. Any number of clusters is labelled; corners may be missing.

/** Bit labels of clusters: centre ~ origin + sum of the edges of the bits that are set. */
export interface BitLabels {
  readonly bits: number;
  /** Label of each cluster, bit k worth 2^k: [clusters], all different */
  readonly labels: readonly number[];
  /** [hiddenDim] */
  readonly origin: Float64Array;
  /** What each bit adds: [bits] vectors [hiddenDim] */
  readonly edges: readonly Float64Array[];
  /** Largest distance of a centre from its corner, by the shortest edge. */
  readonly residual: number;
  /** Clusters whose place the others foretold: all but one, and one a bit. 0 says nothing. */
  readonly predicted: number;
}

export interface BitOptions {
  /** Largest residual; 0.1 unless told. */
  readonly tolerance?: number;
  /** Most bits, up to 10; 6 unless told. */
  readonly maximumBits?: number;
}

const mostDirections = 64;

/**
 * Labels clusters with bits; of the labellings found those with the fewest bits, of these the one
 * with the smallest residual. A bit can be read upside down, so any corner may be the one whose
 * bits are all 0: the lowest in some direction, where each edge leads upwards, and a corner lies
 * above the ends of its edges. 64 directions are tried, as corners may be missing.
 *
 * @param centres [clusters] vectors [hiddenDim]
 * @returns undefined where more bits or a larger residual would be needed
 */
export function bitLabels(
  centres: readonly Float64Array[],
  { tolerance = 0.1, maximumBits = 6 }: BitOptions = {},
): BitLabels | undefined {
  let best: BitLabels | undefined;
  const draw = drawIntegers(0, centres.length);
  for (let k = 0; k < mostDirections && centres.length > 0; k++) {
    const direction = centres[0].map(() => draw(-1000, 1000));
    const labels = labelsFrom(direction, centres, tolerance, best?.bits ?? maximumBits);
    const fitted = labels && fitEdges(labels, centres);
    if (!fitted || fitted.residual > tolerance) continue;
    const better =
      !best ||
      fitted.bits < best.bits ||
      (fitted.bits === best.bits && fitted.residual < best.residual * (1 - 1e-9));
    if (better) best = fitted;
  }
  return best;
}

/** Upwards from the lowest centre: one near no corner known so far is the end of a new edge. */
function labelsFrom(
  direction: Float64Array,
  centres: readonly Float64Array[],
  tolerance: number,
  maximumBits: number,
): number[] | undefined {
  const order = centres
    .map((centre, i) => ({ i, height: dot(centre, direction) }))
    .sort((a, b) => a.height - b.height || a.i - b.i)
    .map(({ i }) => i);
  const origin = centres[order[0]];
  const steps = centres.map((centre) => centre.map((v, j) => v - origin[j]));
  const labels = new Array<number>(centres.length).fill(0);
  let corners: { vector: Float64Array; label: number }[] = [
    { vector: new Float64Array(origin.length), label: 0 },
  ];
  const taken = new Set([0]);
  let shortest = Number.POSITIVE_INFINITY;
  let bits = 0;
  for (const i of order.slice(1)) {
    const size = vectorLength(steps[i]);
    const near = corners.find(
      ({ vector, label }) =>
        !taken.has(label) &&
        vectorLength(vector.map((v, j) => v - steps[i][j])) <= tolerance * Math.min(shortest, size),
    );
    if (near) {
      labels[i] = near.label;
    } else {
      if (bits === maximumBits) return undefined;
      labels[i] = 2 ** bits;
      shortest = Math.min(shortest, size);
      const opposite = corners.map(({ vector, label }) => ({
        vector: vector.map((v, j) => v + steps[i][j]),
        label: label + 2 ** bits,
      }));
      corners = [...corners, ...opposite];
      bits++;
    }
    taken.add(labels[i]);
  }
  return labels;
}

/** Least squares for origin and edges. */
function fitEdges(
  labels: readonly number[],
  centres: readonly Float64Array[],
): BitLabels | undefined {
  const bits = labels.reduce((most, label) => Math.max(most, 32 - Math.clz32(label)), 0);
  const rows = labels.map((label) =>
    Float64Array.from({ length: bits + 1 }, (_, k) => (k === bits ? 1 : (label >> k) & 1)),
  );
  const columns = transposed(rows);
  const inverse = invertBasis(columns.map((a) => Float64Array.from(columns, (b) => dot(a, b))));
  if (!inverse) return undefined;
  const vectors = inverse.map((row) => {
    const vector = new Float64Array(centres[0].length);
    rows.forEach((bit, i) => {
      const weight = dot(row, bit);
      for (let j = 0; j < vector.length; j++) vector[j] += weight * centres[i][j];
    });
    return vector;
  });
  const origin = vectors[bits];
  const edges = vectors.slice(0, bits);
  const shortest = edges.reduce((least, edge) => Math.min(least, vectorLength(edge)), Infinity);
  let residual = 0;
  rows.forEach((bit, i) => {
    const rest = centres[i].map(
      (v, j) => v - origin[j] - edges.reduce((sum, edge, k) => sum + bit[k] * edge[j], 0),
    );
    residual = Math.max(residual, bits === 0 ? 0 : vectorLength(rest) / shortest);
  });
  return { bits, labels, origin, edges, residual, predicted: labels.length - 1 - bits };
}
