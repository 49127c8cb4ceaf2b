import { drawIntegers } from "@latticode/program";
import { type Integer, labelSequence, type Task, tasks } from "@latticode/tasks";
import { expect, test } from "vitest";

// A second, independent definition of every task: the output at position t as a formula over the
// whole sequence, without a state. Rows of inputs in, a row of outputs at position t out.

type Column = readonly number[];
type Formula = (columns: readonly Column[], t: number) => readonly Integer[];

/** A formula over the only column up to and including position t. */
function prefix(output: (seen: Column, t: number) => Integer): Formula {
  return ([x], t) => [output(x.slice(0, t + 1), t)];
}

const sum = (values: Column) => values.reduce((total, value) => total + value, 0);
const count = (values: Column, wanted: (value: number) => boolean) => values.filter(wanted).length;
const magnitude = (value: number) => (value < 0 ? -value : value);

/** The value of digits, least significant first. */
function numberOf(digits: Column, base: number): bigint {
  return digits.reduceRight((value, digit) => value * BigInt(base) + BigInt(digit), 0n);
}

function digitOfSum(base: number): Formula {
  return ([a, b], t) => [
    Number(((numberOf(a, base) + numberOf(b, base)) / BigInt(base) ** BigInt(t)) % BigInt(base)),
  ];
}

function parityOfLast(window: number): Formula {
  return prefix((seen) => count(seen.slice(-window), (x) => x === 1) % 2);
}

function sumOfLast(window: number): Formula {
  return prefix((seen) => sum(seen) - sum(seen.slice(0, Math.max(0, seen.length - window))));
}

function earlier(distance: number): Formula {
  return ([x], t) => [x[t - distance] ?? 0];
}

function alternating(...patterns: readonly string[]): Formula {
  return prefix((seen) =>
    Number(patterns.some((pattern) => `0000${seen.join("")}`.endsWith(pattern))),
  );
}

function mostFrequent(largest: number): Formula {
  return prefix((seen) => {
    const frequency = (value: number) => count(seen, (x) => x === value);
    const values = Array.from({ length: largest + 1 }, (_, value) => value);
    return values.sort((a, b) => frequency(b) - frequency(a) || a - b)[0];
  });
}

/** The last bit of the quotient of the number read so far is the digit that belongs here. */
function quotientBit(divisor: bigint): Formula {
  return prefix((seen) => Number((numberOf([...seen].reverse(), 2) / divisor) % 2n));
}

function sumModulo(modulus: number): Formula {
  return prefix((seen) => sum(seen) % modulus);
}

/** Position as a convolution of the forces with the response to an impulse `age` steps ago. */
function response(impulse: (age: number) => number, force: (x: number) => number): Formula {
  return prefix((seen, t) => sum(seen.map((x, i) => impulse(t - i) * force(x))));
}

/** (1 + i)^n, from (1 + i)^8 = 16. */
function powerOfOnePlusI(n: number): readonly [real: bigint, imaginary: bigint] {
  const reals = [1n, 1n, 0n, -2n, -4n, -4n, 0n, 8n];
  const imaginaries = [0n, 1n, 2n, 2n, 0n, -4n, -8n, -8n];
  const scale = 16n ** BigInt(Math.floor(n / 8));
  return [reals[n % 8] * scale, imaginaries[n % 8] * scale];
}

// With complex numbers for the plane, v_t = (1 + i) v_(t-1) + x_t, and the sum of the powers 0 to n
// of z = 1 + i is (z^(n+1) - 1) / i.
const magnetic: Formula = ([x1, x2], t) => {
  let real = 0n;
  let imaginary = 0n;
  for (let i = 0; i <= t; i++) {
    const [a, b] = powerOfOnePlusI(t - i + 1);
    real += b * BigInt(x1[i]) - (1n - a) * BigInt(x2[i]);
    imaginary += b * BigInt(x2[i]) + (1n - a) * BigInt(x1[i]);
  }
  return [real, imaginary];
};

