import { loadKernels } from "@latticode/kernels";
import type { Recurrence } from "@latticode/machines";
import { isRejection } from "@latticode/machines";
import { compileProgram, programCost } from "@latticode/program";
import { expect, test } from "vitest";
import {
  affineLayers,
  buildNetwork,
  inBasis,
  randomBasis,
  randomInteger,
  seededRandom,
  traceOn,
} from "../../testing/networks.ts";
import { findLattice } from "../lattice/lattice.ts";
import { recurrenceToProgram, simplestRecurrence } from "./coordinates.ts";
import { linearRegression } from "./linear.ts";
import { planRecurrence, writePlan } from "./linear-program.ts";

const kernels = await loadKernels();

function randomRecurrence(random: () => number, stateDim: number): Recurrence {
  const inputDim = randomInteger(random, 1, 2);
  const outputDim = randomInteger(random, 1, 2);
  const matrix = (rows: number, columns: number) =>
    Array.from({ length: rows }, () =>
      Array.from({ length: columns }, () => (random() < 0.4 ? 0 : randomInteger(random, -1, 1))),
    );
  const vector = (n: number) => matrix(1, n)[0];
  return {
    stateDim,
    inputDim,
    outputDim,
    initial: vector(stateDim),
    transition: matrix(stateDim, stateDim),
    input: matrix(stateDim, inputDim),
    offset: vector(stateDim),
    output: matrix(outputDim, stateDim),
    outputOffset: vector(outputDim),
  };
}

/** Outputs of a recurrence by its definition, in exact integers. */
function runRecurrence(r: Recurrence, x: ArrayLike<number>, length: number): number[] {
  let z = [...r.initial];
  const y: number[] = [];
  for (let t = 0; t < length; t++) {
    z = r.transition.map((row, i) => {
      let sum = r.offset[i];
      for (let j = 0; j < r.stateDim; j++) sum += row[j] * z[j];
      for (let j = 0; j < r.inputDim; j++) sum += r.input[i][j] * x[t * r.inputDim + j];
      return sum;
    });
    y.push(
      ...r.output.map((row, i) => row.reduce((sum, c, j) => sum + c * z[j], r.outputOffset[i])),
    );
  }
  return y.map((v) => (v === 0 ? 0 : v));
}

test("programs of random recurrences are exact in every coordinate system tried", () => {
  for (let seed = 0; seed < 15; seed++) {
    const random = seededRandom(seed);
    const recurrence = randomRecurrence(random, seed % 5);
    const length = 12;
    const x = Array.from({ length: length * recurrence.inputDim }, () =>
      randomInteger(random, -9, 9),
    );
    const expected = runRecurrence(recurrence, x, length);
    const asGiven = writePlan(recurrence, planRecurrence(recurrence));
    const program = recurrenceToProgram(recurrence, { budget: 200 });
    expect(compileProgram(asGiven)(x, length)).toEqual(expected);
    expect(compileProgram(program)(x, length)).toEqual(expected);
    expect(runRecurrence(simplestRecurrence(recurrence, { budget: 200 }), x, length)).toEqual(
      expected,
    );
    expect(programCost(program)).toBeLessThanOrEqual(programCost(asGiven));
  }
});

test("random integer systems are read from networks in a random basis", () => {
  let read = 0;
  const systems = 30;
  for (let seed = 0; seed < systems; seed++) {
    const random = seededRandom(1000 + seed);
    const recurrence = randomRecurrence(random, 1 + (seed % 3));
    const { f, g } = affineLayers(recurrence);
    const basis = randomBasis(recurrence.stateDim, random);
    const network = inBasis(f, g, recurrence.initial, basis);
    const range = { low: -9, high: 9, count: 100, length: 8 };
    const traces = traceOn(network, range, { kernels, random });
    const codes = findLattice(traces, { kernels });
    if (isRejection(codes)) continue;
    const found = linearRegression(traces, codes, { kernels });
    if (isRejection(found)) continue;
    read++;
    const length = 20;
    const x = Array.from({ length: length * recurrence.inputDim }, () =>
      randomInteger(random, -9, 9),
    );
    expect(runRecurrence(found, x, length)).toEqual(runRecurrence(recurrence, x, length));
  }
  // the others have states that inputs do not reach one by one
  expect(read).toBeGreaterThanOrEqual(0.8 * systems);
});

test("a start off the lattice is solved for, or refused", () => {
  const random = seededRandom(4);
  const range = { low: 0, high: 9, count: 50, length: 6 };
  const sum = { transition: [[1]], input: [[1]], output: [[1]] };
  // h_0 = 0.5 would be a start of one half
  const half = affineLayers({ ...sum, outputOffset: [-0.5] });
  const shifted = traceOn(buildNetwork(half.f, half.g, [0.5]), range, { kernels, random });
  const codes = findLattice(shifted, { kernels });
  if (isRejection(codes)) throw new Error(codes.rejected);
  expect(codes.initial).toEqual([0]);
  expect(isRejection(linearRegression(shifted, codes, { kernels }))).toBe(false);

  // h' = 2 h + x from h_0 = 0.5 reaches the integers at once, but from no integer
  const double = affineLayers({ transition: [[2]], input: [[1]], output: [[1]] });
  const traces = traceOn(buildNetwork(double.f, double.g, [0.5]), range, { kernels, random });
  const offLattice = findLattice(traces, { kernels });
  if (isRejection(offLattice)) throw new Error(offLattice.rejected);
  expect(offLattice.initial).toBeUndefined();
  expect(offLattice.initialDeviation).toBeCloseTo(0.5, 2);
  expect(linearRegression(traces, offLattice, { kernels })).toEqual({
    rejected: "linear regression: no integer start code leads to the first states",
  });
});
