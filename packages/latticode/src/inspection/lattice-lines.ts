import type { Kernels } from "@latticode/kernels";
import type { Traces } from "@latticode/network";
import type { Codes } from "@latticode/regression";
import type { Plane } from "./plane.ts";

/** The lattice of the codes in the coordinates of some stage: h ~ A z + b. */
export interface StageLattice {
  /** A: [hiddenDim, dimension] */
  readonly basis: Float64Array;
  /** b: [hiddenDim] */
  readonly offset: Float64Array;
  readonly dimension: number;
}

export type Segment = readonly [x1: number, y1: number, x2: number, y2: number];

/** A lattice as lines in a plane. */
export interface LatticeLines {
  readonly segments: readonly Segment[];
  /** What the lines are, in a few words. */
  readonly description: string;
  /** Not every line is drawn. */
  readonly thinned: boolean;
}

const fittedStates = 4096;
const mostLines = 30;
const mostEdges = 1500;
/** Edges between codes that occur show a lattice where these are as many as the codes, by share. */
const enoughEdges = 0.5;

/** The lattice in the coordinates of other traces of the same inputs, by least squares. */
export function latticeOf(
  codes: Codes,
  traces: Traces,
  { kernels }: { readonly kernels: Kernels },
): StageLattice {
  const { dimension } = codes;
  const { hiddenDim, count, length } = traces;
  const rows = Math.min(fittedStates, count * length);
  const design = new Float64Array(rows * (dimension + 1));
  for (let i = 0; i < rows; i++) {
    design.set(codes.z.subarray(i * dimension, (i + 1) * dimension), i * (dimension + 1));
    design[i * (dimension + 1) + dimension] = 1;
  }
  const states = traces.h.subarray(0, rows * hiddenDim);
  const fit = kernels.leastSquares(design, rows, dimension + 1, states, hiddenDim);
  const basis = new Float64Array(hiddenDim * dimension);
  for (let j = 0; j < hiddenDim; j++) {
    for (let k = 0; k < dimension; k++) basis[j * dimension + k] = fit[k * hiddenDim + j];
  }
  return { basis, offset: fit.slice(dimension * hiddenDim), dimension };
}

/** The hidden state of a code. */
export function stateOf({ basis, offset, dimension }: StageLattice, z: ArrayLike<number>) {
  return Float64Array.from(offset, (start, j) => {
    let value = start;
    for (let k = 0; k < dimension; k++) value += basis[j * dimension + k] * z[k];
    return value;
  });
}

/** Smallest and largest code of each coordinate. */
export function codeRanges({ z, dimension }: Codes): [low: number, high: number][] {
  return Array.from({ length: dimension }, (_, k) => {
    let [low, high] = [z[k], z[k]];
    for (let at = k; at < z.length; at += dimension) {
      low = Math.min(low, z[at]);
      high = Math.max(high, z[at]);
    }
    return [low, high];
  });
}

/**
 * Lines that show a lattice: of one or two dimensions its levels or grid over the given ranges of
 * codes, thinned to at most 30 a direction; of more the edges between codes that occur.
 *
 * @param ranges of each coordinate of the code
 * @param length of the sequences, for a plane by position
 */
export function latticeLines(
  codes: Codes,
  lattice: StageLattice,
  plane: Plane,
  { ranges, length }: { readonly ranges: readonly (readonly [number, number])[]; length: number },
): LatticeLines {
  const at = (...z: number[]) => plane.place(stateOf(lattice, z), 1);
  const between = (a: readonly [number, number], b: readonly [number, number]): Segment => [
    ...a,
    ...b,
  ];
  if (lattice.dimension === 1) {
    const { values, stride } = thinned(ranges[0]);
    if (plane.byPosition) {
      const segments = values.map((z): Segment => {
        const [, y] = at(z);
        return [0.5, y, length + 0.5, y];
      });
      return { segments, ...describe("level", stride) };
    }
    // a line with a stroke across at every point of the lattice
    const [first, last] = [at(ranges[0][0]), at(ranges[0][1])];
    const step = [(last[0] - first[0]) * 0.012, (last[1] - first[1]) * 0.012];
    const strokes = values.map((z): Segment => {
      const [x, y] = at(z);
      return [x - step[1], y + step[0], x + step[1], y - step[0]];
    });
    return { segments: [between(first, last), ...strokes], ...describe("point", stride) };
  }
  if (lattice.dimension === 2) {
    const [[low1, high1], [low2, high2]] = ranges;
    const [along1, along2] = ranges.map((range) => thinned(range));
    const stride = Math.max(along1.stride, along2.stride);
    const segments = [
      ...along1.values.map((z) => between(at(z, low2), at(z, high2))),
      ...along2.values.map((z) => between(at(low1, z), at(high1, z))),
    ];
    return { segments, ...describe("line", stride) };
  }
  return codeEdges(codes, at);
}

