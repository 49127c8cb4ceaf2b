// Everything that computes: the page only shows what is told here.

import {
  accountOf,
  blocksOf,
  findTask,
  formatJsonl,
  graphSvg,
  headlineOf,
  inspectNetwork,
  loadKernels,
  machineDot,
  observeInputs,
  outputText,
  parseCsv,
  parseJsonl,
  planeOf,
  sampleTask,
  synthesize,
} from "./latticode/index.js";

const sampledSequences = 1000;
const mostPoints = 1500;
const mostDrawnStates = 24;

self.onmessage = async ({ data }) => {
  try {
    if (data.type === "sample") postMessage({ type: "sample", text: sampleText(data.task) });
    else await run(data);
  } catch (error) {
    postMessage({ type: "error", message: error instanceof Error ? error.message : String(error) });
  }
};

function sampleText(name) {
  const examples = sampleTask(findTask(name), { count: sampledSequences, seed: 1 });
  return [...formatJsonl(examples)].join("\n");
}

async function run({ text, seed }) {
  const examples = await parse(text);
  const kernels = await loadKernels();
  const result = await synthesize(examples, {
    kernels,
    seed,
    onProgress: (event) => {
      if (event.type === "trained") showStates(event.training.network, examples, { kernels, seed });
      else postMessage(event);
    },
  });
  postMessage({ type: "result", ...summaryOf(result) });
  if (result.training.perfect)
    await showMachine(result.training.network, examples, { kernels, seed });
  postMessage({ type: "done" });
}

/** JSON lines, or CSV where the first line is a header. */
function parse(text) {
  const name = "examples";
  if (/^\s*[\w"]+\s*,/.test(text)) return parseCsv([text], { name });
  return parseJsonl(text.split("\n"), { name });
}

/** The hidden states as trained and after each normalizer, with the clusters that they form. */
function showStates(network, examples, { kernels, seed }) {
  const { stages, clusters, reading } = inspect(network, examples, { kernels, seed });
  const { length, count } = stages[0].traces;
  const every = Math.max(1, Math.ceil((count * length) / mostPoints));
  const shown = Array.from({ length: Math.floor((count * length) / every) }, (_, i) => i * every);
  const { machine } = reading;
  const names =
    clusters?.source === "machine" && machine
      ? Array.from({ length: clusters.count }, (_, k) => `s${k}, y = ${outputText(machine, k)}`)
      : undefined;
  postMessage({
    type: "states",
    labels: clusters ? shown.map((i) => clusters.labels[i]) : undefined,
    clusters: clusters?.count ?? 0,
    names,
    positions: shown.map((i) => i % length),
    stages: stages.filter(isNew).map(({ name, traces }) => {
      const plane = planeOf(traces, { kernels });
      const { h, hiddenDim } = traces;
      const points = shown.flatMap((i) =>
        plane.place(h.subarray(i * hiddenDim, (i + 1) * hiddenDim), (i % length) + 1),
      );
      const { description, xLabel, yLabel } = plane;
      return { name, description, xLabel, yLabel, points };
    }),
  });
}

function isNew({ report }) {
  return !report || report.changed;
}

async function showMachine(network, examples, options) {
  const { machine } = inspect(network, examples, options).reading;
  if (!machine || machine.stateCount > mostDrawnStates) {
    const states = machine ? `a machine of ${machine.stateCount} states` : "no finite machine";
    postMessage({ type: "machine", states: machine?.stateCount ?? 0, text: states });
    return;
  }
  // from top to bottom it is legible on a narrow screen too
  const svg = await graphSvg(machineDot(machine).replace("rankdir=LR", "rankdir=TB"));
  postMessage({ type: "machine", states: machine.stateCount, svg });
}

let inspected;

function inspect(network, examples, { kernels, seed }) {
  if (inspected?.network !== network) {
    const { length } = examples;
    const columns = observeInputs(examples);
    inspected = {
      network,
      inspection: inspectNetwork(network, { kernels, columns, length, seed }),
    };
  }
  return inspected.inspection;
}

function summaryOf(result) {
  const { verdict, code, variables = [], training, digest, seconds } = result;
  const account = accountOf(result);
  return {
    verdict,
    headline: headlineOf(account),
    blocks: blocksOf(account),
    variables: variables.flatMap(
      ({ name, decoding, formulas }) =>
        formulas ?? [
          `${name} is ${decoding === "none" ? "not decoded" : "that of the nearest state"}`,
        ],
    ),
    code,
    hiddenDim: training.network.shape.hiddenDim,
    digest,
    seconds: Object.values(seconds).reduce((a, b) => a + b, 0),
  };
}