const formulas: Readonly<Record<string, Formula>> = {
  Binary_Addition: digitOfSum(2),
  Base_3_Addition: digitOfSum(3),
  Base_4_Addition: digitOfSum(4),
  Base_5_Addition: digitOfSum(5),
  Base_6_Addition: digitOfSum(6),
  Base_7_Addition: digitOfSum(7),
  Bitwise_Xor: ([a, b], t) => [Number(a[t] !== b[t])],
  Bitwise_Or: ([a, b], t) => [Math.max(a[t], b[t])],
  Bitwise_And: ([a, b], t) => [a[t] * b[t]],
  Bitwise_Not: ([x], t) => [Number(x[t] === 0)],
  Parity_Last2: parityOfLast(2),
  Parity_Last3: parityOfLast(3),
  Parity_Last4: parityOfLast(4),
  Parity_All: prefix((seen) => count(seen, (x) => x === 1) % 2),
  Parity_Zeros: prefix((seen) => count(seen, (x) => x === 0) % 2),
  Evens_Counter: prefix((seen) => count(seen, (x) => [0, 2, 4, 6, 8].includes(x))),
  Sum_All: prefix(sum),
  Sum_Last2: sumOfLast(2),
  Sum_Last3: sumOfLast(3),
  Sum_Last4: sumOfLast(4),
  Sum_Last5: sumOfLast(5),
  Sum_Last6: sumOfLast(6),
  Sum_Last7: sumOfLast(7),
  Current_Number: earlier(0),
  Prev1: earlier(1),
  Prev2: earlier(2),
  Prev3: earlier(3),
  Prev4: earlier(4),
  Prev5: earlier(5),
  Previous_Equals_Current: ([x], t) => [Number(x[t] === (t === 0 ? 0 : x[t - 1]))],
  Diff_Last2: ([x], t) => [t === 0 ? x[0] : x[t] - x[t - 1]],
  Abs_Diff: ([x], t) => [Math.max(x[t], x[t - 1] ?? 0) - Math.min(x[t], x[t - 1] ?? 0)],
  Abs_Current: ([x], t) => [magnitude(x[t])],
  Diff_Abs_Values: ([x], t) => [magnitude(x[t]) - magnitude(x[t - 1] ?? 0)],
  Min_Seen: prefix((seen) => seen.toSorted((a, b) => a - b)[0]),
  Max_Seen: prefix((seen) => seen.toSorted((a, b) => b - a)[0]),
  Majority_0_1: mostFrequent(1),
  Majority_0_2: mostFrequent(2),
  Majority_0_3: mostFrequent(3),
  Evens_Detector: ([x], t) => [1 - (x[t] % 2)],
  Perfect_Square_Detector: ([x], t) => [Number(Number.isInteger(Math.sqrt(x[t])))],
  Bit_Palindrome: prefix((seen) => Number(seen.join() === seen.toReversed().join())),
  Balanced_Parenthesis: prefix((seen) => {
    let text = seen.map((x) => "()"[x]).join("");
    while (text.includes("()")) text = text.replaceAll("()", "");
    return Number(text === "");
  }),
  Parity_Bits_Mod2: prefix((_, t) => t % 2),
  Alternating_Last3: alternating("010", "101"),
  Alternating_Last4: alternating("0101", "1010"),
  Bit_Shift_Right: earlier(1),
  Bit_Dot_Prod_Mod2: ([a, b], t) => [sum(a.slice(0, t + 1).map((bit, i) => bit * b[i])) % 2],
  Div_3: quotientBit(3n),
  Div_5: quotientBit(5n),
  Div_7: quotientBit(7n),
  Add_Mod_3: sumModulo(3),
  Add_Mod_4: sumModulo(4),
  Add_Mod_5: sumModulo(5),
  Add_Mod_6: sumModulo(6),
  Add_Mod_7: sumModulo(7),
  Add_Mod_8: sumModulo(8),
  Dithering: prefix((seen) => Math.floor(sum(seen) / 15) - Math.floor(sum(seen.slice(0, -1)) / 15)),
  Newton_Freebody: response(
    (age) => age + 1,
    (x) => x,
  ),
  Newton_Gravity: response(
    (age) => age + 1,
    (x) => x - 1,
  ),
  // p_t = p_(t-1) - p_(t-2) + x_t, of period 6.
  Newton_Spring: response(
    (age) => [1, 1, 0, -1, -1, 0][age % 6],
    (x) => x,
  ),
  Newton_Magnetic: magnetic,
};

/** Compares labels as text: quick, and a bigint equals the number of its value. */
function expectLabels(task: Task, x: Column, length: number): void {
  const columns = Array.from({ length: task.inputDim }, (_, i) =>
    Array.from({ length }, (_, t) => x[t * task.inputDim + i]),
  );
  const expected = Array.from({ length }, (_, t) => formulas[task.name](columns, t)).flat();
  const labels = labelSequence(task, x, length);
  expect(labels.join(), `inputs ${x.join()}`).toBe(expected.join());
}

test.each(tasks)("$name agrees with its formula on random sequences of length 1 to 30", (task) => {
  const [low, high] = task.inputRange;
  for (let length = 1; length <= 30; length++) {
    for (let repeat = 0; repeat < 2; repeat++) {
      const draw = drawIntegers(11, 2 * length + repeat);
      const uniform = Array.from({ length: length * task.inputDim }, () => draw(low, high));
      expectLabels(task, uniform, length);
      const own = task.drawInputs?.(draw, length);
      if (own !== undefined) expectLabels(task, own, length);
    }
  }
});

test.each(tasks)("$name agrees with its formula at lengths 100 and 1000", (task) => {
  const [low, high] = task.inputRange;
  const draw = drawIntegers(13, 0);
  const x = Array.from({ length: 1000 * task.inputDim }, () => draw(low, high));
  const columns = Array.from({ length: task.inputDim }, (_, i) =>
    x.filter((_, j) => j % task.inputDim === i),
  );
  const labels = labelSequence(task, x, 1000);
  expect(labels.slice(0, 100 * task.outputDim)).toEqual(
    labelSequence(task, x.slice(0, 100 * task.inputDim), 100),
  );
  for (const t of [0, 49, 99, 500, 999]) {
    const expected = formulas[task.name](columns, t).join();
    expect(labels.slice(t * task.outputDim, (t + 1) * task.outputDim).join(), `at ${t}`).toBe(
      expected,
    );
  }
});

const bitTasks = tasks.filter((task) => task.inputDim === 1 && task.inputRange[1] === 1);

test.each(bitTasks)("$name agrees with its formula on all 512 sequences of 9 bits", (task) => {
  for (let word = 0; word < 512; word++) {
    expectLabels(
      task,
      Array.from({ length: 9 }, (_, t) => (word >> t) & 1),
      9,
    );
  }
});

test("Newton_Magnetic is exact far beyond the safe integers", () => {
  const task = tasks.find(({ name }) => name === "Newton_Magnetic");
  expect(task).toBeDefined();
  const draw = drawIntegers(12, 0);
  const x = Array.from({ length: 2 * 300 }, () => draw(-10, 10));
  expectLabels(task!, x, 300);
  const labels = labelSequence(task!, x, 300);
  expect(labels.some((label) => typeof label === "bigint")).toBe(true);
  for (const label of labels) {
    expect(typeof label).toBe(Number.isSafeInteger(Number(label)) ? "number" : "bigint");
  }
});