function describe(what: string, stride: number): Pick<LatticeLines, "description" | "thinned"> {
  return {
    description:
      stride === 1 ? `every ${what} of the lattice` : `every ${stride}th ${what} of the lattice`,
    thinned: stride > 1,
  };
}

/** Integers of a range, thinned by 1, 2, 5, 10, 20, ... */
export function thinned(
  [low, high]: readonly [number, number],
  most = mostLines,
): { values: number[]; stride: number } {
  let stride = 1;
  for (let i = 0; (high - low) / stride + 1 > most; i++) stride *= i % 3 === 1 ? 2.5 : 2;
  const first = Math.ceil(low / stride) * stride;
  const values: number[] = [];
  for (let z = first; z <= high; z += stride) values.push(z);
  return { values, stride };
}

/** Edges between codes that occur and differ by 1 in one coordinate. */
function codeEdges(
  { z, dimension }: Codes,
  at: (...z: number[]) => readonly [number, number],
): LatticeLines {
  const seen = new Map<string, number[]>();
  for (let start = 0; start < z.length; start += dimension) {
    const code = [...z.subarray(start, start + dimension)];
    seen.set(code.join(), code);
  }
  const edges: [number[], number[]][] = [];
  for (const code of seen.values()) {
    for (let k = 0; k < dimension; k++) {
      const next = seen.get(code.map((value, i) => (i === k ? value + 1 : value)).join());
      if (next) edges.push([code, next]);
    }
  }
  const lattice = `lattice of ${dimension} dimensions`;
  if (edges.length > mostEdges || edges.length < enoughEdges * seen.size) {
    return { segments: [], description: `${lattice}, too fine to be drawn`, thinned: true };
  }
  const segments = edges.map(([from, to]): Segment => [...at(...from), ...at(...to)]);
  return { segments, description: `edges of the ${lattice}`, thinned: false };
}

/**
 * All edges of the lattice between codes within a box.
 *
 * @param ranges of each coordinate of the code
 */
export function boxEdges(
  lattice: StageLattice,
  plane: Plane,
  ranges: readonly (readonly [number, number])[],
): Segment[] {
  let codes: number[][] = [[]];
  for (const [low, high] of ranges) {
    codes = codes.flatMap((code) =>
      Array.from({ length: high - low + 1 }, (_, i) => [...code, low + i]),
    );
  }
  const at = (z: number[]) => plane.place(stateOf(lattice, z), 1);
  return codes.flatMap((code) =>
    ranges.flatMap(([, high], k): Segment[] => {
      if (code[k] === high) return [];
      const next = code.map((value, i) => (i === k ? value + 1 : value));
      return [[...at(code), ...at(next)]];
    }),
  );
}

/**
 * The part of a segment within a rectangle (Liang and Barsky 1984); undefined where there is none.
 */
export function clipSegment(
  [x1, y1, x2, y2]: Segment,
  [left, right]: readonly [number, number],
  [bottom, top]: readonly [number, number],
): Segment | undefined {
  let [from, to] = [0, 1];
  const [dx, dy] = [x2 - x1, y2 - y1];
  for (const [p, q] of [
    [-dx, x1 - left],
    [dx, right - x1],
    [-dy, y1 - bottom],
    [dy, top - y1],
  ]) {
    if (p === 0) {
      if (q < 0) return undefined;
    } else if (p < 0) from = Math.max(from, q / p);
    else to = Math.min(to, q / p);
  }
  if (from > to) return undefined;
  return [x1 + from * dx, y1 + from * dy, x1 + to * dx, y1 + to * dy];
}
