import { loadKernels } from "@latticode/kernels";
import { expect, test } from "vitest";
import { randomNumbers } from "../../../../test/reference.ts";

const kernels = await loadKernels();

/** Moore's rounds, with keys as text: one class for each pair of a class and its successors'. */
function refineReference(transitions: Int32Array, labels: Int32Array): Int32Array {
  const symbols = transitions.length / labels.length;
  let classes = labels;
  for (let count = 0; ; ) {
    const numbers = new Map<string, number>();
    classes = classes.map((own, state) => {
      const row = transitions.subarray(state * symbols, (state + 1) * symbols);
      const key = `${own}:${row.map((next) => (next < 0 ? -1 : classes[next]))}`;
      const number = numbers.get(key) ?? numbers.size;
      numbers.set(key, number);
      return number;
    });
    if (numbers.size === count) return classes;
    count = numbers.size;
  }
}

function randomMachine(seed: number, states: number, symbols: number, known: number) {
  const random = randomNumbers(seed);
  const labelCount = 1 + Math.floor(random() * 4);
  const transitions = new Int32Array(states * symbols).map(() =>
    random() < known ? Math.floor(random() * states) : -1,
  );
  const labels = new Int32Array(states).map(() => Math.floor(random() * labelCount) - 2);
  return { transitions, labels };
}

test("random machines, complete and partial, come apart as by Moore's rounds", () => {
  const found = new Set<number>();
  for (let seed = 0; seed < 600; seed++) {
    const known = [1, 0.95, 0.5, 0.1, 0][seed % 5];
    const states = seed < 590 ? 1 + (seed % 60) : 2000;
    const { transitions, labels } = randomMachine(seed, states, 1 + (seed % 4), known);
    const classes = kernels.refinePartition(transitions, labels);
    expect(classes).toEqual(refineReference(transitions, labels));
    found.add(Math.max(...classes));
  }
  expect(found.size).toBeGreaterThan(30);
});

test("machines with equal states come apart as by Moore's rounds, too", () => {
  for (let seed = 0; seed < 200; seed++) {
    const { transitions, labels } = randomMachine(seed, 1 + (seed % 20), 1 + (seed % 3), 0.9);
    const random = randomNumbers(1000 + seed);
    const symbols = transitions.length / labels.length;
    // every state three times over, its successors in any of their copies
    const states = 3 * labels.length;
    const copied = new Int32Array(states * symbols).map((_, at) => {
      const next = transitions[at % transitions.length];
      return next < 0 ? -1 : next + Math.floor(3 * random()) * labels.length;
    });
    const copiedLabels = new Int32Array(states).map((_, s) => labels[s % labels.length]);
    const classes = kernels.refinePartition(copied, copiedLabels);
    expect(classes).toEqual(refineReference(copied, copiedLabels));
    expect(classes.slice(0, labels.length)).toEqual(kernels.refinePartition(transitions, labels));
    expect(classes.slice(labels.length, 2 * labels.length)).toEqual(
      classes.slice(0, labels.length),
    );
  }
});

test("a chain, which takes Moore as many rounds as it has states, takes m log m", () => {
  // only the last state is labelled, and 250,000 rounds over 250,000 states would take hours
  const states = 250_000;
  const transitions = new Int32Array(2 * states).map((_, at) => {
    const state = at >> 1;
    return at & 1 ? 0 : Math.min(state + 1, states - 1);
  });
  const labels = new Int32Array(states);
  labels[states - 1] = 1;
  const chain = kernels.refinePartition(transitions, labels);
  expect(chain.every((value, state) => value === state)).toBe(true);
  // the same states on a ring with nothing to tell them apart
  const ring = transitions.map((next, at) => (at & 1 ? next : ((at >> 1) + 1) % states));
  expect(kernels.refinePartition(ring, new Int32Array(states)).every((c) => c === 0)).toBe(true);
  // and with one label in 5
  const fifths = labels.map((_, state) => (state % 5 === 0 ? 1 : 0));
  const cycle = kernels.refinePartition(
    ring.map((next, at) => (at & 1 ? -1 : next)),
    fifths,
  );
  expect(cycle.every((value, state) => value === state % 5)).toBe(true);
});

test("misuse names the argument", () => {
  const refine = (transitions: readonly number[], labels: readonly number[]) => () =>
    kernels.refinePartition(Int32Array.from(transitions), Int32Array.from(labels));
  expect(refine([], [])).toThrow("the length of labels is 0, must be an integer from 1 to 4194304");
  expect(refine([0, 1, 0], [0, 0])).toThrow(
    "transitions has length 3, must be a multiple of the 2",
  );
  expect(refine([], [0, 0])).toThrow("the length of transitions is 0");
  expect(refine([0, 2], [0, 0])).toThrow("transitions[1] is 2, must be an integer from -1 to 1");
  expect(refine([-2, 0], [0, 0])).toThrow("transitions[0] is -2");
  const plain = [0] as unknown as Int32Array;
  expect(() => kernels.refinePartition(plain, Int32Array.of(0))).toThrow("transitions is Array");
  expect(() => kernels.refinePartition(Int32Array.of(0), plain)).toThrow("labels is Array");
});
