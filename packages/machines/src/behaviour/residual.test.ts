import { loadKernels } from "@latticode/kernels";
import { expect, test } from "vitest";
import { bits, counterSystem } from "../../testing/counters.ts";
import { machineAgreement } from "../agreement.ts";
import { blobMachine } from "../hidden-states/blob-machine.ts";
import { isComplete } from "../machine.ts";
import { recoverMachines } from "../recover.ts";
import { isRejection } from "../rejection.ts";
import { coreMachine, residualMachine } from "./residual.ts";
import { suffixTree } from "./suffixes.ts";

const kernels = await loadKernels();

/**
 * Of the two, one more of the ones or of the zeros so far: a walk on a line, of which the sign is
 * seen.
 */
const majority = () =>
  counterSystem(
    bits,
    10,
    (a, x) => a + 2 * x - 1,
    (a) => (a > 0 ? 1 : 0),
  );

function found<T extends object>(result: T | { readonly rejected: string }): T {
  if (isRejection(result)) throw new Error(result.rejected);
  return result as T;
}

test("all suffixes, or a sample that repeats every symbol", () => {
  const all = suffixTree(3, 4, { mostNodes: 1000, seed: 1 });
  expect(all.ends).toEqual([0, 3, 12, 39, 120]);
  const sampled = suffixTree(20, 5, { mostNodes: 500, seed: 1 });
  expect(sampled.ends.slice(0, 3)).toEqual([0, 20, 420]);
  const words = Array.from(sampled.parents, (_, node) => {
    const word: number[] = [];
    for (let n = node; n >= 0; n = sampled.parents[n]) word.unshift(sampled.symbols[n]);
    return word.join();
  });
  expect(new Set(words).size).toBe(words.length);
  for (let s = 0; s < 20; s++) expect(words).toContain([s, s, s, s, s].join());
  expect(words.length).toBeLessThanOrEqual(420 + 3 * 256);
  expect(suffixTree(20, 5, { mostNodes: 500, seed: 1 })).toEqual(sampled);
  // the tree of fewer levels is the beginning
  expect(suffixTree(20, 4, { mostNodes: 500, seed: 1 }).ends).toEqual(sampled.ends.slice(0, 5));
});

test("a counter modulo 5 closes, and is small", () => {
  const system = counterSystem(
    bits,
    12,
    (a, x) => (a + x) % 5,
    (a) => (a === 4 ? 1 : 0),
  );
  const { machine, closed, lookAhead } = found(residualMachine(system, { seed: 1 }));
  expect(closed).toBe(true);
  expect(lookAhead).toBe(4);
  expect(machine.stateCount).toBe(5);
  expect(isComplete(machine)).toBe(true);
});

test("a counter that the length bounds is not closed, and right on all words", () => {
  const system = majority();
  const result = found(residualMachine(system, { seed: 1 }));
  expect(result.closed).toBe(false);
  // -5 to 5, each known by half the length of look-ahead
  expect(result.coreStates).toBe(11);
  const [agreement] = machineAgreement(system, [result.machine], { seed: 1 });
  expect(agreement).toEqual({ words: 1024, exhaustive: true, right: 1024, unknown: 0, wrong: 0 });
  // the core alone is the line from -5 to 5, its ends open
  const core = coreMachine(result);
  expect(core.stateCount).toBe(11);
  expect(core.transitions.filter((target) => target < 0)).toHaveLength(4);
  for (let position = -5; position <= 5; position++) {
    let state = core.initial;
    for (let i = 0; i < Math.abs(position); i++) {
      state = core.transitions[2 * state + (position > 0 ? 1 : 0)];
    }
    if (Math.abs(position) === 5) continue;
    // up and down again, except over the last step
    const up = core.transitions[2 * state + 1];
    if (position < 4) expect(core.transitions[2 * up]).toBe(state);
  }
});

test("blobs of a counter that the length bounds are cut where they could be new states", () => {
  const result = found(blobMachine(majority(), { kernels, seed: 1 }));
  expect(result.closed).toBe(false);
  const [agreement] = machineAgreement(majority(), [result.machine], { seed: 1 });
  expect(agreement.wrong).toBe(0);
  expect(agreement.unknown).toBeGreaterThan(0);
  const { comparison, chosen } = recoverMachines(majority(), { kernels, seed: 1 });
  expect(comparison?.verdict).toBe("compatible");
  expect(chosen).toBe("residual");
});

test("no word longer than the trained length is asked", () => {
  let longest = 0;
  // the state counts the steps too: it is never the same twice
  const system = counterSystem(
    bits,
    9,
    (a, x) => a + 100 + (x && a % 100 < 50 ? 1 : 0),
    (a) => a % 3,
    (a) => {
      longest = Math.max(longest, Math.floor(a / 100));
    },
  );
  recoverMachines(system, { kernels, seed: 1 });
  expect(longest).toBe(9);
});

test("too many states are a rejection", () => {
  const system = counterSystem(
    bits,
    10,
    (a, x) => 2 * a + x + 1,
    (a) => a,
  );
  const options = { seed: 1, maximumStates: 50 };
  expect(residualMachine(system, options)).toEqual({ rejected: "machine: more than 50 states" });
  expect(blobMachine(system, { kernels, seed: 1, maximumBlobs: 50 })).toMatchObject({
    rejected: expect.stringMatching(/^machine: /),
  });
});

test("a look-ahead that happens to be stable is caught by words, and by all words", () => {
  // only six ones in a row and two zeros after them show what was counted
  const step = (a: number, x: number) => (a >= 6 ? (x ? 6 : a + 1) : x ? a + 1 : 0);
  const system = counterSystem(
    bits,
    14,
    (a, x) => (a >= 8 ? 8 : step(a, x)),
    (a) => (a === 8 ? 1 : 0),
  );
  const { residual } = recoverMachines(system, { kernels, seed: 1 });
  const { agreement, machine } = found(residual);
  expect(agreement).toMatchObject({ exhaustive: true, wrong: 0, unknown: 0 });
  expect(machine.stateCount).toBeGreaterThanOrEqual(9);
});
