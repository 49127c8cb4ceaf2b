import type { Recurrence } from "@latticode/machines";
import { programCost } from "@latticode/program";
import { proveAgainstRecurrence } from "@latticode/verification";
import { expect, test } from "vitest";
import { delayListProgram } from "./delay-list.ts";

/** Keeps n inputs and puts out a weighted sum of the current one and those. */
function delayLine(weights: readonly number[]): Recurrence {
  const n = weights.length;
  return {
    ...{ stateDim: n, inputDim: 1, outputDim: 1 },
    initial: new Array<number>(n).fill(0),
    transition: Array.from({ length: n }, (_, i) =>
      Array.from({ length: n }, (_, j) => (i === j + 1 ? 1 : 0)),
    ),
    input: Array.from({ length: n }, (_, i) => [i === 0 ? 1 : 0]),
    offset: new Array<number>(n).fill(0),
    output: [weights],
    outputOffset: [0],
  };
}

test("sums of a window and inputs of some positions ago are lists", () => {
  for (let n = 2; n <= 6; n++) {
    const sum = delayLine(new Array<number>(n).fill(1));
    const last = delayLine(Array.from({ length: n }, (_, i) => (i === n - 1 ? 1 : 0)));
    for (const [recurrence, cost] of [
      [sum, 7],
      [last, 8],
    ] as const) {
      const program = delayListProgram(recurrence)!;
      expect(programCost(program)).toBe(cost);
      expect(program.state[0].initial).toHaveLength(n);
      expect(proveAgainstRecurrence(program, recurrence).equal).not.toBe(false);
    }
  }
});

test("other recurrences are none", () => {
  const sum = delayLine([1, 1, 1]);
  const others: Recurrence[] = [
    delayLine([1, 2, 1]),
    delayLine([1, 0, 1]),
    delayLine([0, 0, 2]),
    delayLine([1]),
    // a running sum: its response does not end
    { ...delayLine([1]), transition: [[1]] },
    { ...sum, outputOffset: [1] },
    { ...sum, offset: [0, 1, 0] },
    { ...sum, initial: [0, 1, 0] },
  ];
  for (const recurrence of others) expect(delayListProgram(recurrence)).toBeUndefined();
});

test("constants that cancel do no harm", () => {
  const sum = delayLine([1, 1]);
  // z is moved by (1, 2)
  const moved: Recurrence = {
    ...sum,
    initial: [1, 2],
    offset: [1, 1],
    outputOffset: [-3],
  };
  expect(delayListProgram(moved)).toEqual(delayListProgram(sum));
});
