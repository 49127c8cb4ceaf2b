import type { Kernels } from "@latticode/kernels";
import { loadNetwork } from "@latticode/network";
import { checkProgram, integer, runProgram } from "@latticode/program";
import { parseCsv, parseJsonl } from "@latticode/tasks";
import { openPool } from "@latticode/training";
import { extractProgram, synthesize } from "latticode";

/** What mistakes are answered with, by mistake: our own words, so the same on every runtime. */
export async function errorTexts(kernels: Kernels): Promise<Record<string, string>> {
  const network = {
    shape: {
      ...{ inputDim: 1, outputDim: 1, hiddenDim: 1 },
      ...{ hiddenDepth: 1, hiddenWidth: 0, outputDepth: 1, outputWidth: 0 },
    },
    weights: Float64Array.of(0, 3, 0, 1, 0),
    initial: Float64Array.of(1),
    seed: 0,
  };
  const few = { count: 2, length: 2, inputDim: 1, outputDim: 1 };
  const twos = { x: new Int32Array(4), y: new Int32Array(4) };
  const range = [{ kind: "range", min: 0, max: 1 } as const];
  const mistakes: Record<string, () => unknown> = {
    "a line that is not JSON": () => parseJsonl(['{"x": [1, NaN]}'], { name: "a.jsonl" }),
    "lengths that differ": () => parseJsonl(['{"x": [1, 2], "y": [1]}'], { name: "a.jsonl" }),
    "a column that is missing": () => parseCsv(["sequence,y\n1,1\n"], { name: "a.csv" }),
    "no sequences": () =>
      synthesize({ ...few, count: 0, x: new Int32Array(0), y: new Int32Array(0) }, { kernels }),
    "labels of another size": () =>
      synthesize({ ...few, x: twos.x, y: new Int32Array(3) }, { kernels }),
    "a seed that is none": () => synthesize({ ...few, ...twos }, { kernels, seed: -1 }),
    "too many workers": () => openPool({ kernels, workers: 1025 }),
    "a file that is no network": () => loadNetwork(new Uint8Array(3)),
    "inputs of two columns": () => extractProgram(network, [...range, ...range], { kernels }),
    "a matrix of another size": () =>
      kernels.leastSquares(new Float64Array(5), 2, 3, new Float64Array(2), 1),
    "a program without outputs": () =>
      checkProgram({ inputDim: 1, state: [], updates: [], outputs: [], order: "in-place" }),
    "an input that is no integer": () =>
      runProgram(
        { inputDim: 1, state: [], updates: [], outputs: [integer(1)], order: "in-place" },
        [0.5],
        1,
      ),
  };
  const texts: Record<string, string> = {};
  for (const [mistake, make] of Object.entries(mistakes)) texts[mistake] = await textOf(make);
  return texts;
}

async function textOf(make: () => unknown): Promise<string> {
  try {
    await make();
  } catch (error) {
    if (error instanceof Error) return `${error.name}: ${error.message}`;
    throw error;
  }
  return "no error";
}
