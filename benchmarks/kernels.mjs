// `npm run bench:kernels`: prints the kernels' tables and writes them to benchmarks/kernels.md.

import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { benchmarkExpressions } from "./kernels/expressions.mjs";
import { benchmarkLayer } from "./kernels/layer.mjs";
import { median } from "./kernels/measure.mjs";

const spread = (values, digits) =>
  `${median(values).toFixed(digits)} (${values[0].toFixed(digits)} to ${values.at(-1).toFixed(digits)})`;
const verdict = (value, bar) => (bar === undefined ? "" : value >= bar ? "met" : "not met");

function table(head, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function layerSection() {
  const bars = { 4: 40, 8: 55, 64: 75, 128: 75 };
  const rows = benchmarkLayer().map(
    ({ n, peak, forward, backwardInput, backwardWeights, share }) => [
      n,
      spread(peak, 1),
      spread(forward, 1),
      spread(share, 0),
      bars[n] ?? "",
      verdict(median(share), bars[n]),
      spread(backwardInput, 1),
      spread(backwardWeights, 1),
    ],
  );
  const head = [
    "in = out",
    "peak",
    "forward",
    "% of the highest rate",
    "bar",
    "",
    "inputs' gradient",
    "weights'",
  ];
  return `## Layer kernel, GFLOP/s, batch 256\n\n${table(head, rows)}`;
}

function expressionSection() {
  const perSecond = (taken) => (taken ? `${(1e-6 / median(taken)).toFixed(1)} M` : "no g++");
  const times = (ratios) => (ratios ? spread(ratios, 1) : "no g++");
  const rows = benchmarkExpressions().map((row) => [
    row.width,
    row.rows,
    perSecond(row.bank),
    perSecond(row.stack),
    perSecond(row.plain),
    times(row.bankRatios),
    times(row.stackRatios),
    row.bankRatios ? verdict(median(row.bankRatios), 20) : "",
  ]);
  const head = [
    "bits",
    "rows",
    "bank /s",
    "stack machine /s",
    "plain C++ /s",
    "bank / C++",
    "stack / C++",
    "bar 20",
  ];
  return `## Expressions, all of 3, 5 and 7 symbols\n\n${table(head, rows)}`;
}

function sizeSection() {
  const wasm = new URL("../packages/kernels/dist/kernels.wasm", import.meta.url);
  const bytes = readFileSync(fileURLToPath(wasm));
  const zipped = gzipSync(bytes, { level: 9 }).length / 1024;
  const met = zipped <= 64 ? "met" : "not met";
  return `## Size\n\nkernels.wasm: ${(bytes.length / 1024).toFixed(1)} KiB, ${zipped.toFixed(1)} KiB gzipped (bar 64: ${met})`;
}

const machine = `${cpus()[0].model}, ${cpus().length} cores, Node ${process.versions.node}`;
const sections = [layerSection, expressionSection, sizeSection].map((section) => {
  const text = section();
  console.log(`${text}\n`);
  return text;
});
const title =
  "# Kernels: measurements\n\nWritten by `npm run bench:kernels`. Medians, and the smallest and largest of the rounds; what is compared was measured in turns in one run.";
const text = `${title}\n\n${machine}\n\n${sections.join("\n\n")}\n`;
writeFileSync(fileURLToPath(new URL("kernels.md", import.meta.url)), text);
