import type { Recurrent } from "@latticode/network";
import type { Expression, Program } from "@latticode/program";
import { add, floorDivide, input, integer, minimum, state, subtract } from "@latticode/program";
import { expect, test } from "vitest";
import { distanceToIntegers } from "./distance.ts";
import { productDomain } from "./domain.ts";
import { compareBeyond, horizonText } from "./horizon.ts";

const programOf = (value: Expression): Program => ({
  ...{ inputDim: 1, state: [{ name: "a", initial: 0 }], order: "in-place" },
  ...{ updates: [{ target: "a", value }], outputs: [state("a")] },
});
const count = programOf(add(state("a"), input(0)));

/** Its outputs are a function of the ones so far and of the position, from 1. */
function counter(outputAt: (ones: number, position: number) => number): Recurrent {
  const run: Recurrent["run"] = (x, words, length) => {
    const y = new Float64Array(words * length);
    for (let s = 0; s < words; s++) {
      let ones = 0;
      for (let t = 0; t < length; t++) {
        ones += x[s * length + t];
        y[s * length + t] = outputAt(ones, t + 1);
      }
    }
    return { h: y.slice(), y };
  };
  const step = () => {
    throw new Error("not asked for");
  };
  return {
    ...{ inputDim: 1, outputDim: 1, hiddenDim: 1, initial: Float64Array.of(0), affine: "none" },
    ...{ step, run },
  };
}

const bits = productDomain([[0, 1]], 8);
const beyond = (program: Program, network: Recurrent) =>
  compareBeyond(program, network, bits, { seed: 1 });

test("words get longer up to 10^7 steps while nothing drifts", async () => {
  const horizon = await beyond(
    count,
    counter((ones) => ones),
  );
  expect(horizon).toEqual({ length: 2048, words: 16_000, steady: 2048 });
  expect(horizonText(horizon, bits)).toBe(
    "also equal on 16,000 longer words, up to length 2,048; no output drifts from the integers",
  );
});

test("the shortest word on which they differ near integers is told", async () => {
  const network = counter((ones) => Math.min(ones, 10) + 0.05);
  const horizon = await beyond(count, network);
  const word = new Int32Array(11).fill(1);
  expect(horizon.differs).toEqual({ word, program: [11], network: [10] });
  expect(horizonText(horizon, bits)).toBe(
    "the program differs from the network on longer words; the shortest has length 11: after [1,1,1,1,1,1,1,1,1,1,1] the program gives 11, the network 10",
  );
  const saturating = programOf(minimum(add(state("a"), input(0)), integer(10)));
  expect((await beyond(saturating, network)).differs).toBeUndefined();
});

test("a program that fails differs where it does", async () => {
  const failing = programOf(
    add(add(state("a"), input(0)), floorDivide(integer(0), subtract(state("a"), integer(9)))),
  );
  const { differs } = await beyond(
    failing,
    counter((ones) => ones),
  );
  expect(differs).toEqual({
    ...{ word: new Int32Array(10).fill(1), program: ["fails"], network: [10] },
  });
});

test("a word is not believed from its first output in between on, to 4 times the length", async () => {
  // in between at position 20, an integer again and another one after it
  const network = counter((ones, position) =>
    position < 20 ? ones : position === 20 ? ones + 0.2 : ones + 1,
  );
  const horizon = await beyond(count, network);
  expect(horizon).toEqual({ length: 32, words: 4000, steady: 19 });
  expect(horizonText(horizon, bits)).toBe(
    "the network drifts: beyond length 19, some outputs are not near integers; before such an output, the program is equal on 4,000 longer words, up to length 32",
  );
});

test("numbers beyond 32 bits are not compared", async () => {
  const network = counter((ones, position) => (position < 12 ? ones : 2 ** 31));
  expect(await beyond(count, network)).toEqual({ length: 32, words: 4000, steady: 11 });
});

test("words longer than networks are run on are not looked at", async () => {
  const domain = productDomain([[0, 1]], 4096);
  const network = counter((ones) => ones);
  const horizon = await compareBeyond(count, network, domain, { seed: 1 });
  expect(horizon).toEqual({ length: 4096, words: 0, steady: 4096 });
  expect(horizonText(horizon, domain)).toBe("no words longer than 4096 were compared");
});

test("the distance to integers is taken over all words, or random ones and those at the edges", async () => {
  // rare: only on the word of eight ones
  const rare = counter((ones) => (ones === 8 ? 8.4 : ones));
  expect(await distanceToIntegers(rare, bits, { seed: 1 })).toEqual({
    largest: expect.closeTo(0.4, 12),
    ...{ words: 256, exhaustive: true, integersUpTo: 7 },
  });
  const long = productDomain([[0, 1]], 30);
  const edge = counter((ones) => (ones === 30 ? 30.3 : ones));
  const drawn = await distanceToIntegers(edge, long, { seed: 1, words: 1000 });
  expect(drawn).toMatchObject({ exhaustive: false, integersUpTo: 29 });
  expect(drawn.largest).toBeCloseTo(0.3, 12);
  expect(drawn.words).toBeGreaterThan(1000);
  const huge = counter(() => 2 ** 31);
  expect((await distanceToIntegers(huge, bits, { seed: 1 })).largest).toBe(Infinity);
  const none = counter(() => Number.NaN);
  expect((await distanceToIntegers(none, bits, { seed: 1 })).largest).toBe(Infinity);
});
