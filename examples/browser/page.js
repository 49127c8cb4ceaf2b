// What the page shows. All computing is in synthesis-worker.js, so that the page stays responsive.

import { showCode } from "./code-view.js";
import { newLossChart } from "./loss-chart.js";
import { newStatePlot, stageText } from "./state-plot.js";

const element = (id) => document.getElementById(id);
const [task, text, seed, run, stop, problem, status] = [
  ...["task", "text", "seed", "run", "stop", "problem", "status"].map(element),
];
const lossChart = newLossChart(element("loss"));
const statePlot = newStatePlot(element("states"));
const languageNames = {
  ...{ python: "Python", javascript: "JavaScript", typescript: "TypeScript" },
  ...{ c: "C", rust: "Rust", wat: "WebAssembly" },
};

let worker;
let pending = 0;

function startWorker() {
  worker?.terminate();
  worker = new Worker(new URL("./synthesis-worker.js", import.meta.url), { type: "module" });
  worker.onmessage = ({ data }) => on[data.type]?.(data);
  worker.onerror = (event) => {
    event.preventDefault();
    on.error({ message: event.message || "the worker could not be started" });
  };
}

function setRunning(isRunning) {
  run.disabled = isRunning;
  stop.hidden = !isRunning;
}

function pick() {
  startWorker();
  setRunning(false);
  worker.postMessage({ type: "sample", task: task.value });
}

function clear() {
  clearTimeout(pending);
  problem.hidden = true;
  lossChart.clear();
  statePlot.clear();
  for (const id of ["stages", "languages", "machine", "checks", "digest"])
    element(id).replaceChildren();
  element("program").firstElementChild.replaceChildren();
  element("copy").hidden = true;
  for (const [id, words] of Object.entries(hints)) element(id).textContent = words;
}

const hints = Object.fromEntries(
  ["loss-text", "states-text", "machine-text"].map((id) => [id, element(id).textContent]),
);

const stageWords = {
  examples: "Reading the examples",
  training: "Training networks",
  traces: "Watching the hidden states",
  normalization: "Choosing simpler coordinates",
  reading: "Reading the algorithm",
  code: "Writing it down",
  verification: "Checking it on sequences that nothing has seen",
};

const on = {
  sample(event) {
    text.value = event.text;
    status.textContent = "1,000 examples are ready.";
  },
  start({ stage }) {
    status.textContent = `${stageWords[stage]} …`;
  },
  training({ progress }) {
    const { attempt, attempts, shape, loss, phase } = progress;
    lossChart.add(progress);
    const tried =
      phase === "search" ? `Network ${attempt} of up to ${attempts}` : "A simpler network";
    const told = Number.isFinite(loss) ? `, loss ${loss.toPrecision(2)}` : "";
    element("loss-text").textContent = `${tried}: hidden dimension ${shape.hiddenDim}${told}`;
  },
  states(event) {
    statePlot.set(event);
    const buttons = event.stages.map(({ name }, stage) => button(name, () => show(stage)));
    element("stages").replaceChildren(...buttons);
    const show = (stage) => {
      clearTimeout(pending);
      press(buttons, stage);
      const { name, description } = event.stages[stage];
      element("states-text").textContent = `Hidden states ${stageText(name)}: ${description}.`;
      statePlot.show(stage);
    };
    press(buttons, 0);
    element("states-text").textContent =
      `Hidden states as trained: ${event.stages[0].description}.`;
    const advance = (stage) => {
      if (stage >= buttons.length) return;
      pending = setTimeout(() => {
        show(stage);
        advance(stage + 1);
      }, 1400);
    };
    advance(1);
  },
  machine({ svg, states, text }) {
    if (!svg) {
      element("machine-text").textContent =
        `The network is ${text}: too large to draw. Its program says it all.`;
      return;
    }
    const drawing = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
    drawing.setAttribute("role", "img");
    drawing.setAttribute("aria-label", `A machine of ${states} states`);
    element("machine").replaceChildren(document.importNode(drawing, true));
    element("machine-text").textContent =
      `${states} states. States that behave alike are drawn as one.`;
  },
  result({ solved, reason, code, checks = [], statement, hiddenDim, digest, seconds }) {
    status.textContent = solved
      ? `Solved in ${seconds.toFixed(1)} s: ${statement}.`
      : `Not solved after ${seconds.toFixed(1)} s: ${reason}`;
    element("loss-text").textContent =
      `The chosen network has hidden dimension ${hiddenDim}. The line is the smallest loss so far.`;
    element("digest").textContent = `Digest of network and program: ${digest}`;
    if (code) showProgram(code);
    element("checks").replaceChildren(...checks.map(checkItem));
  },
  error({ message }) {
    problem.textContent = message;
    problem.hidden = false;
    status.textContent = "Stopped.";
    setRunning(false);
  },
  done() {
    setRunning(false);
  },
};

function showProgram(code) {
  const languages = Object.keys(code);
  const buttons = languages.map((language, i) =>
    button(languageNames[language] ?? language, () => show(i)),
  );
  const show = (i) => {
    press(buttons, i);
    showCode(element("program").firstElementChild, code[languages[i]]);
    element("copy").onclick = async () => {
      await navigator.clipboard.writeText(code[languages[i]]);
      element("copy").textContent = "Copied";
      setTimeout(() => {
        element("copy").textContent = "Copy";
      }, 1500);
    };
  };
  element("languages").replaceChildren(...buttons);
  element("copy").hidden = false;
  show(0);
}

function checkItem({ description, outcome, passed, informational }) {
  const item = document.createElement("li");
  item.className = !passed ? "wrong" : informational ? "told" : "";
  item.textContent = `${description}: ${outcome}`;
  return item;
}

function button(words, onPress) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = words;
  made.addEventListener("click", onPress);
  return made;
}

function press(buttons, pressed) {
  buttons.forEach((each, i) => {
    each.setAttribute("aria-pressed", String(i === pressed));
  });
}

element("input").addEventListener("submit", (event) => {
  event.preventDefault();
  clear();
  setRunning(true);
  worker.postMessage({ type: "run", text: text.value, seed: seed.valueAsNumber });
});
stop.addEventListener("click", () => {
  startWorker();
  setRunning(false);
  status.textContent = "Stopped.";
});
task.addEventListener("change", pick);
text.addEventListener("input", () => {
  task.value = "";
});

pick();
