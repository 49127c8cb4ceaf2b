// `npm run bench:kernels`: prints the kernels' tables and writes them to benchmarks/kernels.md.

import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { benchmarkCalls, benchmarkFirstResult } from "./kernels/boundary.mjs";
import { benchmarkExpressions } from "./kernels/expressions.mjs";
import { benchmarkLayer } from "./kernels/layer.mjs";
import { benchmarkLevenbergMarquardt } from "./kernels/levenberg-marquardt.mjs";
import { median } from "./kernels/measure.mjs";
import { spread, table, verdict } from "./kernels/table.mjs";
import { benchmarkTrainingStep } from "./kernels/training-step.mjs";

const progress = (text) => console.error(text);

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
  const note = `Peak of f32x4 multiplications and additions: ${share(peak)}. The forward pass has a bias and a ReLU. The gradient of the inputs is taken behind a ReLU. Slices of 2 ms run in turns, and shares are of the peak in the same round. Each figure is a median, with the middle half of 101 rounds.`;
  return `## Layer kernel, GFLOP/s, batch 256\n\n${note}\n\n${table(head, rows)}`;
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

async function trainingStepSection() {
  const [ours, ...others] = await benchmarkTrainingStep(progress);
  const row = (contender, ratio, bar, met) => [
    contender.name,
    spread(contender.milliseconds, 2),
    (contender.operations / median(contender.milliseconds) / 1e6).toFixed(1),
    ...[ratio, bar, met],
    contender.loss.toFixed(5),
    ...(contender === ours ? ["", ""] : [contender.gradient, contender.step]).map((distance) =>
      distance === "" ? "" : distance.toExponential(0),
    ),
  ];
  const rows = others.map((other) => {
    const bar = other.name.startsWith("PyTorch") ? 8 : 10;
    return row(other, spread(other.ratios, 1), bar, verdict(median(other.ratios), bar));
  });
  const head = [
    "",
    "ms",
    "GFLOP/s",
    "times ours",
    "bar",
    "",
    "first loss",
    "gradient apart",
    "step apart",
  ];
  const pytorch = others.find(({ name }) => name.startsWith("PyTorch"));
  let note = "";
  if (pytorch === undefined) {
    note =
      "\n\nPyTorch is missing: neither python3 nor /usr/bin/python3 can import torch. On Debian, `apt-get install python3-torch libopenblas0-pthread` installs it.";
  } else if (pytorch.blas === "reference BLAS") {
    note =
      "\n\nPyTorch used the reference BLAS here. It is faster with OpenBLAS (Debian's libopenblas0-pthread).";
  }
  return `## Training step\n\nA step is the forward pass, the backward pass through time, and Adam. The network has hidden dimension 8, and f and g have 2 layers of width 32. A batch has 256 sequences of 10 positions. Before timing, every library computes the loss, the gradient and a first step from the same weights and sequences. The last columns are the relative differences from ours.\n\n${table(head, [row(ours, "", "", ""), ...rows])}${note}`;
}

async function levenbergMarquardtSection() {
  const { rates, attempts, fitted } = await benchmarkLevenbergMarquardt();
  const share = ((100 * fitted) / attempts).toFixed(1);
  return `## Levenberg-Marquardt\n\nThe task is the running sum modulo 5, on 1,000 sequences of 10 digits. The network has hidden dimension 1, a transition of 2 layers of width 8, and a linear output. Result: ${spread(rates, 0)} attempts/s, of which ${share} % fit (${fitted} of ${attempts}).`;
}

async function callSection() {
  const rows = (await benchmarkCalls()).map(({ call, bound, raw }) => [
    ...[call, spread(bound, 0), spread(raw, 0)],
  ]);
  return `## Calls, ns\n\n${table(["", "the package", "raw exports"], rows)}`;
}

async function firstResultSection() {
  const { instances, processes } = await benchmarkFirstResult();
  return `## From bytes to a first result, ms\n\nFresh instances in one process: ${spread(instances, 1)}. Each in a fresh process: ${spread(processes, 1)}.`;
}

function sizeSection() {
  const wasm = new URL("../packages/kernels/dist/kernels.wasm", import.meta.url);
  const bytes = readFileSync(fileURLToPath(wasm));
  const zipped = gzipSync(bytes, { level: 9 }).length / 1024;
  const met = zipped <= 64 ? "met" : "not met";
  return `## Size\n\nkernels.wasm: ${(bytes.length / 1024).toFixed(1)} KiB, ${zipped.toFixed(1)} KiB gzipped (bar 64: ${met})`;
}

const machine = `${cpus()[0].model}, ${cpus().length} cores, Node ${process.versions.node}`;
const sections = [];
for (const [name, section] of Object.entries({
  "layer kernel": layerSection,
  "training step": trainingStepSection,
  "Levenberg-Marquardt": levenbergMarquardtSection,
  expressions: expressionSection,
  calls: callSection,
  "first result": firstResultSection,
  size: sizeSection,
})) {
  progress(`measuring: ${name}`);
  const text = await section();
  console.log(`${text}\n`);
  sections.push(text);
}
const title =
  "# Kernels: measurements\n\nWritten by `npm run bench:kernels`. Each figure is the median, with the smallest and the largest of the rounds. Figures that are compared were measured in turns, in one run.";
const text = `${title}\n\n${machine}\n\n${sections.join("\n\n")}\n`;
writeFileSync(fileURLToPath(new URL("kernels.md", import.meta.url)), text);
