// `npm run bench:kernels`: prints the kernels' tables and writes them to benchmarks/kernels.md.

import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { benchmarkExpressions } from "./kernels/expressions.mjs";
import { benchmarkLayer } from "./kernels/layer.mjs";
import { median } from "./kernels/measure.mjs";

const verdict = (value, bar) => (bar === undefined ? "" : value >= bar ? "met" : "not met");

function table(head, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function layerSection() {
  const bars = { 4: 40, 8: 55, 64: 75, 128: 75 };
  const rate = ([, middle]) => middle.toFixed(1);
  const share = ([low, middle, high]) =>
    `${middle.toFixed(0)} (${low.toFixed(0)} to ${high.toFixed(0)})`;
  const { peak, layers } = benchmarkLayer();
  const rows = layers.map(({ n, forward, backwardInput, backwardWeights }) => [
    n,
    rate(forward.rate),
    share(forward.share),
    bars[n] ?? "",
    verdict(forward.share[1], bars[n]),
    rate(backwardInput.rate),
    share(backwardInput.share),
    rate(backwardWeights.rate),
    share(backwardWeights.share),
  ]);
  const head = [
    "in = out",
    "forward",
    "% of peak",
    "bar",
    "",
    "inputs' gradient",
    "% of peak",
    "weights'",
    "% of peak",
  ];
  const note = `Peak of f32x4 multiplications and additions: ${share(peak)}. Forward with bias and ReLU, the inputs' gradient behind a ReLU. Slices of 2 ms in turns; shares are of the peak in the same round. Medians and the middle half of 101 rounds.`;
  return `## Layer kernel, GFLOP/s, batch 256\n\n${note}\n\n${table(head, rows)}`;
}

function expressionSection() {
  const rows = benchmarkExpressions().map(({ width, rows, expressions, bank, stack, plain }) => {
    const perSecond = (s) => `${(expressions / s / 1e6).toFixed(1)} M`;
    const ratio = plain === undefined ? undefined : plain / median(bank);
    const shown = (s) => (plain === undefined ? "no g++" : (plain / s).toFixed(1));
    const bankRatios = `${shown(median(bank))} (${shown(bank.at(-1))} to ${shown(bank[0])})`;
    return [
      width,
      rows,
      perSecond(median(bank)),
      perSecond(median(stack)),
      plain === undefined ? "no g++" : perSecond(plain),
      bankRatios,
      shown(median(stack)),
      ratio === undefined ? "" : verdict(ratio, 20),
    ];
  });
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
