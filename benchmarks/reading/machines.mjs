// The machines of a network, by behaviour and by hidden states, and what speaks for them.

import {
  mooreMachine,
  observedSymbols,
  recoverMachines,
  systemOf,
} from "../../packages/machines/dist/index.js";

/** Both machines and how they compare, as numbers for the tables and as lines. */
export function readMachines(recurrent, { x, inputDim, length }, { kernels, seed }) {
  const symbols = observedSymbols(x, inputDim);
  const system = systemOf(recurrent, { symbols, length });
  const { residual, blobs, comparison } = recoverMachines(system, { kernels, seed });
  return {
    residual: summaryOf(residual),
    blobs: summaryOf(blobs),
    verdict: comparison?.verdict,
    lines: [
      `machines: ${describeComparison(comparison)}`,
      `residual: ${describeMachine(residual)}`,
      `blobs: ${describeMachine(blobs)}`,
    ],
  };
}

function summaryOf(found) {
  if (found.rejected) return undefined;
  const { words, right, exhaustive } = found.agreement;
  return { states: found.machine.stateCount, closed: found.closed, words, right, exhaustive };
}

/** Whether a machine is there and gives the network's outputs on all words looked at. */
export const isRight = (machine) => machine !== undefined && machine.right === machine.words;

function describeComparison(comparison) {
  if (!comparison) return "no comparison";
  const { verdict, word, wrong, onlyKnown } = comparison;
  if (word) return `${verdict} on ${word.join(" ")}: wrong ${wrong}`;
  if (verdict !== "compatible") return verdict;
  return `${verdict} (steps that only one knows: residual ${onlyKnown[0]}, blobs ${onlyKnown[1]})`;
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
