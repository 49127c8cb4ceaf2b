import { expect, test } from "vitest";
import {
  drawSequences,
  findTask,
  labelSequence,
  sampleLonger,
  sampleTask,
  tasks,
} from "./index.ts";

const addition = findTask("Binary_Addition")!;

test("a few sequences are pinned, so that every runtime and release draws them", () => {
  expect([...sampleTask(addition, { count: 2, length: 5, seed: 1 }).x]).toEqual([
    0, 0, 0, 1, 1, 0, 1, 1, 0, 1, 0, 0, 1, 1, 1, 0, 0, 0, 1, 0,
  ]);
  expect([...sampleTask(findTask("Diff_Last2")!, { count: 1, seed: 2 ** 40 + 3 }).x]).toEqual([
    -59, 9, 54, 58, -54, -38, 34, -69, 9, -86,
  ]);
  expect([...sampleTask(findTask("Bit_Palindrome")!, { count: 2, seed: 7 }).x]).toEqual([
    0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 0, 1,
  ]);
  expect([...sampleTask(findTask("Newton_Magnetic")!, { count: 1, length: 4, seed: 5 }).y]).toEqual(
    [-9, 8, -32, 17, -59, -5, -59, -63],
  );
});

test.each(tasks)("$name: shape, range and labels of a sample", (task) => {
  const sample = sampleTask(task, { count: 300, seed: 6 });
  const { count, length, inputDim, outputDim, x, y } = sample;
  expect([count, length, inputDim, outputDim]).toEqual([
    300,
    task.length,
    task.inputDim,
    task.outputDim,
  ]);
  expect(x.length).toBe(count * length * inputDim);
  expect(y.length).toBe(count * length * outputDim);
  // 3,000 draws: either end of the widest range, 200 values, is missed once in three million.
  const [low, high] = task.inputRange;
  expect([Math.min(...x), Math.max(...x)]).toEqual([low, high]);
  const labels = Array.from({ length: count }, (_, i) => {
    const size = length * inputDim;
    return labelSequence(task, x.subarray(i * size, (i + 1) * size), length);
  });
  expect(y.join()).toBe(labels.flat().join());
});

test("a seed determines the sample; another seed gives another", () => {
  const options = { count: 50, seed: 8 };
  expect(sampleTask(addition, options)).toEqual(sampleTask(addition, options));
  expect(sampleTask(addition, options).x).not.toEqual(
    sampleTask(addition, { count: 50, seed: 9 }).x,
  );
  const high = { count: 50, seed: 8 + 2 ** 32 };
  expect(sampleTask(addition, options).x).not.toEqual(sampleTask(addition, high).x);
});

test("more or longer sequences begin with those drawn before", () => {
  const few = sampleTask(addition, { count: 5, seed: 8 });
  const many = sampleTask(addition, { count: 50, seed: 8 });
  expect(many.x.subarray(0, few.x.length)).toEqual(few.x);
  const short = sampleTask(addition, { count: 1, length: 6, seed: 8 });
  const long = sampleTask(addition, { count: 1, length: 60, seed: 8 });
  expect(long.x.subarray(0, short.x.length)).toEqual(short.x);
  expect(long.y.subarray(0, short.y.length)).toEqual(short.y);
});

test("Bit_Palindrome: every sequence begins with a palindrome, of every length equally often", () => {
  const task = findTask("Bit_Palindrome")!;
  const { count, length, y } = sampleTask(task, { count: 9000, seed: 10 });
  const longest = new Array<number>(length + 1).fill(0);
  for (let i = 0; i < count; i++)
    longest[1 + y.subarray(i * length, (i + 1) * length).lastIndexOf(1)]++;
  expect(longest.slice(0, 2)).toEqual([0, 0]);
  for (const observed of longest.slice(2)) expect(observed).toBeGreaterThan(0);
  // Length 10 whenever the prefix is whole, one in nine, or a shorter one's sequence is by chance.
  expect(longest[10] / count).toBeGreaterThan(1 / 9);
  expect(longest[10] / count).toBeLessThan(1 / 4);
  expect([...sampleTask(task, { count: 3, length: 1, seed: 1 }).y]).toEqual([1, 1, 1]);
});

