import { countText } from "@latticode/verification";
import type { Markish } from "@observablehq/plot";
import { placeLabels } from "./label-places.ts";
import type { Segment } from "./lattice-lines.ts";
import { clipSegment } from "./lattice-lines.ts";
import { markOf } from "./palette.ts";
import type { Drawing } from "./svg-document.ts";

/** Points in a plane, those of a cluster in one colour and shape. */
export interface Scatter {
  readonly title: string;
  /** What is said below the title, in lines as they fit. */
  readonly remarks: readonly string[];
  readonly xLabel: string;
  readonly yLabel: string;
  /** [points] */
  readonly points: readonly (readonly [x: number, y: number])[];
  /** Cluster of each point, [points], -1 for none. */
  readonly labels?: ArrayLike<number>;
  /** [clusters] */
  readonly names?: readonly string[];
  readonly lines?: readonly Segment[];
  /** Vectors with their names. */
  readonly arrows?: readonly { readonly segment: Segment; readonly name: string }[];
  /** The part of the plane that is shown; all points unless given. */
  readonly window?: readonly [x: Extent, y: Extent];
  /** Where x is marked, if not where it suits. */
  readonly xTicks?: readonly number[];
}

type Extent = readonly [number, number];

const width = 640;
const height = 560;
const margins = { marginLeft: 80, marginRight: 24, marginTop: 76, marginBottom: 48 };
const mostPoints = 4000;
const densePoints = 1000;
/** Labels are kept away from lines while there are no more. */
const fewLines = 40;
/** That a line of 600 pixels has place for. */
const mostCharacters = 95;
const font = 'Helvetica, Arial, "DejaVu Sans", sans-serif';

/** A scatter plot as an SVG file. */
export function scatterSvg(scatter: Scatter, { Plot, draw }: Drawing): string {
  const { title, xLabel, yLabel, names = [], lines = [], arrows = [] } = scatter;
  const [xs, ys] = scatter.window ?? [
    extentOf(scatter.points.map(([x]) => x)),
    extentOf(scatter.points.map(([, y]) => y)),
  ];
  const toPixel = ([x, y]: readonly [number, number]) =>
    [
      margins.marginLeft +
        ((x - xs[0]) / (xs[1] - xs[0])) * (width - margins.marginLeft - margins.marginRight),
      height -
        margins.marginBottom -
        ((y - ys[0]) / (ys[1] - ys[0])) * (height - margins.marginTop - margins.marginBottom),
    ] as const;
  const { groups, shown, distinct } = distinctPoints(scatter, [xs, ys], toPixel);
  const remarks = [...scatter.remarks];
  if (distinct > shown) {
    remarks.push(`${countText(shown)} points of ${countText(distinct)} shown`);
  }
  const centres = groups.filter(({ label }) => label >= 0).map(centreOf);
  const clipped = lines.flatMap((segment) => {
    const part = clipSegment(segment, xs, ys);
    return part ? [part] : [];
  });
  const labelled = placeLabels(
    centres.map(({ label, at }) => ({ text: names[label] ?? "", at: toPixel(at) })),
    [
      ...groups.flatMap(({ points }) => points.map(toPixel)),
      ...(clipped.length <= fewLines ? clipped.flatMap(pointsAlong).map(toPixel) : []),
    ],
    { left: margins.marginLeft, right: width - 4, top: margins.marginTop, bottom: height - 52 },
  );
  // where points cover each other they are small, and the lattice lies on top
  const isDense = shown > densePoints;
  const grid = Plot.link(clipped, {
    ...ends,
    stroke: isDense ? "#000000" : "#888888",
    strokeWidth: isDense ? 0.6 : 0.9,
  });
  const marks: Markish[] = [
    Plot.frame({ stroke: "#cccccc" }),
    ...(isDense ? [] : [grid]),
    ...groups.map(({ label, points }) => {
      const { colour, shape } =
        label < 0 ? { colour: isDense ? "#56b4e9" : "#0072b2", shape: "circle" } : markOf(label);
      const stroked = shape === "times" || shape === "asterisk";
      return Plot.dot(points as [number, number][], {
        symbol: shape,
        r: isDense ? 1.3 : 3.5,
        ...(stroked
          ? { stroke: colour, strokeWidth: 1.5 }
          : { fill: colour, ...(!isDense && { stroke: "#222222", strokeWidth: 0.4 }) }),
      });
    }),
    ...(isDense ? [grid] : []),
    ...arrows.map(({ segment }) =>
      Plot.arrow([segment], { ...ends, stroke: "#d55e00", strokeWidth: 2.5, headLength: 6 }),
    ),
    Plot.text(
      arrows.map(({ segment, name }) => [segment[2], segment[3], name] as const),
      {
        ...textStyle,
        x: (d) => d[0],
        y: (d) => d[1],
        text: (d) => d[2],
        dx: 14,
        dy: -10,
        fontWeight: "bold",
      },
    ),
    ...labelled.map(({ text, dx, dy, anchor, index }) =>
      Plot.text([centres[index].at as [number, number]], {
        ...textStyle,
        text: () => text,
        dx,
        dy,
        textAnchor: anchor,
      }),
    ),
    ...headings(Plot, title, remarks, margins),
  ];
  return draw({
    width,
    height,
    ...margins,
    style: { fontFamily: font, fontSize: "12px" },
    x: {
      domain: xs as [number, number],
      label: xLabel,
      labelOffset: 40,
      ...axis,
      ...(scatter.xTicks && { ticks: [...scatter.xTicks] }),
    },
    y: { domain: ys as [number, number], label: yLabel, labelOffset: 62, ...axis },
    marks,
  });
}

