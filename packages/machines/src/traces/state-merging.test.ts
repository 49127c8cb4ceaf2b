import { loadKernels } from "@latticode/kernels";
import type { Examples } from "@latticode/program";
import { drawIntegers, selectExamples } from "@latticode/program";
import { describe, expect, test } from "vitest";
import { randomMachine } from "../../testing/random-machine.ts";
import { randomTraces } from "../../testing/random-traces.ts";
import { compareMachines } from "../compare.ts";
import type { Machine } from "../machine.ts";
import { minimizeMachine, symbolCountOf } from "../machine.ts";
import { mooreMachine } from "../moore.ts";
import { isRejection } from "../rejection.ts";
import { traceMachines } from "./rivals.ts";
import type { MergingOptions } from "./state-merging.ts";
import { mergeTraces } from "./state-merging.ts";

const kernels = await loadKernels();

const orders = ["rpni", "edsm"] as const;
const kinds = ["mealy", "moore"] as const;
const ways = orders.flatMap((order) => kinds.map((kind) => ({ order, kind })));

function merged(examples: Examples, options: MergingOptions): Machine {
  const machine = mergeTraces(examples, options);
  if (isRejection(machine)) throw new Error(machine.rejected);
  return machine;
}

/** Labels that a machine does not give. */
function wrongLabels(machine: Machine, examples: Examples, known?: Uint8Array): number {
  const { count, length, inputDim, outputDim, x, y } = examples;
  const symbolCount = symbolCountOf(machine);
  const rowsOf = (values: Int32Array, width: number) =>
    Array.from({ length: values.length / width }, (_, i) =>
      values.subarray(i * width, (i + 1) * width).join(),
    );
  const symbols = rowsOf(machine.symbols, inputDim);
  const outputs = rowsOf(machine.outputVectors, outputDim);
  const inputs = rowsOf(x, inputDim);
  const labels = rowsOf(y, outputDim);
  let wrong = 0;
  for (let i = 0; i < count; i++) {
    let state = machine.initial;
    for (let at = i * length; at < (i + 1) * length; at++) {
      const symbol = symbols.indexOf(inputs[at]);
      const place = state * symbolCount + symbol;
      const isKnown = state >= 0 && symbol >= 0;
      const output = isKnown ? outputs[machine.outputs[place]] : undefined;
      if (known?.[at] !== 0 && output !== labels[at]) wrong++;
      state = isKnown ? machine.transitions[place] : -1;
    }
  }
  return wrong;
}

function isMoore(machine: Machine): boolean {
  const outputs = new Map<number, Set<number>>();
  machine.transitions.forEach((target, place) => {
    if (target < 0) return;
    outputs.set(target, (outputs.get(target) ?? new Set()).add(machine.outputs[place]));
  });
  return [...outputs.values()].every(({ size }) => size === 1);
}

