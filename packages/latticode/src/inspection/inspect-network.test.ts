import { loadKernels } from "@latticode/kernels";
import type { Network } from "@latticode/network";
import type { InputColumn } from "@latticode/verification";
import { describe, expect, test } from "vitest";
import { linearNetwork, randomNetwork } from "../../../../test/random-networks.ts";
import { outsideReferences, xmlMistake } from "../../../../test/xml.ts";
import { inspectionFiles, inspectionText, inspectNetwork } from "./index.ts";

const kernels = await loadKernels();
const range = (min: number, max: number): InputColumn => ({ kind: "range", min, max });
const look = (network: Network, ...columns: InputColumn[]) =>
  inspectNetwork(network, { kernels, columns, length: 8, seed: 1 });

/** h = |h - x|, y = h */
const parity: Network = {
  shape: {
    inputDim: 1,
    outputDim: 1,
    hiddenDim: 1,
    hiddenDepth: 2,
    hiddenWidth: 2,
    outputDepth: 1,
    outputWidth: 0,
  },
  weights: Float64Array.of(1, -1, -1, 1, 0, 0, 1, 1, 0, 1, 0),
  initial: Float64Array.of(0),
  seed: 0,
};

/** y = the sum of the last two, in skewed coordinates */
const lastTwo = linearNetwork(
  [
    [0, 0.5, 0.25, 0],
    [0, 0, 0.5, 0],
  ],
  [[4, 0, 0]],
);

/** Sums of each of three inputs, the second with the first. */
const sums = linearNetwork(
  [
    [1, 0, 0, 1, 0, 0, 0],
    [0, 1, 0, 1, 1, 0, 0],
    [0, 0, 1, 0, 0, 1, 0],
  ],
  [
    [1, 0, 0, 0],
    [0, 1, 0, 0],
    [0, 0, 1, 0],
  ],
);

async function filesOf(network: Network, ...columns: InputColumn[]) {
  const files = await inspectionFiles(look(network, ...columns), { kernels });
  for (const [name, text] of Object.entries(files)) {
    if (!name.endsWith(".svg")) continue;
    expect(outsideReferences(text), name).toEqual([]);
    expect(text, name).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
  }
  const drawings = Object.entries(files).filter(([name]) => name.endsWith(".svg"));
  // one parser for all: starting it takes longer than what it does
  expect(xmlMistake(`<files>${drawings.map(([, text]) => text).join("")}</files>`)).toBe("");
  return files;
}

test("a machine of two states is found, told and drawn", async () => {
  const text = inspectionText(look(parity, range(0, 1)));
  expect(text).toContain("state       output  on 0  on 1\n  s0 (start)       0  s0    s1\n");
  expect(text).toContain("the two machines are equal");
  expect(text).toContain("2 clusters, the states of the machine");
  expect(text).toContain("a ^= x");
  const files = await filesOf(parity, range(0, 1));
  expect(Object.keys(files)).toEqual(
    expect.arrayContaining(["inspection.txt", "weights.svg", "states-0-as-trained.svg"]),
  );
  expect(files["inspection.txt"]).toBe(text);
  expect(files["machine.dot"]).toContain("s0 -> s1");
  expect(files["machine.mmd"]).toContain("s0 --> s1 : 1");
  expect(files["machine.svg"]).toContain("y = 1");
  expect(files["recurrence.tex"]).toBeUndefined();
  const states = files["states-0-as-trained.svg"];
  expect(states).toContain("the hidden state against the position");
  for (const label of ["s0, y = 0", "s1, y = 1"]) expect(states).toContain(label);
});

test("a plane lattice too fine to be drawn whole is drawn in its middle, too", async () => {
  const inspection = look(lastTwo, range(0, 99));
  const text = inspectionText(inspection);
  expect(inspection.reading.codes?.dimension).toBe(2);
  expect(text).toContain("h = A z + b, 2 dimensions");
  expect(text).toContain("    y   1   1     0\n");
  expect(text).toContain("ys.append(sum(w))");
  const files = await filesOf(lastTwo, range(0, 99));
  expect(files["states-0-as-trained.svg"]).toContain("every 5th line of the lattice");
  expect(files["lattice.svg"]).toContain("codes within 6 of (");
  expect(files["lattice.svg"]).toContain("a2");
  expect(files["machine.dot"]).toBeUndefined();
  expect(files["recurrence.tex"]).toContain("  a_0 &= 0 \\\\\n");
  // every kept step has its picture, a refused one none
  const kept = inspection.stages.flatMap(({ name, report }, i) =>
    report && !report.changed ? [] : [`states-${i}-${name.replace(" ", "-")}.svg`],
  );
  expect(Object.keys(files).filter((name) => name.startsWith("states-"))).toEqual(kept);
});

test("a small lattice is drawn whole", async () => {
  const files = await filesOf(lastTwo, range(0, 5));
  expect(files["states-0-as-trained.svg"]).toContain("every line of the lattice");
  expect(files["lattice.svg"]).toBeUndefined();
});

test("of three coordinates two principal axes are drawn", async () => {
  const files = await filesOf(sums, range(0, 1), range(0, 1), range(0, 1));
  const states = files["states-0-as-trained.svg"];
  expect(states).toMatch(/first two principal axes of 3 coordinates, \d\d\.\d % of the variance/);
  expect(states).toContain("edges of the lattice of 3 dimensions");
});

test("the same network gives the same bytes", async () => {
  const first = await inspectionFiles(look(parity, range(0, 1)), { kernels });
  const second = await inspectionFiles(look(structuredClone(parity), range(0, 1)), { kernels });
  expect(second).toEqual(first);
});

test("a large random network is told by its sizes", async () => {
  const shape = {
    ...{ inputDim: 2, outputDim: 2, hiddenDim: 30 },
    ...{ hiddenDepth: 2, hiddenWidth: 100, outputDepth: 2, outputWidth: 40 },
  };
  const network = randomNetwork(shape, 1);
  const damped = { ...network, weights: network.weights.map((w) => w / 12) };
  const files = await filesOf(damped, { kind: "values", values: [-7, 0, 9] }, range(5, 5));
  const text = files["inspection.txt"];
  expect(text).toContain("inputs from {-7, 0, 9}, 5, seed 1");
  expect(text).toContain("f, layer 1 of 2: 100 x 33, too large to show");
  expect(text.split("\n").every((line) => line.length < 400)).toBe(true);
  expect(files["weights.svg"].length).toBeLessThan(2e6);
});

describe("what cannot be looked at is refused", () => {
  test("columns that are not those of the network", () => {
    expect(() => look(parity, range(0, 1), range(0, 1))).toThrow(
      new RangeError("there are inputs of 2 columns, the network reads 1"),
    );
  });

  test("a network that diverges", () => {
    const growing = linearNetwork([[1e60, 1, 0]], [[1, 0]]);
    expect(() => look(growing, range(1, 1))).toThrow(
      "not finite numbers on such inputs of length 8",
    );
  });
});
