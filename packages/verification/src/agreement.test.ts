import { loadKernels } from "@latticode/kernels";
import { recurrentOf } from "@latticode/network";
import type { Program } from "@latticode/program";
import { add, input, integer, minimum, multiply, state } from "@latticode/program";
import { describe, expect, test } from "vitest";
import { verifyAgreement } from "./agreement.ts";

const kernels = await loadKernels();

// h = h + x, y = max(h, 0): not linear, so that nothing but labels tells how far it is right
const runningSum = recurrentOf(
  {
    shape: {
      ...{ inputDim: 1, outputDim: 1, hiddenDim: 1 },
      ...{ hiddenDepth: 1, hiddenWidth: 0, outputDepth: 2, outputWidth: 1 },
    },
    weights: Float64Array.of(1, 1, 0, 1, 0, 1, 0),
    initial: Float64Array.of(0),
    seed: 0,
  },
  { kernels },
);

function programOf(value: Program["updates"][number]["value"]): Program {
  return {
    inputDim: 1,
    state: [{ name: "a", initial: 0 }],
    order: "in-place",
    updates: [{ target: "a", value }],
    outputs: [state("a")],
  };
}

const sum = add(state("a"), input(0));
const verify = (program: Program, max: number, length: number) => {
  const columns = [{ kind: "range", min: 0, max }] as const;
  return verifyAgreement(program, runningSum, { columns, length }, { seed: 3 });
};

describe("where there are few words, all of them are looked at", () => {
  test("a program that agrees", async () => {
    expect(await verify(programOf(sum), 1, 10)).toMatchObject({
      checks: [
        {
          name: "words",
          description: "against the network's rounded outputs on all input sequences of length 10",
          ...{ sequences: 1024, positions: 10_240, wrong: 0, passed: true, proven: false },
        },
        { name: "drift", sequences: 208, agreeing: 208 },
        { name: "drift", sequences: 48, agreeing: 48 },
      ],
      passed: true,
      statement:
        "agrees with the network on all 1,024 input sequences of length 10; there were no labels",
    });
  });

  test("a program that is wrong on one word of 59,049 only", async () => {
    const verification = await verify(programOf(minimum(sum, integer(19))), 2, 10);
    expect(verification).toMatchObject({
      passed: false,
    });
    expect(verification.checks[0]).toMatchObject({ sequences: 59_049, wrong: 1 });
    expect(verification.statement).toMatch(/^disagrees with the network at 1 position of/);
    expect(verification.checks[0].firstCounterexample).toMatchObject({
      x: Array.from({ length: 10 }, () => [2]),
      position: 9,
    });
  });
});

describe("where there are many, fresh ones are", () => {
  test("a program that agrees", async () => {
    const verification = await verify(programOf(sum), 99, 10);
    expect(verification).toMatchObject({
      passed: true,
      checks: [
        { name: "words", sequences: 1_000_000, positions: 3_000_000 },
        { name: "network", sequences: 100_000 },
        { name: "edges", sequences: 40 },
        { name: "drift" },
        { name: "drift" },
      ],
    });
    expect(verification.statement).toBe(
      "agrees with the network on 1,100,040 sequences, not proven for all lengths; there were no labels",
    );
  });

  test("a program that disagrees", async () => {
    const verification = await verify(programOf(minimum(sum, integer(800))), 99, 10);
    expect(verification.passed).toBe(false);
    expect(verification.checks.find(({ name }) => name === "network")!.wrong).toBeGreaterThan(0);
  });
});

test("a program whose numbers explode is not run at lengths where no network follows, and it is said", async () => {
  const doubling = programOf(add(multiply(integer(2), state("a")), input(0)));
  const { checks } = await verify(doubling, 1, 4);
  const outcome =
    "not run: the program's numbers exceed 32 bits there, which no network can follow";
  expect(checks.slice(1)).toMatchObject([
    { name: "drift", sequences: 0, informational: true, outcome },
    { name: "drift", sequences: 0, informational: true, outcome },
  ]);

  // its text is run on 1,000 positions only where that is no matter of numbers of 300 digits
  const lengthsOfText = async (program: Program) => {
    let lengths: number[] = [];
    const runEmitted = async (_: unknown, __: number, sequences: readonly { length: number }[]) => {
      lengths = sequences.map(({ length }) => length);
      return [];
    };
    const columns = [{ kind: "range", min: 0, max: 1 }] as const;
    const options = { seed: 3, runEmitted };
    const code = { python: "", javascript: "" };
    await verifyAgreement(program, runningSum, { columns, length: 4 }, options, { code });
    return lengths;
  };
  expect(await lengthsOfText(doubling)).toEqual([4, 4, 100, 100]);
  expect(await lengthsOfText(programOf(sum))).toEqual([4, 4, 100, 100, 1000, 1000]);
});