describe.each(ways)("state merging, $order, $kind", ({ order, kind }) => {
  test.each([2, 3, 4, 5, 6, 8, 12])(
    "machines of %i states come back from enough traces",
    (stateCount) => {
      for (let seed = 0; seed < 6; seed++) {
        const draw = drawIntegers(100 * stateCount + seed, 1);
        const sizes = { stateCount, symbolCount: draw(2, 4), outputCount: draw(2, 3) };
        const truth = randomMachine(sizes, kind, draw);
        const examples = randomTraces(truth, { count: 4000, length: 12 }, draw);
        const machine = merged(examples, { order, kind });
        expect(compareMachines(machine, truth).verdict).toBe("equal");
        const minimal = minimizeMachine(truth, { kernels });
        const least = kind === "mealy" ? minimal : mooreMachine(minimal);
        // a start that nothing returns to is merged with what behaves like it
        expect(machine.stateCount).toBe(least.stateCount);
      }
    },
  );

  test("every label is given, and not by chance, where there are few, some missing", () => {
    for (let seed = 0; seed < 150; seed++) {
      const draw = drawIntegers(seed, 1);
      const sizes = { stateCount: draw(1, 9), symbolCount: draw(1, 5), outputCount: draw(1, 4) };
      const truth = randomMachine(sizes, seed % 3 === 0 ? "moore" : "mealy", draw);
      const words = { count: draw(1, 40), length: draw(1, 12) };
      const examples = randomTraces(truth, words, draw);
      const known = examples.y.slice().fill(1);
      if (seed % 2 === 1) for (let at = 0; at < known.length; at++) known[at] = draw(0, 1);
      const options = { order, kind, known: Uint8Array.from(known) };
      const machine = merged(examples, options);
      expect(wrongLabels(machine, examples, options.known)).toBe(0);
      if (kind === "moore") expect(isMoore(machine)).toBe(true);
      expect(machine.stateCount).toBeLessThanOrEqual(words.count * words.length + 1);
    }
  });

  test("labels that follow no machine are given, too", () => {
    for (let seed = 0; seed < 20; seed++) {
      const draw = drawIntegers(seed, 2);
      const [count, length] = [30, 8];
      const x = Int32Array.from({ length: count * length * 2 }, () => draw(0, 2));
      // a word's outputs follow from its inputs in no simple way
      const y = new Int32Array(count * length * 2);
      for (let i = 0; i < count; i++) {
        let hash = 1;
        for (let at = 2 * i * length; at < 2 * (i + 1) * length; at += 2) {
          hash = Math.imul(hash ^ (x[at] + 3 * x[at + 1] + 1), 0x01000193);
          y[at] = (hash >>> 8) & 1;
          y[at + 1] = (hash >>> 13) & 3;
        }
      }
      const examples = { count, length, inputDim: 2, outputDim: 2, x, y };
      expect(wrongLabels(merged(examples, { order, kind }), examples)).toBe(0);
    }
  });

  test("the order of the sequences does not matter", () => {
    const draw = drawIntegers(4, 1);
    const sizes = { stateCount: 6, symbolCount: 3, outputCount: 2 };
    const truth = randomMachine(sizes, "mealy", draw);
    const examples = randomTraces(truth, { count: 40, length: 8 }, draw);
    const rows = Array.from({ length: 40 }, (_, i) => i);
    for (let i = 39; i > 0; i--) {
      const j = draw(0, i);
      [rows[i], rows[j]] = [rows[j], rows[i]];
    }
    const shuffled = selectExamples(examples, rows);
    expect(merged(shuffled, { order, kind })).toEqual(merged(examples, { order, kind }));
  });

  test("what follows the last label is padding", () => {
    const examples: Examples = {
      count: 2,
      length: 4,
      inputDim: 1,
      outputDim: 1,
      x: Int32Array.of(1, 1, 9, 9, /**/ 1, 0, 1, 9),
      y: Int32Array.of(1, 0, 8, 8, /**/ 1, 1, 0, 8),
    };
    const known = Uint8Array.of(1, 1, 0, 0, 1, 1, 1, 0);
    const machine = merged(examples, { order, kind, known });
    expect([...machine.symbols]).toEqual([0, 1]);
    expect([...machine.outputVectors]).toEqual([0, 1]);
    expect(machine.stateCount).toBe(2);
    expect(wrongLabels(machine, examples, known)).toBe(0);
  });

  test("no examples, or none with a label, give a state of which nothing is known", () => {
    const none = { count: 0, length: 3, inputDim: 1, outputDim: 1 };
    const nothing = { ...none, x: new Int32Array(0), y: new Int32Array(0) };
    expect(merged(nothing, { order, kind }).stateCount).toBe(1);
    const one = { ...none, count: 1, x: new Int32Array(3), y: new Int32Array(3) };
    const known = new Uint8Array(3);
    expect(merged(one, { order, kind, known }).transitions.length).toBe(0);
  });

  test("labels that contradict each other are named", () => {
    const examples: Examples = {
      count: 2,
      length: 2,
      inputDim: 1,
      outputDim: 2,
      x: Int32Array.of(1, 0, 1, 0),
      y: Int32Array.of(1, 1, 2, 3, /**/ 1, 1, 2, 4),
    };
    expect(mergeTraces(examples, { order, kind })).toEqual({
      rejected:
        "machine: sequences 0 and 1 (counted from 0) have equal inputs up to position 1, " +
        "and outputs 2,3 and 2,4 there",
    });
  });

  test("states and steps are bounded", () => {
    // the position itself: as many states as positions
    const length = 50;
    const x = new Int32Array(length);
    const y = Int32Array.from({ length }, (_, i) => i);
    const examples = { count: 1, length, inputDim: 1, outputDim: 1, x, y };
    expect(mergeTraces(examples, { order, kind, maximumStates: 20 })).toEqual({
      rejected: "machine: more than 20 states",
    });
    expect(mergeTraces(examples, { order, kind, maximumSteps: 20 })).toEqual({
      rejected: "machine: merging takes more than 20 steps",
    });
    expect(merged(examples, { order, kind }).stateCount).toBeGreaterThanOrEqual(length);
  });
});

describe("evidence beyond 2^22 steps", () => {
  test("is compared within a window, and finds the machine", () => {
    const draw = drawIntegers(30, 1);
    const sizes = { stateCount: 20, symbolCount: 10, outputCount: 2 };
    const truth = randomMachine(sizes, "mealy", draw);
    const examples = randomTraces(truth, { count: 20000, length: 10 }, draw);
    const options = { order: "edsm", kind: "moore" } as const;
    const stopped = mergeTraces(examples, { ...options, maximumSteps: 2 ** 22 });
    expect(isRejection(stopped)).toBe(true);
    expect(compareMachines(merged(examples, options), truth).verdict).toBe("equal");
  });
});

describe("machines from traces", () => {
  test("of either order and kind are one where the labels determine it", () => {
    const draw = drawIntegers(8, 1);
    const sizes = { stateCount: 4, symbolCount: 2, outputCount: 2 };
    const truth = randomMachine(sizes, "moore", draw);
    const machines = traceMachines(randomTraces(truth, { count: 3000, length: 12 }, draw));
    if (isRejection(machines)) throw new Error(machines.rejected);
    expect(machines).toHaveLength(1);
    expect(compareMachines(machines[0].machine, truth).verdict).toBe("equal");
  });

  test("are rivals where the labels do not determine it, all right on every label", () => {
    let several = 0;
    for (let seed = 0; seed < 20; seed++) {
      const draw = drawIntegers(seed, 1);
      const sizes = { stateCount: 6, symbolCount: 2, outputCount: 2 };
      const examples = randomTraces(
        randomMachine(sizes, "mealy", draw),
        { count: 15, length: 7 },
        draw,
      );
      const machines = traceMachines(examples);
      if (isRejection(machines)) throw new Error(machines.rejected);
      if (machines.length > 1) several++;
      machines.forEach(({ machine }, i) => {
        expect(wrongLabels(machine, examples)).toBe(0);
        if (i === 0) return;
        expect(machine.stateCount).toBeGreaterThanOrEqual(machines[i - 1].machine.stateCount);
        expect(compareMachines(machine, machines[i - 1].machine).verdict).not.toBe("equal");
      });
    }
    expect(several).toBeGreaterThan(5);
  });
});
