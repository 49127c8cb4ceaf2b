import type { Traces } from "@latticode/network";
import type { Program } from "@latticode/program";
import { add, floorDivide, input, integer, modulo, state } from "@latticode/program";
import { describe, expect, test } from "vitest";
import { disturbOutputs, programOf, tracesOf } from "../testing/systems.ts";
import { collectCandidates, steadySlack } from "./candidates.ts";
import { disagreement } from "./disagreement.ts";

const [a, x] = [state("a"), input(0)];
const sum = programOf({ a: 0 }, [["a", add(a, x)]], [a]);
const longer = programOf({ a: 0 }, [["a", add(a, x)]], [add(a, integer(0))]);
const wrong = programOf({ a: 1 }, [["a", add(a, x)]], [a]);
const traces = tracesOf(sum, { count: 100, length: 20, low: 0, high: 9 });

/** Without a network that goes on, every program does. */
const among = (traces: Traces) => ({ traces, goesOn: () => true });
const by = (name: string) => ({ name, route: "black-box" }) as const;

describe("programs", () => {
  test("the cheapest that is right is the best, and lowers the bound", () => {
    const candidates = collectCandidates(among(traces), 20);
    expect(candidates.bound).toBe(20);
    candidates.offer({ program: wrong }, by("wrong"));
    expect(candidates.best).toBeUndefined();
    candidates.offer({ program: longer }, by("first"));
    expect(candidates.best).toEqual({
      ...{ program: longer, stage: "first", route: "black-box", cost: 8, goesOn: true },
    });
    expect(candidates.bound).toBe(7);
    candidates.offer({ program: sum }, by("second"));
    candidates.offer({ program: longer }, by("third"));
    candidates.offer({ program: sum }, by("fourth"));
    expect(candidates.found.map(({ stage }) => stage)).toEqual(["first", "second"]);
    expect(candidates.best?.stage).toBe("second");
    expect(candidates.bound).toBe(5);
  });

  test("one that goes on as the network does is looked for above a cheaper one that does not", () => {
    const goesOn = (program: Program) => program === longer;
    const candidates = collectCandidates({ traces, goesOn }, 20);
    candidates.offer({ program: sum }, by("short"));
    expect(candidates.best?.stage).toBe("short");
    expect(candidates.steady).toBeUndefined();
    expect(candidates.bound).toBe(6 + steadySlack);
    expect(candidates.offer({ program: longer }, by("steady"))).toBe("kept");
    expect(candidates.steady?.stage).toBe("steady");
    expect(candidates.best?.stage).toBe("short");
    expect(candidates.bound).toBe(7);
    expect(candidates.found.map(({ stage }) => stage)).toEqual(["short", "steady"]);
  });

  test("those beyond the bound are left", () => {
    const candidates = collectCandidates(among(traces), 7);
    candidates.offer({ program: longer }, by("beyond"));
    expect(candidates.best).toBeUndefined();
    candidates.offer({ program: sum }, by("within"));
    expect(candidates.best?.cost).toBe(6);
  });
});

describe("repairs", () => {
  test("a program that differs at 0.5 % of the positions is one, and no program", () => {
    const candidates = collectCandidates(among(disturbOutputs(traces, 0.005)), 20);
    candidates.offer({ program: longer }, by("first"));
    candidates.offer({ program: sum }, by("second"));
    candidates.offer({ program: longer }, by("third"));
    expect(candidates.best).toBeUndefined();
    expect(candidates.found).toEqual([]);
    expect(candidates.bound).toBe(20);
    expect(candidates.repair).toEqual({
      ...{ program: sum, stage: "second", cost: 6 },
      disagreement: 0.005,
    });
  });

  test("at 2 % it is neither", () => {
    const candidates = collectCandidates(among(disturbOutputs(traces, 0.02)), 20);
    candidates.offer({ program: sum }, by("sum"));
    expect(candidates.best).toBeUndefined();
    expect(candidates.repair).toBeUndefined();
  });

  test("it must be shorter than the program that is right", () => {
    const disturbed = { ...traces, y: traces.y.map((y, i) => (i === 30 ? y + 1 : y)) };
    const right = { ...traces, y: traces.y };
    const candidates = collectCandidates(among(right), 20);
    candidates.offer({ program: longer }, by("right"));
    candidates.offer({ program: sum }, by("shorter"));
    expect(candidates.repair).toBeUndefined();
    const noisy = collectCandidates(among(disturbed), 20);
    noisy.offer({ program: sum }, by("shorter"));
    expect(noisy.repair?.disagreement).toBe(1 / 2000);
  });
});

test("a program that fails somewhere disagrees", () => {
  const dividing = programOf({ a: 0 }, [["a", add(a, x)]], [floorDivide(integer(9), x)]);
  expect(disagreement(dividing, traces)).toBe(1);
  expect(disagreement(sum, traces)).toBe(0);
  expect(disagreement(programOf({}, [], [modulo(x, integer(2))]), traces)).toBe(1);
});

test("an error that is not the program's ends the run", () => {
  // what a mistake in the code that runs programs would look like
  const broken = new Proxy(new Int32Array(20), {
    get() {
      throw new TypeError("values is undefined");
    },
  });
  const x = Object.assign(traces.x.slice(), { subarray: () => broken });
  const candidates = collectCandidates(among({ ...traces, x }), 20);
  expect(() => candidates.offer({ program: sum }, by("sum"))).toThrow(TypeError);
  expect(candidates.best).toBeUndefined();
});

test("a finder hears what became of its programs", () => {
  const candidates = collectCandidates(among(traces), 20);
  const verdicts = [wrong, longer, sum, longer].map((program) =>
    candidates.offer({ program }, by("any")),
  );
  expect(verdicts).toEqual(["wrong", "kept", "kept", "dear"]);
});