const axis = { labelArrow: "none", labelAnchor: "center", ticks: 7 } as const;
const textStyle = { fill: "#000000", stroke: "#ffffff", strokeWidth: 4, fontSize: 12 } as const;
const ends = {
  x1: (d: Segment) => d[0],
  y1: (d: Segment) => d[1],
  x2: (d: Segment) => d[2],
  y2: (d: Segment) => d[3],
};

/** Points of a segment that labels are kept away from. */
function pointsAlong([x1, y1, x2, y2]: Segment): (readonly [number, number])[] {
  return Array.from({ length: 61 }, (_, i) => [
    x1 + ((x2 - x1) * i) / 60,
    y1 + ((y2 - y1) * i) / 60,
  ]);
}

/** Title and remarks below it, at the upper left of a plot of 480 pixels or more. */
export function headings(
  Plot: Drawing["Plot"],
  title: string,
  remarks: readonly string[],
  { marginTop, marginLeft }: { readonly marginTop: number; readonly marginLeft: number },
): Markish[] {
  const place = {
    frameAnchor: "top-left",
    textAnchor: "start",
    lineAnchor: "top",
    lineHeight: 1.3,
    dx: 16 - marginLeft,
    fill: "#000000",
  } as const;
  const lines: string[] = [];
  for (const remark of remarks) {
    const last = lines[lines.length - 1];
    const joined = last === undefined ? remark : `${last}; ${remark}`;
    if (joined.length > mostCharacters) lines.push(remark);
    else lines.splice(-1, 1, joined);
  }
  const text = lines.join("\n");
  return [
    Plot.text([title], { ...place, dy: 12 - marginTop, fontSize: 16, fontWeight: "bold" }),
    Plot.text([text], { ...place, dy: 36 - marginTop, fontSize: 12, fill: "#444444" }),
  ];
}

interface Group {
  readonly label: number;
  readonly points: readonly (readonly [number, number])[];
}

/** Points of each cluster that fall on different half pixels within the window. */
function distinctPoints(
  { points, labels }: Scatter,
  [xs, ys]: readonly [Extent, Extent],
  toPixel: (point: readonly [number, number]) => readonly [number, number],
): { groups: Group[]; shown: number; distinct: number } {
  const seen = new Set<string>();
  const groups = new Map<number, (readonly [number, number])[]>();
  let shown = 0;
  points.forEach((point, i) => {
    const [x, y] = point;
    if (!(x >= xs[0] && x <= xs[1] && y >= ys[0] && y <= ys[1])) return;
    const label = labels ? labels[i] : -1;
    const [px, py] = toPixel(point).map((v) => Math.round(2 * v));
    const key = `${label},${px},${py}`;
    if (seen.has(key)) return;
    seen.add(key);
    if (shown === mostPoints) return;
    shown++;
    const group = groups.get(label);
    if (group) group.push(point);
    else groups.set(label, [point]);
  });
  return {
    groups: [...groups].sort(([a], [b]) => a - b).map(([label, points]) => ({ label, points })),
    shown,
    distinct: seen.size,
  };
}

/** The point of a cluster that is nearest to its mean. */
function centreOf({ label, points }: Group): { label: number; at: readonly [number, number] } {
  const mean = [0, 1].map((k) => points.reduce((sum, p) => sum + p[k], 0) / points.length);
  const distance = (p: readonly [number, number]) => {
    const [dx, dy] = [p[0] - mean[0], p[1] - mean[1]];
    return dx * dx + dy * dy;
  };
  const at = points.reduce((best, p) => (distance(p) < distance(best) ? p : best));
  return { label, at };
}

/** The range of values with a margin of 8 %. */
export function extentOf(values: readonly number[]): Extent {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const margin = high > low ? 0.08 * (high - low) : Math.max(1, Math.abs(low));
  return [low - margin, high + margin];
}
