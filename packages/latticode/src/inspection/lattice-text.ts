import type { Inspection } from "./inspect-network.ts";
import { codeRanges } from "./lattice-lines.ts";
import { numberText, tableText } from "./number-text.ts";

/** Larger matrices are left out. */
const mostColumns = 12;
const mostRows = 24;

/** The lattice of the hidden states and its dynamics; nothing where there is none. */
export function latticeText({ reading, stages }: Inspection): string[] {
  const { codes, recurrence } = reading;
  if (!codes) return [];
  const { dimension, basis, offset, deviation } = codes;
  if (dimension === 0) return ["  none: the outputs do not depend on the hidden states"];
  const { hiddenDim } = stages[stages.length - 1].traces;
  const lines = [
    `  h = A z + b, ${dimension} dimension${dimension === 1 ? "" : "s"}, hidden ` +
      `states at most ${numberText(deviation, 2)} of a step off it`,
  ];
  if (dimension + 1 <= mostColumns && hiddenDim <= mostRows) {
    const header = ["", ...columnNames("a", dimension), "b"];
    const rows = Array.from({ length: hiddenDim }, (_, j) => [
      `h${hiddenDim === 1 ? "" : j + 1}`,
      ...Array.from({ length: dimension }, (_, k) => numberText(basis[j * dimension + k])),
      numberText(offset[j]),
    ]);
    lines.push(...tableText([header, ...rows]));
  }
  const ranges = codeRanges(codes).map(([low, high]) => `${low}..${high}`);
  const shown = ranges.length > mostColumns ? [...ranges.slice(0, mostColumns), "..."] : ranges;
  lines.push(`  codes seen: z in ${shown.join(" x ")}`);
  if (recurrence && recurrence.stateDim + recurrence.inputDim < mostColumns) {
    const { stateDim, inputDim, transition, input, offset, output, outputOffset } = recurrence;
    lines.push(`  integer recurrence from z = (${recurrence.initial.join(", ")})`);
    const z = columnNames("z", stateDim);
    const header = ["", ...z, ...columnNames("x", inputDim), "1"];
    const updates = z.map((name, i) => [
      `${name}'`,
      ...[...transition[i], ...input[i], offset[i]].map(String),
    ]);
    const outputs = columnNames("y", recurrence.outputDim).map((name, i) => [
      name,
      ...[...output[i]].map(String),
      ...new Array<string>(inputDim).fill(""),
      String(outputOffset[i]),
    ]);
    lines.push(...tableText([header, ...updates, ...outputs]));
    lines.push("  y is read from z'");
  }
  return lines;
}

function columnNames(name: string, count: number): string[] {
  return Array.from({ length: count }, (_, k) => (count === 1 ? name : `${name}${k + 1}`));
}
