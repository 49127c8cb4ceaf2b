// One task of the reading benchmark, and its line.

import { loadKernels } from "../../packages/kernels/dist/index.js";
import {
  mooreMachine,
  networkSystem,
  observedSymbols,
  recoverMachines,
} from "../../packages/machines/dist/index.js";
import { findTask, sampleTask } from "../../packages/tasks/dist/index.js";
import { splitExamples, trainNetwork } from "../../packages/training/dist/index.js";

const examples = 4000;
const mostSymbols = 64;
const mostStates = 4096;

/** Whether a task has few symbols and few states within its length, by its definition. */
export function isFiniteTask(task) {
  const [low, high] = task.inputRange;
  const values = high - low + 1;
  let symbols = 1;
  for (let i = 0; i < task.inputDim; i++) symbols *= values;
  if (symbols > mostSymbols) return false;
  const keyOf = (state) => JSON.stringify(state, (_, v) => (typeof v === "bigint" ? `${v}n` : v));
  const seen = new Set([keyOf(task.initial)]);
  let frontier = [task.initial];
  for (let t = 0; t < task.length; t++) {
    const next = [];
    for (const state of frontier) {
      for (let symbol = 0; symbol < symbols; symbol++) {
        let rest = symbol;
        const x = Array.from({ length: task.inputDim }, () => {
          const digit = rest % values;
          rest = Math.floor(rest / values);
          return low + digit;
        });
        const { state: after } = task.step(state, x);
        const key = keyOf(after);
        if (seen.has(key)) continue;
        if (seen.size === mostStates) return false;
        seen.add(key);
        next.push(after);
      }
    }
    frontier = next;
  }
  return true;
}

/** Trains a task's network and recovers its machines; a plain value for the line and the totals. */
export async function readTask(name, { seed, stored }) {
  const kernels = await loadKernels();
  const task = findTask(name);
  const data = sampleTask(task, { count: examples, seed });
  let start = performance.now();
  let { network, perfect } = stored.read() ?? {};
  if (!network) {
    const split = splitExamples(data, { seed });
    ({ network, perfect } = await trainNetwork(split, { kernels, seed, workers: 0 }));
    stored.write({ network, perfect });
  }
  const training = (performance.now() - start) / 1000;
  start = performance.now();
  const symbols = observedSymbols(data.x, data.inputDim);
  const system = networkSystem(network, { symbols, length: data.length, kernels });
  const recovery = recoverMachines(system, { kernels, seed });
  const reading = (performance.now() - start) / 1000;
  return { name, perfect, ...recovery, seconds: { training, reading } };
}

const percent = (share) => `${(Math.floor(share * 1e4) / 100).toFixed(2)} %`;

function describeMachine(found) {
  if (found.rejected) return `none (${found.rejected.replace(/^machine: /, "")})`;
  const { machine, agreement, closed, evidence } = found;
  const { words, right, unknown, wrong, exhaustive } = agreement;
  const mistakes = wrong > 0 ? `, ${wrong} wrong` : unknown > 0 ? `, ${unknown} unknown` : "";
  const of = `${right === words ? "all" : percent(right / words)} of ${words}${exhaustive ? "" : " sampled"}`;
  const spread = Math.max(...evidence.states.map((state) => state.spread));
  const distance = Math.min(...evidence.states.map((state) => state.distance));
  const share = (which) => percent(Math.min(1, ...evidence.decoding.map((d) => d[which])));
  const hidden = `${evidence.hiddenStates} hidden states, spread ${spread.toFixed(3)}, distance ${distance.toFixed(3)}`;
  const decoded = `decoded affine ${share("affine")}, nearest ${share("nearest")}`;
  const { known } = evidence.transitions;
  const method = found.blobs
    ? `${found.blobs} blobs at ${found.tolerance}`
    : `look-ahead ${found.lookAhead}`;
  const extent = closed ? "closed" : `open${found.coreStates ? `, ${found.coreStates} core` : ""}`;
  return `${machine.stateCount} states, ${mooreMachine(machine).stateCount} as Moore's (${extent}; ${method}), right on ${of} words${mistakes}; ${known} transitions + ${evidence.transitions.unknown} unknown, ${found.inferred} inferred; ${hidden}; ${decoded}`;
}

/** A task's result in a few lines. */
export function describeReading({ name, perfect, residual, blobs, comparison, seconds }) {
  const word = comparison?.word
    ? ` on ${comparison.word.join(" ")}: wrong ${comparison.wrong}`
    : "";
  const steps =
    comparison?.verdict === "compatible"
      ? ` (steps that only one knows: residual ${comparison.onlyKnown[0]}, blobs ${comparison.onlyKnown[1]})`
      : "";
  return [
    `${name}${perfect ? "" : " (network not right on all examples)"}: ${comparison?.verdict ?? "no comparison"}${word}${steps}, ${seconds.reading.toFixed(2)} s`,
    `  residual ${describeMachine(residual)}`,
    `  blobs    ${describeMachine(blobs)}`,
  ].join("\n");
}
