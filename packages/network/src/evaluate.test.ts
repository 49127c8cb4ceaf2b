import { expect, test } from "vitest";
import { evaluateInTurns, evaluateNetwork } from "./evaluate.ts";
import type { Recurrent } from "./recurrent.ts";

/** A network whose outputs are its inputs and `error`. */
function echo(error: number, counts: number[] = []): Recurrent {
  return {
    ...{ inputDim: 1, outputDim: 1, hiddenDim: 1, initial: Float64Array.of(0), affine: "both" },
    step: (h, x) => ({ h, y: x }),
    run(x, count) {
      counts.push(count);
      return { h: new Float64Array(x.length), y: Float64Array.from(x, (value) => value + error) };
    },
  };
}

const sizes = { count: 2, length: 2, inputDim: 1, outputDim: 1 };

test("an evaluation counts right outputs and finds the largest error", () => {
  const x = Int32Array.of(6, -1, 4, 2);
  // errors of 0.25, 0.25, 1.25 and 0.25
  const y = Int32Array.of(6, -1, 3, 2);
  expect(evaluateNetwork(echo(0.25), { ...sizes, x, y })).toEqual({ accuracy: 0.75, margin: 1.25 });
});

test("an error of one half is not right, and an output that is no number is wrong by Infinity", () => {
  const x = Int32Array.of(6, -1, 3, 2);
  expect(evaluateNetwork(echo(0.5), { ...sizes, x, y: x })).toEqual({ accuracy: 0, margin: 0.5 });
  expect(evaluateNetwork(echo(Number.NaN), { ...sizes, x, y: x })).toEqual({
    accuracy: 0,
    margin: Number.POSITIVE_INFINITY,
  });
});

test("long sequences are run in parts, the host has a turn before each, and all of them count", async () => {
  const length = 1 << 15;
  const x = Int32Array.from({ length: 5 * length }, (_, i) => i % 7);
  const y = x.slice();
  y[4 * length]++;
  const examples = { ...sizes, count: 5, length, x, y };
  const counts: number[] = [];
  let turns = 0;
  const giveWay = async () => {
    turns++;
  };
  const evaluation = await evaluateInTurns(echo(0, counts), examples, giveWay);
  expect(evaluation).toEqual({ accuracy: 1 - 1 / (5 * length), margin: 1 });
  expect(evaluateNetwork(echo(0), examples)).toEqual(evaluation);
  expect(counts).toEqual([2, 2, 1]);
  expect(turns).toBe(3);
});

test("an evaluation in turns ends with what a turn throws", async () => {
  const x = new Int32Array(4);
  const stop = () => Promise.reject(new Error("stopped"));
  const evaluation = evaluateInTurns(echo(0), { ...sizes, x, y: x }, stop);
  await expect(evaluation).rejects.toThrow("stopped");
});
