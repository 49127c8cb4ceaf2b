import type { Network } from "@latticode/network";
import type { Markish } from "@observablehq/plot";
import { numberText } from "./number-text.ts";
import { divergingColour } from "./palette.ts";
import { headings } from "./scatter.ts";
import type { Drawing } from "./svg-document.ts";
import type { NamedLayer } from "./weight-layers.ts";
import { namedLayers } from "./weight-layers.ts";

// Layers below each other, a cell a weight. Numbers are written into cells while there are few.

interface Cell {
  readonly x: number;
  readonly y: number;
  readonly fill: string;
  readonly text: string;
  readonly ink: string;
}

interface Text {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly anchor: "start" | "middle" | "end";
  readonly bold: boolean;
}

const left = 52;
const top = 72;
const titleHeight = 26;
const headerHeight = 20;
const gap = 22;
/** More columns or rows than this are drawn without numbers. */
const mostNumbers = 16;
const mostCells = 4096;

/** The weights of a network as an SVG file, each layer's colours from its own largest weight. */
export function heatMapSvg(network: Network, title: string, { Plot, draw }: Drawing): string {
  const layers = namedLayers(network);
  const cells: (Cell & { readonly size: CellSize })[] = [];
  const texts: Text[] = [];
  let y = top;
  let right = 480;
  for (const whole of layers) {
    const { layer, block } = inBlocks(whole);
    const size = cellSize(layer);
    const largest = layer.values.flat().reduce((most, w) => Math.max(most, Math.abs(w)), 0);
    const cell = block > 1 ? `, a cell the largest of ${block} x ${block}` : "";
    const scale = `${layer.name}: full colour at ${numberText(largest, 3)}${cell}`;
    texts.push({ x: left, y: y + 8, text: scale, anchor: "start", bold: true });
    y += titleHeight;
    const widest = Math.max(...layer.columns.slice(0, -1).map((name) => name.length));
    const every = Math.ceil((7 * widest + 6) / size.width);
    layer.columns.forEach((name, j) => {
      if (j % every !== 0 && name !== "bias") return;
      // the bias needs its place
      if (name !== "bias" && j > layer.columns.length - 1 - every * 1.5 && every > 1) return;
      const x = left + (j + 0.5) * size.width;
      texts.push({ x, y: y + 8, text: name, anchor: "middle", bold: false });
    });
    y += headerHeight;
    const everyRow = Math.ceil(14 / size.height);
    layer.rows.forEach((name, i) => {
      const row = y + i * size.height;
      if (i % everyRow === 0) {
        const middle = row + size.height / 2;
        texts.push({ x: left - 6, y: middle, text: name, anchor: "end", bold: false });
      }
      layer.values[i].forEach((value, j) => {
        const share = largest > 0 ? value / largest : 0;
        cells.push({
          x: left + j * size.width,
          y: row,
          fill: divergingColour(share),
          text: numberText(value, 3),
          ink: Math.abs(share) > 0.6 ? "#ffffff" : "#000000",
          size,
        });
      });
    });
    right = Math.max(right, left + layer.columns.length * size.width + 24);
    y += layer.rows.length * size.height + gap;
  }
  const remarks = ["blue: negative", "white: 0", "orange: positive"];
  const written = cells.filter(({ size }) => size.numbers);
  const marks: Markish[] = [
    Plot.rect(cells, {
      x1: ({ x }) => x,
      x2: ({ x, size }) => x + size.width,
      y1: ({ y }) => y,
      y2: ({ y, size }) => y + size.height,
      fill: ({ fill }) => fill,
      stroke: "#bbbbbb",
      strokeWidth: 0.5,
    }),
    Plot.text(written, {
      x: ({ x, size }) => x + size.width / 2,
      y: ({ y, size }) => y + size.height / 2,
      text: ({ text }) => text,
      fill: ({ ink }) => ink,
      fontSize: 11,
    }),
    ...(["start", "middle", "end"] as const).flatMap((anchor) =>
      [true, false].map((bold) =>
        Plot.text(
          texts.filter((text) => text.anchor === anchor && text.bold === bold),
          {
            x: ({ x }) => x,
            y: ({ y }) => y,
            text: ({ text }) => text,
            textAnchor: anchor,
            fontSize: bold ? 13 : 12,
            ...(bold && { fontWeight: "bold" }),
          },
        ),
      ),
    ),
    ...headings(Plot, title, remarks, { marginLeft: left, marginTop: top }),
  ];
  return draw({
    width: right,
    height: y,
    marginLeft: left,
    marginTop: top,
    marginRight: 0,
    marginBottom: 0,
    style: { fontFamily: 'Helvetica, Arial, "DejaVu Sans", sans-serif' },
    x: { type: "identity", axis: null },
    y: { type: "identity", axis: null },
    color: { type: "identity" },
    marks,
  });
}

/** A large layer in square blocks, each by its weight of largest magnitude; others as they are. */
function inBlocks(layer: NamedLayer): { readonly layer: NamedLayer; readonly block: number } {
  const { rows, columns, values } = layer;
  let block = 1;
  while (Math.ceil(rows.length / block) * Math.ceil(columns.length / block) > mostCells) block++;
  if (block === 1) return { layer, block };
  const isFirst = (_: unknown, i: number) => i % block === 0;
  const largestIn = (i: number, j: number) =>
    values
      .slice(i, i + block)
      .flatMap((row) => row.slice(j, j + block))
      .reduce((largest, w) => (Math.abs(w) > Math.abs(largest) ? w : largest), 0);
  const starts = (length: number) =>
    Array.from({ length: Math.ceil(length / block) }, (_, k) => k * block);
  return {
    layer: {
      name: layer.name,
      rows: rows.filter(isFirst),
      columns: columns.filter(isFirst),
      values: starts(rows.length).map((i) => starts(columns.length).map((j) => largestIn(i, j))),
    },
    block,
  };
}

interface CellSize {
  readonly width: number;
  readonly height: number;
  readonly numbers: boolean;
}

function cellSize({ rows, columns }: NamedLayer): CellSize {
  const most = Math.max(rows.length, columns.length);
  if (columns.length <= mostNumbers && rows.length <= 2 * mostNumbers) {
    return { width: 58, height: 22, numbers: true };
  }
  if (most <= 40) return { width: 28, height: 16, numbers: false };
  const size = most <= 80 ? 12 : most <= 128 ? 7 : 4;
  return { width: size, height: size, numbers: false };
}
