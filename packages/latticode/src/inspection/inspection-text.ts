import { emit, outputText } from "@latticode/codegen";
import type { Recovery, Supported } from "@latticode/machines";
import { isRejection } from "@latticode/machines";
import { countOf, countText, groupText } from "@latticode/verification";
import { decodedVariables } from "../report/decoded-variables.ts";
import type { Inspection } from "./inspect-network.ts";
import { latticeText } from "./lattice-text.ts";
import { machineTable } from "./machine-text.ts";
import { measuredText, numberText, percentText, tableText } from "./number-text.ts";
import type { NamedLayer } from "./weight-layers.ts";
import { namedLayers } from "./weight-layers.ts";

/** Larger layers are described by their size. */
const mostColumns = 12;
const mostRows = 24;
/** Clusters listed, the first ones. */
const mostClusters = 16;

/** An inspection for people, in compact tables. */
export function inspectionText(inspection: Inspection): string {
  const { reading } = inspection;
  const sections: [heading: string, lines: readonly string[]][] = [
    ["network", networkLines(inspection)],
    ["normalizers", stepLines(inspection)],
    ["weights after the normalizers, to 4 significant digits", weightLines(inspection)],
    ["hidden states", stateLines(inspection)],
    ["lattice", latticeText(inspection)],
    ["machine", machineLines(inspection)],
    ["program", programLines(inspection)],
    ["notes", reading.notes.map((note) => `  ${note}`)],
  ];
  return sections
    .filter(([, lines]) => lines.length > 0)
    .map(([heading, lines]) => [heading, ...lines, ""].join("\n"))
    .join("\n");
}

function networkLines({ stages, columns, seed }: Inspection): string[] {
  const [{ network, traces }] = stages;
  const { shape } = network;
  const f = depthText(shape.hiddenDepth, shape.hiddenWidth);
  const g = depthText(shape.outputDepth, shape.outputWidth);
  const inputs = columns.map(groupText).join(", ");
  return [
    `  hidden dimension ${shape.hiddenDim}, transition f: ${f}, output g: ${g}, ` +
      `${countOf(shape.inputDim, "input")}, ${countOf(shape.outputDim, "output")}`,
    `  traced on ${countText(traces.count)} random sequences of length ` +
      `${traces.length}, inputs from ${inputs}, seed ${seed}`,
  ];
}

function depthText(depth: number, width: number): string {
  return depth === 1 ? "linear" : `${depth} layers of width ${width}`;
}

function stepLines({ stages }: Inspection): string[] {
  const rows = stages.flatMap(({ name, report }) => {
    if (!report) return [];
    const { changed, nonZero, integers, deviation, summary } = report;
    return [
      [
        name,
        changed ? "kept" : "refused",
        `${nonZero.before} -> ${nonZero.after}`,
        `${integers.before} -> ${integers.after}`,
        deviation === 0 ? "0" : deviation.toExponential(1),
        summary,
      ],
    ];
  });
  const header = ["step", "", "not 0", "integers", "deviation", "what changed, or why not"];
  return rows.length === 0 ? [] : tableText([header, ...rows]);
}

function weightLines({ stages }: Inspection): string[] {
  const { network } = stages[stages.length - 1];
  const start = [...network.initial].map((value) => numberText(value));
  const shown = start.length > mostColumns ? [...start.slice(0, mostColumns), "..."] : start;
  const layers = namedLayers(network);
  return [`  h_0 = (${shown.join(", ")})`, ...layers.flatMap(layerLines)];
}

function layerLines({ name, rows, columns, values }: NamedLayer): string[] {
  if (columns.length > mostColumns || rows.length > mostRows) {
    return [`  ${name}: ${rows.length} x ${columns.length}, too large to show`];
  }
  const body = rows.map((row, i) => [row, ...values[i].map((value) => numberText(value))]);
  const [header, ...lines] = tableText([["", ...columns], ...body], "    ");
  return [`  ${name}`, header, ...lines];
}