test("a label that does not fit 32 bits is an error, not another number", () => {
  const magnetic = findTask("Newton_Magnetic")!;
  expect(() => sampleTask(magnetic, { count: 10, length: 100, seed: 1 })).toThrow(
    /^Newton_Magnetic: the label at position \d+ of sequence \d+ is -?\d+; examples hold magnitudes below 2\^31/,
  );
  expect(() => sampleTask(magnetic, { count: 200, length: 51, seed: 1 })).not.toThrow();
  for (const task of tasks) {
    if (task !== magnetic) sampleTask(task, { count: 2, length: 1000, seed: 1 });
  }
  // The largest of the others: a force of 10 on a free body throughout.
  const freebody = findTask("Newton_Freebody")!;
  expect(labelSequence(freebody, new Array(1000).fill(10), 1000).at(-1)).toBe(5_005_000);
});

test("a sample can be drawn in pieces", () => {
  const whole = sampleTask(addition, { count: 50, seed: 8 });
  const piece = sampleTask(addition, { count: 20, first: 30, seed: 8 });
  expect(piece.count).toBe(20);
  expect([...piece.x]).toEqual([...whole.x.subarray(30 * 20)]);
  expect([...piece.y]).toEqual([...whole.y.subarray(30 * 10)]);
});

test("sequences in runs reach what independent inputs hardly do, and leave the others as they are", () => {
  const task = findTask("Majority_0_3")!;
  const options = { count: 2000, seed: 4 };
  const [mixed, uniform] = [
    sampleTask(task, { ...options, runsEvery: 4 }),
    sampleTask(task, options),
  ];
  const { length } = mixed;
  const repeats = { 0: 0, 1: 0 };
  for (let i = 0; i < options.count; i++) {
    const x = [...mixed.x.subarray(i * length, (i + 1) * length)];
    expect([...mixed.y.subarray(i * length, (i + 1) * length)]).toEqual(
      labelSequence(task, x, length),
    );
    if (i % 4 > 0) expect(x).toEqual([...uniform.x.subarray(i * length, (i + 1) * length)]);
    repeats[i % 4 > 0 ? 0 : 1] += x.filter((value, t) => t > 0 && value === x[t - 1]).length;
  }
  // 1/4 of 9 positions, and 1/4 + 3/4 times the mean chance of 15/32
  expect(repeats[0] / 1500 / 9).toBeCloseTo(0.25, 1);
  expect(repeats[1] / 500 / 9).toBeCloseTo(0.6, 1);
  const palindromes = findTask("Bit_Palindrome")!;
  expect(sampleTask(palindromes, { ...options, runsEvery: 1 })).toEqual(
    sampleTask(palindromes, options),
  );
});

test("sequences are those of a sample, their labels of any size", () => {
  for (const name of ["Binary_Addition", "Bit_Palindrome"]) {
    const task = findTask(name)!;
    const options = { count: 5, first: 2, length: 7, seed: 8 };
    const sample = sampleTask(task, options);
    const drawn = [...drawSequences(task, options)];
    expect(drawn.flatMap(({ x }) => x)).toEqual([...sample.x]);
    expect(drawn.flatMap(({ y }) => y)).toEqual([...sample.y]);
  }
  const magnetic = findTask("Newton_Magnetic")!;
  const options = { count: 10, length: 100, seed: 1 };
  const labels = [...drawSequences(magnetic, options)].flatMap(({ y }) => y);
  expect(labels.some((label) => label > 2 ** 31)).toBe(true);
  expect(sampleLonger(magnetic, options)).toBeUndefined();
  expect(sampleLonger(addition, options)).toEqual(sampleTask(addition, options));
});

test.each([
  [{ count: 1, first: -1, seed: 1 }, "first is -1, not an integer from 0 to 4294967295"],
  [{ count: 2, first: 2 ** 32 - 1, seed: 1 }, "first is 4294967295, not an integer from 0 to"],
  [{ count: 0, seed: 1 }, "count is 0, not an integer from 1 to"],
  [{ count: 1.5, seed: 1 }, "count is 1.5"],
  [{ count: 1, length: 0, seed: 1 }, "length is 0, not an integer from 1 to"],
  [{ count: 1, length: Number.NaN, seed: 1 }, "length is NaN"],
  [{ count: 1, seed: -1 }, "seed is -1, not an integer from 0 to 9007199254740991"],
  [{ count: 1, seed: 2 ** 53 }, "seed is 9007199254740992"],
  [{ count: 1, seed: 1, runsEvery: 0 }, "runsEvery is 0, not an integer from 1 to 4294967296"],
])("options %j are rejected", (options, message) => {
  expect(() => sampleTask(addition, options)).toThrow(RangeError);
  expect(() => sampleTask(addition, options)).toThrow(message);
});
