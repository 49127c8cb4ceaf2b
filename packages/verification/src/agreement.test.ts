import { loadKernels } from "@latticode/kernels";
import { recurrentOf } from "@latticode/network";
import type { Program } from "@latticode/program";
import { add, input, integer, minimum, multiply, state } from "@latticode/program";
import { describe, expect, test } from "vitest";
import { verifyAgreement } from "./agreement.ts";
import { productDomain } from "./claims/domain.ts";

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
  const domain = productDomain([{ min: 0, max }], length);
  return verifyAgreement(program, runningSum, { domain }, { seed: 3 });
};

describe("where there are few words, all of them are looked at", () => {
  test("a program that agrees", async () => {
    expect(await verify(programOf(sum), 1, 10)).toMatchObject({
      relation: { kind: "exhaustive", length: 10, words: 1024 },
      checks: [
        { name: "drift", sequences: 208, agreeing: 208 },
        { name: "drift", sequences: 48, agreeing: 48 },
      ],
      passed: true,
      statement: "equal to the network on all 1,024 words of length 10; there were no labels",
    });
  });

  test("a program that is wrong on one word of 59,049 only", async () => {
    const verification = await verify(programOf(minimum(sum, integer(19))), 2, 10);
    expect(verification).toMatchObject({
      passed: false,
      relation: { kind: "differs", program: [19], network: [20] },
      statement:
        "differs from the network after [2,2,2,2,2,2,2,2,2,2]: the program gives 19, the network 20; there were no labels",
    });
    expect(verification.relation).toHaveProperty("word", new Int32Array(10).fill(2));
  });
});

describe("where there are many, fresh ones are", () => {
  test("a program that agrees", async () => {
    const verification = await verify(programOf(sum), 99, 10);
    expect(verification).toMatchObject({
      passed: true,
      // a hundred numbers to the power of 3 are a million words, to that of 4 too many
      relation: { kind: "sampled", length: 10, words: 100_000, exhaustive: 3 },
      checks: [{ name: "drift" }, { name: "drift" }],
    });
    expect(verification.statement).toBe(
      "equal to the network on 100,000 random words of length 10; there were no labels",
    );
  });

  test("a program that disagrees", async () => {
    const { passed, relation } = await verify(programOf(minimum(sum, integer(800))), 99, 10);
    expect(passed).toBe(false);
    if (relation.kind !== "differs") throw new Error(`relation is ${relation.kind}`);
    const total = relation.word.reduce((total, x) => total + x, 0);
    expect(total).toBeGreaterThan(800);
    expect(relation).toMatchObject({ program: [800], network: [total] });
  });
});

test("a program whose numbers explode is not run at lengths where no network follows, and it is said", async () => {
  const doubling = programOf(add(multiply(integer(2), state("a")), input(0)));
  const { checks } = await verify(doubling, 1, 4);
  const outcome =
    "not run: the program's numbers exceed 32 bits there, which no network can follow";
  expect(checks).toMatchObject([
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
    const domain = productDomain([{ min: 0, max: 1 }], 4);
    const options = { seed: 3, runEmitted };
    const code = { python: "", javascript: "" };
    await verifyAgreement(program, runningSum, { domain }, options, { code });
    return lengths;
  };
  expect(await lengthsOfText(doubling)).toEqual([4, 4, 100, 100]);
  expect(await lengthsOfText(programOf(sum))).toEqual([4, 4, 100, 100, 1000, 1000]);
});
