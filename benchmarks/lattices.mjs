// `node benchmarks/lattices.mjs [seeds] [name]`: trains a network for each task (whose name begins
// with the name, where one is given) from every seed, separated by commas, and prints which integer
// coordinates and which exact recurrences are read from it, with their evidence.

import { emit } from "@latticode/codegen";
import { loadKernels } from "@latticode/kernels";
import { programCost } from "@latticode/program";
import {
  bitLabels,
  closedCodes,
  impulseResponse,
  isClosed,
  isRejection,
  paperLattice,
  readCodes,
  realizeResponse,
  recurrenceToProgram,
  reproduces,
} from "@latticode/regression";
import { sampleTask, tasks } from "@latticode/tasks";
import { splitExamples, traceNetwork, trainNetwork } from "@latticode/training";

const kernels = await loadKernels();
const [seeds = "1", prefix = ""] = process.argv.slice(2);
/** Bits from which on a lattice is no chance. */
const surprising = 6;

function readLattice(network, traces) {
  const found = readCodes(network, traces, { kernels });
  if (isRejection(found)) return { text: found.rejected };
  const { codes, closed, functionals } = found;
  const { dimension, distinct, source, residual, exact, surprise, initial } = codes;
  const best = functionals[0];
  const bits = readBits(codes);
  const text = [
    `${dimension}D by ${source}`,
    `${distinct} codes`,
    `${surprise.toFixed(0)} bits`,
    `residual ${residual.toFixed(4)}`,
    `${(100 * exact).toFixed(2)} % exact`,
    `${codes.descriptionLength.toFixed(2)} bits an entry`,
    `h_0 ${initial ? "on" : "off"}`,
    closed ? "closed" : "not closed as a whole",
    best
      ? `w = (${best.weights}): ${best.distinct} values, gives the output with the ${best.output}, ${best.tested} tested, start from ${best.start}`
      : "no closed functional",
    bits ? `${bits.bits} bits foretell ${bits.predicted} of the codes` : "no bits",
  ].join(", ");
  const simplex = distinct <= dimension + 1;
  return { kind: surprise >= surprising ? "surprising" : simplex ? "simplex" : "chance", text };
}

/** Bit labels of the places of the codes; undefined where they make no box that the places foretell. */
function readBits(codes) {
  const n = codes.dimension;
  const places = new Map();
  for (let i = 0; i < codes.z.length && places.size <= 64; i += n) {
    const z = codes.z.subarray(i, i + n);
    const place = codes.offset.map((b, j) => {
      let value = b;
      for (let k = 0; k < n; k++) value += codes.basis[j * n + k] * z[k];
      return value;
    });
    places.set(z.join(), place);
  }
  if (places.size > 64 || places.size < 2) return undefined;
  const labels = bitLabels([...places.values()]);
  return labels && labels.predicted > 0 ? labels : undefined;
}

function readPaper(traces) {
  const codes = paperLattice(traces, { kernels });
  if (isRejection(codes) || codes.surprise < surprising) return false;
  return isClosed(traces, codes) || closedCodes(traces, codes).length > 0;
}

function readRecurrence(network, traces) {
  const response = impulseResponse(network, traces, { kernels });
  if (isRejection(response)) return undefined;
  const found = realizeResponse(response, { kernels });
  if (isRejection(found)) return { text: found.rejected, exact: false };
  const program = recurrenceToProgram(found.recurrence);
  return {
    exact: reproduces(found.recurrence, traces),
    text: `order ${found.recurrence.stateDim} (${found.order}), deviation ${response.deviation.toFixed(4)}, cost ${programCost(program)}`,
    program: emit(program, "python").trimEnd(),
  };
}

const totals = [];
for (const seed of seeds.split(",").map(Number)) {
  const total = { seed, networks: 0, perfect: 0, closed: 0, surprising: 0, simplex: 0, chance: 0 };
  Object.assign(total, { paper: 0, linear: 0, sure: 0, seconds: 0 });
  for (const task of tasks.filter(({ name }) => name.startsWith(prefix))) {
    const split = splitExamples(sampleTask(task, { count: 10_000, seed: 1000 + seed }), { seed });
    const { network, perfect } = await trainNetwork(split, { kernels, seed });
    const { x, count, length } = sampleTask(task, { count: 1000, seed: 77 });
    const begin = process.cpuUsage().user;
    const traces = traceNetwork(network, { x, count, length }, { kernels });
    const lattice = readLattice(network, traces);
    const recurrence = readRecurrence(network, traces);
    total.seconds += (process.cpuUsage().user - begin) / 1e6;
    total.networks++;
    if (perfect) total.perfect++;
    if (lattice.kind) {
      total.closed++;
      total[lattice.kind]++;
    }
    if (readPaper(traces)) total.paper++;
    if (recurrence?.exact) total.linear++;
    if ((lattice.kind && lattice.kind !== "chance") || recurrence?.exact) total.sure++;
    console.log(
      `${task.name}${perfect ? "" : " (network not perfect)"}\n  lattice: ${lattice.text}`,
    );
    if (recurrence) console.log(`  recurrence: ${recurrence.text}`);
    if (recurrence?.program) console.log(recurrence.program.replace(/^/gm, "    "));
  }
  totals.push(total);
}
console.table(totals);
