import { outputText } from "@latticode/codegen";
import type { Kernels } from "@latticode/kernels";
import type { Codes } from "@latticode/regression";
import { countText } from "@latticode/verification";
import { bitLattice } from "./bit-lattice.ts";
import type { InspectedStage, Inspection } from "./inspect-network.ts";
import type { Segment } from "./lattice-lines.ts";
import {
  boxEdges,
  codeRanges,
  latticeLines,
  latticeOf,
  stateOf,
  thinned,
} from "./lattice-lines.ts";
import type { Plane } from "./plane.ts";
import { planeOf } from "./plane.ts";
import { extentOf, scatterSvg } from "./scatter.ts";
import type { Drawing } from "./svg-document.ts";

type Point = readonly [x: number, y: number];

/** The hidden states of a stage with clusters and lattice, as an SVG file. */
export function statesSvg(
  inspection: Inspection,
  stage: InspectedStage,
  { kernels, drawing }: { readonly kernels: Kernels; readonly drawing: Drawing },
): string {
  const { reading, clusters } = inspection;
  const { traces, name } = stage;
  const plane = planeOf(traces, { kernels });
  const codes = reading.codes && reading.codes.dimension > 0 ? reading.codes : undefined;
  const lattice = codes && latticeOf(codes, traces, { kernels });
  // corners of a parallelogram are a lattice too, of which the bits are what is to be seen
  const bits = clusters && !plane.byPosition ? bitLattice(clusters, traces) : undefined;
  const lines =
    codes && lattice && !bits
      ? latticeLines(codes, lattice, plane, { ranges: codeRanges(codes), length: traces.length })
      : undefined;
  const clustersText = clusters ? clusterText(clusters) : undefined;
  const positions = countText(traces.count * traces.length);
  const names = clusterNames(inspection);
  return scatterSvg(
    {
      title: name === "as trained" ? "Hidden states as trained" : `Hidden states after ${name}`,
      remarks: [
        `${positions} states in ${plane.description}`,
        clustersText,
        lines?.description,
        bits && "lines: one bit apart",
      ].filter((remark) => remark !== undefined),
      xLabel: plane.xLabel,
      yLabel: plane.yLabel,
      points: placesOf(stage, plane),
      ...(clusters && { labels: clusters.labels }),
      ...(names && { names }),
      ...(lines && { lines: lines.segments }),
      ...(bits && {
        lines: bits.edges.map(
          ([from, to]): Segment => [
            ...plane.place(bits.centres[from], 1),
            ...plane.place(bits.centres[to], 1),
          ],
        ),
      }),
      ...(plane.byPosition && {
        xTicks: positionTicks(traces.length),
        window: [[0.5, traces.length + 0.5], statesExtent(traces.h)] as const,
      }),
    },
    drawing,
  );
}

/** Steps from the middle that are drawn, by dimension; one cell of the lattice above these. */
const stepsAround = [0, 6, 6, 1];
const mostDimensions = 6;

/**
 * The middle of a lattice of up to 6 dimensions with its basis, as an SVG file: where the whole is
 * too fine to be drawn.
 *
 * @returns undefined where the whole is not
 */
export function latticeSvg(
  inspection: Inspection,
  { kernels, drawing }: { readonly kernels: Kernels; readonly drawing: Drawing },
): string | undefined {
  const { codes } = inspection.reading;
  const stage = inspection.stages[inspection.stages.length - 1];
  const { traces } = stage;
  if (!codes || codes.dimension < 1 || codes.dimension > mostDimensions) return undefined;
  const plane = planeOf(traces, { kernels });
  const lattice = latticeOf(codes, traces, { kernels });
  const { length } = traces;
  const whole = latticeLines(codes, lattice, plane, { ranges: codeRanges(codes), length });
  if (!whole.thinned) return undefined;
  const middle = middleCode(codes);
  const around = stepsAround[codes.dimension] ?? 0;
  const ranges = middle.map((z) => [z - around, z + Math.max(1, around)] as const);
  const lines =
    codes.dimension <= 2
      ? latticeLines(codes, lattice, plane, { ranges, length }).segments
      : boxEdges(lattice, plane, ranges);
  const corners: Point[] = lines.flatMap(([x1, y1, x2, y2]) => [
    [x1, y1],
    [x2, y2],
  ]);
  const xs = plane.byPosition ? ([0.5, length + 0.5] as const) : extentOf(corners.map(([x]) => x));
  const ys = extentOf(corners.map(([, y]) => y));
  const from = plane.place(stateOf(lattice, middle), 1);
  const arrows = plane.byPosition
    ? []
    : middle.map((_, k) => {
        const to = middle.map((z, j) => (j === k ? z + 1 : z));
        const segment: Segment = [...from, ...plane.place(stateOf(lattice, to), 1)];
        return { segment, name: codes.dimension === 1 ? "a" : `a${k + 1}` };
      });
  const code = middle.length === 1 ? String(middle[0]) : `(${middle.join(", ")})`;
  const isShown = (_: Point, i: number) =>
    ranges.every(([low, high], k) => {
      const z = codes.z[i * codes.dimension + k];
      return z >= low && z <= high;
    });
  return scatterSvg(
    {
      title: "The middle of the lattice",
      remarks: [
        `states after all normalizers in ${plane.description}`,
        around > 0 ? `codes within ${around} of ${code}` : `the cell at code ${code}`,
        ...(arrows.length > 0 ? ["arrows: the basis"] : []),
      ],
      xLabel: plane.xLabel,
      yLabel: plane.yLabel,
      points: placesOf(stage, plane).filter(isShown),
      lines,
      arrows,
      window: [xs, ys],
      ...(plane.byPosition && { xTicks: positionTicks(length) }),
    },
    drawing,
  );
}

function positionTicks(length: number): number[] {
  return thinned([1, length], 12).values;
}

function placesOf({ traces }: InspectedStage, plane: Plane): Point[] {
  const { h, hiddenDim, length, count } = traces;
  return Array.from({ length: count * length }, (_, i) =>
    plane.place(h.subarray(i * hiddenDim, (i + 1) * hiddenDim), (i % length) + 1),
  );
}

/** Values with a margin, which an array of arguments would be too long for. */
function statesExtent(h: Float64Array): readonly [number, number] {
  return extentOf([...h]);
}

function clusterText({ source, count }: NonNullable<Inspection["clusters"]>): string {
  return source === "machine" ? `${count} states of the machine` : `${count} clusters`;
}

/** What clusters are labelled with: states of the machine with their outputs. */
function clusterNames({ clusters, reading }: Inspection): string[] | undefined {
  if (!clusters) return undefined;
  const { machine } = reading;
  return Array.from({ length: clusters.count }, (_, k) =>
    clusters.source === "machine" && machine ? `s${k}, y = ${outputText(machine, k)}` : `c${k}`,
  );
}

/** The code of a state that is nearest to the mean of all, in steps of the lattice. */
function middleCode({ z, dimension }: Codes): number[] {
  const rows = z.length / dimension;
  const mean = Array.from({ length: dimension }, (_, k) => {
    let sum = 0;
    for (let i = 0; i < rows; i++) sum += z[i * dimension + k];
    return sum / rows;
  });
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < rows; i++) {
    let distance = 0;
    mean.forEach((m, k) => {
      const difference = z[i * dimension + k] - m;
      distance += difference * difference;
    });
    if (distance < least) [best, least] = [i, distance];
  }
  return [...z.subarray(best * dimension, (best + 1) * dimension)];
}
