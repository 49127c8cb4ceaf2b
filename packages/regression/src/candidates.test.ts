import { add, floorDivide, input, integer, modulo, state } from "@latticode/program";
import { describe, expect, test } from "vitest";
import { disturbOutputs, programOf, tracesOf } from "../testing/systems.ts";
import { collectCandidates, disagreement } from "./candidates.ts";

const [a, x] = [state("a"), input(0)];
const sum = programOf({ a: 0 }, [["a", add(a, x)]], [a]);
const longer = programOf({ a: 0 }, [["a", add(a, x)]], [add(a, integer(0))]);
const wrong = programOf({ a: 1 }, [["a", add(a, x)]], [a]);
const traces = tracesOf(sum, { count: 100, length: 20, low: 0, high: 9 });

describe("programs", () => {
  test("the cheapest that is right is the best, and lowers the bound", () => {
    const candidates = collectCandidates(traces, 20);
    expect(candidates.bound).toBe(20);
    candidates.offer(undefined, "none");
    candidates.offer(wrong, "wrong");
    expect(candidates.best).toBeUndefined();
    candidates.offer(longer, "first");
    expect(candidates.best).toEqual({ program: longer, stage: "first", cost: 8 });
    expect(candidates.bound).toBe(7);
    candidates.offer(sum, "second");
    candidates.offer(longer, "third");
    candidates.offer(sum, "fourth");
    expect(candidates.found.map(({ stage }) => stage)).toEqual(["first", "second"]);
    expect(candidates.best?.stage).toBe("second");
    expect(candidates.bound).toBe(5);
  });

  test("those beyond the bound are left", () => {
    const candidates = collectCandidates(traces, 7);
    candidates.offer(longer, "beyond");
    expect(candidates.best).toBeUndefined();
    candidates.offer(sum, "within");
    expect(candidates.best?.cost).toBe(6);
  });
});

describe("repairs", () => {
  test("a program that differs at 0.5 % of the positions is one, and no program", () => {
    const candidates = collectCandidates(disturbOutputs(traces, 0.005), 20);
    candidates.offer(longer, "first");
    candidates.offer(sum, "second");
    candidates.offer(longer, "third");
    expect(candidates.best).toBeUndefined();
    expect(candidates.found).toEqual([]);
    expect(candidates.bound).toBe(20);
    expect(candidates.repair).toEqual({
      ...{ program: sum, stage: "second", cost: 6 },
      disagreement: 0.005,
    });
  });

  test("at 2 % it is neither", () => {
    const candidates = collectCandidates(disturbOutputs(traces, 0.02), 20);
    candidates.offer(sum, "sum");
    expect(candidates.best).toBeUndefined();
    expect(candidates.repair).toBeUndefined();
  });

  test("it must be shorter than the program that is right", () => {
    const disturbed = { ...traces, y: traces.y.map((y, i) => (i === 30 ? y + 1 : y)) };
    const right = { ...traces, y: traces.y };
    const candidates = collectCandidates(right, 20);
    candidates.offer(longer, "right");
    candidates.offer(sum, "shorter");
    expect(candidates.repair).toBeUndefined();
    const noisy = collectCandidates(disturbed, 20);
    noisy.offer(sum, "shorter");
    expect(noisy.repair?.disagreement).toBe(1 / 2000);
  });
});

test("a program that fails somewhere disagrees", () => {
  const dividing = programOf({ a: 0 }, [["a", add(a, x)]], [floorDivide(integer(9), x)]);
  expect(disagreement(dividing, traces)).toBe(1);
  expect(disagreement(sum, traces)).toBe(0);
  expect(disagreement(programOf({}, [], [modulo(x, integer(2))]), traces)).toBe(1);
});
