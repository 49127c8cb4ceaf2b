import type { Recurrent } from "@latticode/network";
import type { Expression, Program } from "@latticode/program";
import { add, input, integer, minimum, state } from "@latticode/program";
import { expect, test } from "vitest";
import { productDomain } from "./domain.ts";
import { relate } from "./relation.ts";

const programOf = (value: Expression): Program => ({
  ...{ inputDim: 1, state: [{ name: "a", initial: 0 }], order: "in-place" },
  ...{ updates: [{ target: "a", value }], outputs: [state("a")] },
});
const next = add(state("a"), input(0));

/** Counts, and stops at a number. */
function counter(most: number): Recurrent {
  const advance = (h: number, x: number) => Math.min(h + x, most);
  return {
    ...{ inputDim: 1, outputDim: 1, hiddenDim: 1, initial: Float64Array.of(0), affine: "none" },
    step(h, x) {
      const after = h.map((value, i) => advance(value, x[i]));
      return { h: after, y: Int32Array.from(after) };
    },
    run(x, count, length) {
      const h = new Float64Array(count * length);
      for (let s = 0; s < count; s++) {
        let value = 0;
        for (let t = 0; t < length; t++) {
          value = advance(value, x[s * length + t]);
          h[s * length + t] = value;
        }
      }
      return { h, y: h.slice() };
    },
  };
}

const bits = productDomain([[0, 1]], 8);

test("equal on all words of the length", async () => {
  expect(await relate(programOf(next), counter(8), bits, { seed: 1 })).toEqual({
    ...{ kind: "exhaustive", length: 8, words: 256 },
  });
});

test("equal on random words where all are too many, which is not more than that", async () => {
  const options = { seed: 1, mostWords: 100, words: 3000 };
  expect(await relate(programOf(next), counter(8), bits, options)).toEqual({
    ...{ kind: "sampled", length: 8, words: 3000, exhaustive: 6 },
  });
});

test("the shortest word on which they differ, with both outputs", async () => {
  const limited = programOf(minimum(next, integer(5)));
  const found = await relate(limited, counter(8), bits, { seed: 1 });
  expect(found).toEqual({
    ...{ kind: "differs", word: Int32Array.of(1, 1, 1, 1, 1, 1), program: [5], network: [6] },
  });
  // found by random words too, where only shorter ones are all compared
  const sampled = await relate(limited, counter(8), bits, { seed: 1, mostWords: 8, words: 5000 });
  expect(sampled).toMatchObject({ kind: "differs", program: [5], network: [6] });
});

test("words that cannot occur are not compared", async () => {
  const order = { starts: Uint8Array.of(1, 1), follows: Uint8Array.of(1, 1, 1, 0) };
  // four ones at the most where no two follow each other
  const found = await relate(programOf(next), counter(4), { ...bits, order }, { seed: 1 });
  expect(found).toEqual({ kind: "exhaustive", length: 8, words: 55 });
});