function stateLines({ stages, clusters, reading }: Inspection): string[] {
  const { traces } = stages[stages.length - 1];
  const { h, hiddenDim } = traces;
  const summaries = summarize(h, hiddenDim, undefined, 1)[0];
  const scales = summaries.low.map((low, j) =>
    Math.max(Math.abs(low), Math.abs(summaries.high[j])),
  );
  const coordinates = Array.from({ length: Math.min(hiddenDim, mostRows) }, (_, j) => [
    `h${hiddenDim === 1 ? "" : j + 1}`,
    measuredText(summaries.low[j], scales[j]),
    measuredText(summaries.high[j], scales[j]),
    measuredText(summaries.mean[j], scales[j]),
  ]);
  const lines = tableText([["", "smallest", "largest", "mean"], ...coordinates]);
  if (hiddenDim > mostRows) lines.push(`  and ${hiddenDim - mostRows} more coordinates`);
  if (!clusters)
    return reading.codes ? lines : [...lines, "  no clusters were found, or more than 64"];
  const shown = Math.min(clusters.count, mostClusters);
  const groups = summarize(h, hiddenDim, clusters.labels, clusters.count).slice(0, shown);
  const { machine } = reading;
  const isMachine = clusters.source === "machine" && machine !== undefined;
  const axes = Array.from({ length: Math.min(hiddenDim, 6) }, (_, j) => j);
  const rows = groups.map(({ size, mean, low, high }, k) => [
    isMachine ? `s${k}` : `c${k}`,
    ...(isMachine ? [outputText(machine, k)] : []),
    countText(size),
    ...axes.map((j) => (size === 0 ? "-" : measuredText(mean[j], scales[j]))),
    size === 0
      ? "-"
      : measuredText(Math.max(...mean.map((_, j) => high[j] - low[j])), Math.max(...scales)),
  ]);
  const header = [
    isMachine ? "state" : "cluster",
    ...(isMachine ? ["output"] : []),
    "seen",
    ...axes.map((j) => `mean h${hiddenDim === 1 ? "" : j + 1}`),
    "width",
  ];
  const what = isMachine
    ? `${countOf(clusters.count, "cluster")}, the states of the machine`
    : `${countOf(clusters.count, "cluster")} of near hidden states`;
  const rest = clusters.count > shown ? [`  and ${clusters.count - shown} more`] : [];
  return [...lines, `  ${what}`, ...tableText([header, ...rows]), ...rest];
}

interface Summary {
  size: number;
  readonly mean: number[];
  readonly low: number[];
  readonly high: number[];
}

/** Size, mean and range of each cluster of states h [rows, hiddenDim]. */
function summarize(
  h: Float64Array,
  hiddenDim: number,
  labels: Int32Array | undefined,
  count: number,
): Summary[] {
  const groups = Array.from({ length: count }, (): Summary => {
    const filled = (value: number) => new Array<number>(hiddenDim).fill(value);
    return { size: 0, mean: filled(0), low: filled(Infinity), high: filled(-Infinity) };
  });
  for (let i = 0; i < h.length / hiddenDim; i++) {
    const label = labels ? labels[i] : 0;
    if (label < 0) continue;
    const group = groups[label];
    group.size++;
    for (let j = 0; j < hiddenDim; j++) {
      const value = h[i * hiddenDim + j];
      group.mean[j] += value;
      group.low[j] = Math.min(group.low[j], value);
      group.high[j] = Math.max(group.high[j], value);
    }
  }
  for (const { size, mean } of groups) {
    for (let j = 0; j < hiddenDim; j++) mean[j] /= Math.max(1, size);
  }
  return groups;
}

function machineLines({ reading }: Inspection): string[] {
  const { machine, recovery } = reading;
  return [...(machine ? machineTable(machine) : []), ...(recovery ? evidenceLines(recovery) : [])];
}

function evidenceLines({ residual, blobs, comparison, chosen }: Recovery): string[] {
  const line = (
    name: string,
    found: Recovery["residual"] | Recovery["blobs"],
    isChosen: boolean,
  ) => {
    if (isRejection(found)) return `  ${name}: none (${found.rejected})`;
    const { machine, closed } = found;
    const states = countOf(machine.stateCount, "state");
    return (
      `  ${name}: ${states}, ${closed ? "closed" : "not closed"}, ` +
      `${supportText(found)}${isChosen ? "; chosen" : ""}`
    );
  };
  return [
    line("from behaviour", residual, chosen === "residual"),
    line("from hidden states", blobs, chosen === "blobs"),
    ...(comparison ? [`  the two machines are ${comparison.verdict}`] : []),
  ];
}

function supportText({ agreement, evidence }: Supported): string {
  const { words, right, exhaustive } = agreement;
  const affine = evidence.decoding.map((decoding) => decoding.affine);
  const decoded = affine.length > 0 ? Math.min(...affine) : undefined;
  return [
    `equal to the network on ${countText(right)} of ` +
      `${exhaustive ? "all " : ""}${countText(words)} input sequences`,
    ...(decoded === undefined
      ? []
      : [`an affine map decodes its states from h in at least ${percentText(decoded)} of cases`]),
  ].join(", ");
}

function programLines({ reading, stages }: Inspection): string[] {
  const { program, stage, route, variables = [] } = reading;
  if (!program) return ["  no program was found"];
  const text = emit(program, "python")
    .trimEnd()
    .replace(/^(?=.)/gm, "  ");
  const { traces } = stages[stages.length - 1];
  const decoded = decodedVariables(variables, traces).flatMap(({ formulas = [] }) =>
    formulas.map((formula) => `  ${formula}`),
  );
  return [
    `  found by ${stage} (${route} route); read only, not verified`,
    ...text.split("\n"),
    ...(decoded.length > 0 ? ["  from the hidden states above:", ...decoded] : []),
  ];
}
