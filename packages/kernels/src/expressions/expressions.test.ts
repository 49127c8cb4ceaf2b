import {
  type Column,
  type ExpressionOperator,
  expressionOperators,
  loadKernels,
} from "@latticode/kernels";
import { expect, test } from "vitest";
import { randomIntegers, randomNumbers } from "../../../../test/reference.ts";

const kernels = await loadKernels();
const widths = [32, 64] as const;
type Width = (typeof widths)[number];

const arity = (op: ExpressionOperator) =>
  op === "if" ? 3 : ["negate", "abs", "not"].includes(op) ? 1 : 2;

/** One row in exact arithmetic; undefined for a divisor of 0. */
function evaluate(op: ExpressionOperator, args: readonly bigint[]): bigint | undefined {
  const [a, b, c] = args;
  const truth = (value: boolean) => (value ? 1n : 0n);
  const floor = () => (a % b !== 0n && a < 0n !== b < 0n ? a / b - 1n : a / b);
  switch (op) {
    case "negate":
      return -a;
    case "abs":
      return a < 0n ? -a : a;
    case "not":
      return truth(a === 0n);
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "//":
      return b === 0n ? undefined : floor();
    case "%":
      return b === 0n ? undefined : a - b * floor();
    case "min":
      // biome-ignore lint/complexity/useMathMinMax: Math.min takes no bigint
      return a < b ? a : b;
    case "max":
      // biome-ignore lint/complexity/useMathMinMax: Math.max takes no bigint
      return a > b ? a : b;
    case "==":
      return truth(a === b);
    case "<":
      return truth(a < b);
    case "and":
      return truth(a !== 0n && b !== 0n);
    case "or":
      return truth(a !== 0n || b !== 0n);
    case "xor":
      return a ^ b;
    case "if":
      return a !== 0n ? b : c;
  }
}

type Result = readonly bigint[] | "overflow" | "zero";

function evaluateColumns(op: ExpressionOperator, args: readonly Result[], width: Width): Result {
  const failed = args.find((arg) => typeof arg === "string");
  if (failed !== undefined) return failed;
  const columns = args as readonly (readonly bigint[])[];
  const values = columns[0].map((_, row) =>
    evaluate(
      op,
      columns.map((column) => column[row]),
    ),
  );
  if (values.includes(undefined)) return "zero";
  return values.every((v) => v === BigInt.asIntN(width, v!)) ? (values as bigint[]) : "overflow";
}

function column(values: readonly bigint[], width: Width): Column {
  return width === 32 ? Int32Array.from(values, Number) : BigInt64Array.from(values);
}

const bigints = (values: Column) => Array.from(values as Int32Array, BigInt);

/** Integers of many sizes, the largest and the smallest among them. */
function randomColumn(random: () => number, rows: number, width: Width): bigint[] {
  const kind = random();
  return Array.from({ length: rows }, () => {
    if (kind < 0.5) return BigInt(Math.floor(random() * 13) - 5);
    const most = (1n << BigInt(width - 1)) - 1n;
    const which = Math.floor(random() * 6);
    if (which === 0) return most;
    if (which === 1) return -most - 1n;
    if (which === 2) return BigInt(Math.floor(random() * 3) - 1);
    const bits = 1 + Math.floor(random() * (width - 1));
    const words = BigInt(Math.floor(random() * 2 ** 31)) * 2n ** 31n;
    const value = (words + BigInt(Math.floor(random() * 2 ** 31))) % (1n << BigInt(bits));
    return which === 3 ? value : -value;
  });
}

const codes = { overflow: 1, zero: 2 } as const;

test.each(widths)("random expressions of width %i agree with exact arithmetic", (width) => {
  const random = randomNumbers(width);
  const seen = { valid: 0, overflow: 0, zero: 0 };
  for (let trial = 0; trial < 300; trial++) {
    const rows = 1 + Math.floor(random() * 40);
    const inputs = Array.from({ length: 4 }, () => randomColumn(random, rows, width));
    const programs: number[][] = [];
    const expected: Result[] = [];
    for (let i = 0; i < 40; i++) {
      // often the beginning of the one before, so that prefixes are shared
      const last = programs[i - 1] ?? [];
      const kept = random() < 0.7 ? Math.floor(random() * last.length) : 0;
      const program = last.slice(0, kept);
      const stack: Result[] = [];
      const push = (token: number) => {
        if (token >= 0) return stack.push(inputs[token]);
        const op = expressionOperators[-1 - token];
        return stack.push(evaluateColumns(op, stack.splice(-arity(op)), width));
      };
      for (const token of program) push(token);
      const add = (token: number) => {
        program.push(token);
        push(token);
      };
      for (let n = Math.floor(random() * 8); n > 0 || stack.length !== 1; n--) {
        const possible = expressionOperators.filter((op) => arity(op) <= stack.length);
        const reducing = possible.filter((op) => arity(op) > 1);
        const choices = n <= 0 && stack.length > 1 ? reducing : possible;
        if (choices.length === 0 || (n > 0 && random() < 0.5)) add(Math.floor(random() * 4));
        else add(-1 - expressionOperators.indexOf(choices[Math.floor(random() * choices.length)]));
      }
      programs.push(program);
      expected.push(stack[0]);
    }
    const ends: number[] = [];
    for (const program of programs) ends.push((ends.at(-1) ?? 0) + program.length);
    const { status, hashes, values } = kernels.evaluateExpressions({
      tokens: Int32Array.from(programs.flat()),
      ends: Int32Array.from(ends),
      inputs: column(inputs.flat(), width),
      inputCount: 4,
      rows,
      width,
      keepValues: true,
    });
    const byHash = new Map<bigint, string>();
    expected.forEach((result, i) => {
      if (typeof result === "string") {
        // whichever argument fails first; a divisor of 0 and an overflow may both be there
        expect(status[i]).toBeGreaterThan(0);
        if (programs[i].filter((token) => token < 0).length === 1) {
          expect([programs[i], status[i]]).toEqual([programs[i], codes[result]]);
        }
        expect(hashes[i]).toBe(0n);
        seen[result]++;
        return;
      }
      seen.valid++;
      const got = bigints(values!.subarray(i * rows, (i + 1) * rows) as Column);
      expect([programs[i], status[i], got]).toEqual([programs[i], 0, result]);
      // equal hashes exactly for equal values
      const text = result.join();
      expect(byHash.get(hashes[i]) ?? text).toBe(text);
      byHash.set(hashes[i], text);
    });
    expect(new Set(byHash.values()).size).toBe(byHash.size);
  }
  expect(Math.min(seen.valid, seen.overflow, seen.zero)).toBeGreaterThan(300);
});

test.each(widths)("every operator on every pair of corner values, width %i", (width) => {
  const most = (1n << BigInt(width - 1)) - 1n;
  const middle = 1n << BigInt(width / 2);
  const corners = [-most - 1n, -most, -middle, -7n, -2n, -1n, 0n, 1n, 2n, 7n, middle, most];
  for (const a of corners) {
    for (const b of corners) {
      const inputs = [[a], [b], [5n]];
      const tokens = expressionOperators.map((op, i) => [...[0, 1, 2].slice(0, arity(op)), -1 - i]);
      let end = 0;
      const { status, values } = kernels.evaluateExpressions({
        tokens: Int32Array.from(tokens.flat()),
        ends: Int32Array.from(tokens, (program) => {
          end += program.length;
          return end;
        }),
        inputs: column(inputs.flat(), width),
        inputCount: 3,
        rows: 1,
        width,
        keepValues: true,
      });
      expressionOperators.forEach((op, i) => {
        const expected = evaluateColumns(op, inputs.slice(0, arity(op)), width);
        const got = status[i] === 0 ? BigInt(values![i]) : status[i];
        const want = typeof expected === "string" ? codes[expected] : expected[0];
        expect(`${a} ${op} ${b}: ${got}`).toBe(`${a} ${op} ${b}: ${want}`);
      });
    }
  }
});

/** Bottom-up enumeration in plain BigInt arithmetic. */
class ReferenceBank {
  readonly columns: (readonly bigint[])[] = [];
  readonly terms: { operator?: ExpressionOperator; arguments: number[] }[] = [];
  readonly seen = new Map<string, number>();
  readonly #width: Width;

  constructor(width: Width) {
    this.#width = width;
  }

  add(values: readonly bigint[], term: (typeof this.terms)[number] = { arguments: [] }): void {
    if (this.seen.has(values.join())) return;
    this.seen.set(values.join(), this.columns.length);
    this.columns.push(values);
    this.terms.push(term);
  }

  /** Keeps new terms; stops after a candidate for which `isGoal` holds. */
  apply(
    op: ExpressionOperator,
    ranges: readonly (readonly [number, number])[],
    isGoal: (values: readonly bigint[], chosen: readonly number[]) => boolean = () => false,
  ) {
    const report = { candidates: 0, overflowed: 0, dividedByZero: 0, complete: true };
    const exchangeable = ["+", "*", "min", "max", "==", "and", "or", "xor"].includes(op);
    const inside = (i: number, [first, end]: readonly [number, number]) => i >= first && i < end;
    let done = false;
    const choose = (chosen: number[]): void => {
      if (done) return;
      const range = ranges[chosen.length];
      if (range) {
        for (let i = range[0]; i < range[1]; i++) choose([...chosen, i]);
        return;
      }
      const [a, b] = chosen;
      if (exchangeable && b < a && inside(b, ranges[0]) && inside(a, ranges[1])) return;
      report.candidates++;
      const columns = chosen.map((i) => this.columns[i]);
      const values = evaluateColumns(op, columns, this.#width);
      if (values === "overflow") report.overflowed++;
      else if (values === "zero") report.dividedByZero++;
      else {
        done = isGoal(values, chosen);
        this.add(values, { operator: op, arguments: chosen });
      }
    };
    choose([]);
    return report;
  }
}

test.each(widths)("a bank of width %i enumerates like exact arithmetic", (width) => {
  const random = randomNumbers(7);
  for (const rows of [1, 2, 3, 4, 5, 25, 64]) {
    const bank = kernels.createExpressionBank({ rows, capacity: 20000, width });
    const reference = new ReferenceBank(width);
    const inputs = [
      ...Array.from({ length: 2 }, () => Array.from(randomIntegers(random, rows, 9), BigInt)),
      randomColumn(random, rows, width),
      Array.from({ length: rows }, () => 2n),
    ];
    for (const values of inputs) {
      const known = reference.seen.get(values.join());
      expect(bank.add(column(values, width))).toBe(known ?? reference.columns.length);
      reference.add(values);
    }
    const leaves: [number, number] = [0, bank.size];
    for (const op of expressionOperators) {
      const ranges = Array.from({ length: arity(op) }, () => leaves);
      expect([op, bank.apply(op, ...ranges)]).toEqual([op, reference.apply(op, ranges)]);
    }
    const all: [number, number] = [0, Math.min(bank.size, 40)];
    const newer: [number, number] = [leaves[1] - 1, Math.min(bank.size, 50)];
    for (const op of ["+", "*", "//", "<"] as const) {
      expect([op, bank.apply(op, newer, all)]).toEqual([op, reference.apply(op, [newer, all])]);
    }
    expect(bank.size).toBe(reference.columns.length);
    reference.columns.forEach((values, i) => {
      expect(bigints(bank.values(i))).toEqual(values);
      expect(bank.term(i)).toEqual(reference.terms[i]);
      expect(bank.find(column(values, width))).toBe(i);
    });
    expect(
      bank.find(
        column(
          inputs[0].map((v) => v * 3n + 99999n),
          width,
        ),
      ),
    ).toBe(-1);
    bank.dispose();
  }
});

test.each(widths)("a bank of width %i divides exactly up to every bound", (width) => {
  // f32 divides up to 2^22, i32 is enough up to 2^31, f64 divides up to 2^50, then i64
  for (const bits of [22, 31, 50, 63].filter((n) => n < width)) {
    const most = (1n << BigInt(bits)) - (bits === 31 || bits === 63 ? 1n : 0n);
    const corners = [most, most - 1n, most - 2n, most / 2n, most / 2n + 1n, most / 3n, 3n, 2n, 1n];
    const values = [...corners, ...corners.map((v) => -v)];
    const random = randomNumbers(bits);
    const bank = kernels.createExpressionBank({ rows: 7, capacity: 20000, width });
    const reference = new ReferenceBank(width);
    for (let i = 0; i < 40; i++) {
      const next = Array.from({ length: 7 }, () => values[Math.floor(random() * values.length)]);
      bank.add(column(next, width));
      reference.add(next);
    }
    const all: [number, number] = [0, bank.size];
    for (const op of ["//", "%"] as const) {
      expect([op, bank.apply(op, all, all)]).toEqual([op, reference.apply(op, [all, all])]);
    }
    expect(bank.size).toBe(reference.columns.length);
    reference.columns.forEach((exact, i) => {
      expect(bigints(bank.values(i))).toEqual(exact);
      // by the hash that found it new, so by what was computed then
      expect(bank.find(column(exact, width))).toBe(i);
    });
    bank.dispose();
  }
});

test.each(widths)("a bank of width %i finds the first candidate with given values", (width) => {
  const random = randomNumbers(11);
  let found = 0;
  for (const rows of [1, 3, 5, 25, 64]) {
    const bank = kernels.createExpressionBank({ rows, capacity: 20000, width });
    const reference = new ReferenceBank(width);
    const add = (values: readonly bigint[]) => {
      bank.add(column(values, width));
      reference.add(values);
    };
    for (let i = 0; i < 19; i++) {
      if (i % 3 === 0) add(randomColumn(random, rows, width));
      else add(Array.from(randomIntegers(random, rows, 9), BigInt));
    }
    const size = bank.size;
    for (const op of expressionOperators) {
      // bounds of a range that fit, and such that do not
      for (const first of [0, 3, size - 3]) {
        const last: [number, number] = [first, size];
        const ranges = ([[0, size], [2, size], last] as [number, number][]).slice(-arity(op));
        const candidates = ranges.map(([from, end]) => from + Math.floor(random() * (end - from)));
        const values = evaluateColumns(
          op,
          candidates.map((i) => reference.columns[i]),
          width,
        );
        const goal = typeof values === "string" ? reference.columns[0].map(() => 77n) : values;
        const copy = new ReferenceBank(width);
        for (const known of reference.columns) copy.add(known);
        let met: readonly number[] | undefined;
        const expected = copy.apply(op, ranges, (result, chosen) => {
          if (result.join() !== goal.join()) return false;
          met = [...chosen];
          return true;
        });
        const { candidates: visited, overflowed, dividedByZero } = expected;
        const counts = { candidates: visited, overflowed, dividedByZero };
        expect([op, ranges, bank.search(column(goal, width), op, ...ranges)]).toEqual([
          op,
          ranges,
          met ? { ...counts, found: met } : counts,
        ]);
        if (met) found++;
        expect(bank.size).toBe(size);
      }
    }
    bank.dispose();
  }
  expect(found).toBeGreaterThan(100);
});

test.each(widths)("a bank of width %i that is full counts up to the term too many", (width) => {
  const random = randomNumbers(13);
  const rows = 6;
  for (const op of expressionOperators) {
    for (const room of [0, 7, 40]) {
      const inputs = Array.from({ length: 12 }, (_, i) =>
        i % 4 === 3
          ? randomColumn(random, rows, width)
          : Array.from(randomIntegers(random, rows, 6), BigInt),
      );
      const reference = new ReferenceBank(width);
      for (const values of inputs) reference.add(values);
      const size = reference.columns.length;
      const capacity = size + room;
      const bank = kernels.createExpressionBank({ rows, capacity, width });
      for (const values of inputs) bank.add(column(values, width));
      const ranges = Array.from({ length: arity(op) }, (): [number, number] => [0, size]);
      const isTooMany = (values: readonly bigint[]) =>
        reference.columns.length === capacity && !reference.seen.has(values.join());
      const { complete, ...counts } = bank.apply(op, ...ranges);
      const { complete: _, ...expected } = reference.apply(op, ranges, isTooMany);
      expect([op, counts]).toEqual([op, expected]);
      expect(complete).toBe(reference.columns.length <= capacity);
      for (let i = 0; i < bank.size; i++) expect(bank.term(i)).toEqual(reference.terms[i]);
      bank.dispose();
    }
  }
});

test("equal hashes for equal values only, among a million columns", () => {
  const bank = kernels.createExpressionBank({ rows: 4, capacity: 2 ** 20, width: 32 });
  bank.add(Int32Array.of(1, 2, 3, 4));
  for (let i = 0; i < 1023; i++) bank.add(Int32Array.of(i, 0, 0, i >> 3));
  const first = bank.size;
  for (let i = 0; i < 1023; i++) bank.add(Int32Array.of(0, i << 20, i << 10, 0));
  const sums = bank.apply("+", [0, first], [first, bank.size]);
  expect(sums.overflowed).toBe(0);
  // (i, 0, 0, i >> 3) + (0, j << 20, j << 10, 0) differ for every i and j; only j = 0 was there
  expect(bank.size).toBe(1024 * 1023);
  bank.dispose();
});

test("a full bank says so and keeps what it has", () => {
  const bank = kernels.createExpressionBank({ rows: 3, capacity: 5, width: 32 });
  bank.add(Int32Array.of(1, 2, 3));
  bank.add(Int32Array.of(4, 1, 0));
  const report = bank.apply("+", [0, 2], [0, 2]);
  expect(report).toEqual({ candidates: 3, overflowed: 0, dividedByZero: 0, complete: true });
  expect(bank.apply("*", [0, 2], [0, 2])).toMatchObject({ candidates: 1, complete: false });
  expect(bank.size).toBe(5);
  expect([...bank.values(4)]).toEqual([8, 2, 0]);
  expect(() => bank.add(Int32Array.of(9, 9, 9))).toThrow("the expression bank is full: 5 terms");
  expect(bank.add(Int32Array.of(2, 4, 6))).toBe(2);
  expect(bank.find(Int32Array.of(9, 9, 9))).toBe(-1);
  bank.dispose();
});

test("misuse names the argument", () => {
  const batch = {
    tokens: Int32Array.of(0, 1, -4),
    ends: Int32Array.of(3),
    inputs: Int32Array.of(1, 2),
    inputCount: 2,
    rows: 1,
    width: 32,
  } as const;
  const evaluated = (change: object) => () => kernels.evaluateExpressions({ ...batch, ...change });
  expect(evaluated({ width: 16 })).toThrow("width is 16, must be 32 or 64");
  expect(evaluated({ width: 64 })).toThrow("inputs must be BigInt64Array, as the width is 64");
  expect(evaluated({ rows: 2 })).toThrow("inputs has length 2, [inputCount, rows] needs 4");
  expect(evaluated({ rows: 0 })).toThrow("rows is 0");
  expect(evaluated({ ends: Int32Array.of(2) })).toThrow("tokens has length 3");
  expect(evaluated({ ends: Int32Array.of(3, 1) })).toThrow("ends[1] is 1, must be at least 3");
  expect(evaluated({ ends: Int32Array.of() })).toThrow("ends.length is 0");
  // 2^13 columns of 2^19 bytes: a multiple of 2^32
  const many = Int32Array.from({ length: 2 ** 13 }, (_, i) => i);
  const large = { rows: 2 ** 16, width: 64, inputCount: 1, inputs: new BigInt64Array(2 ** 16) };
  expect(
    evaluated({
      ...large,
      keepValues: true,
      tokens: new Int32Array(many.length),
      ends: many.map((i) => i + 1),
    }),
  ).toThrow("bytes of all columns and results is 42966");
  // 4 bytes a token before padding
  const long = { tokens: new Int32Array(2.4e7), ends: Int32Array.of(2.4e7) };
  expect(evaluated({ ...long, inputs: Int32Array.of(1, 2) })).toThrow("bytes of all columns");
  const malformed = (...tokens: number[]) =>
    evaluated({ tokens: Int32Array.from(tokens), ends: Int32Array.of(1, tokens.length) });
  const message = "must be postfix that leaves one value, of tokens from -16 to 1";
  expect(malformed(0, 0, 1)).toThrow(`expression 1 is [0 1], ${message}`);
  expect(malformed(0, 0, -4)).toThrow("expression 1 is [0 -4]");
  expect(malformed(0, 2)).toThrow("expression 1 is [2]");
  expect(malformed(0, 0, -17)).toThrow("expression 1 is [0 -17]");
  expect(malformed(0)).toThrow("expression 1 is []");
  // after a division by zero too, where nothing is computed any more
  const zero = { inputs: Int32Array.of(1, 0), ends: Int32Array.of(5) };
  expect(evaluated({ ...zero, tokens: Int32Array.of(0, 1, -7, -4, 0) })).toThrow("expression 0");

  const create = (change: object) => () =>
    kernels.createExpressionBank({ rows: 2, capacity: 4, width: 32, ...change });
  expect(create({ rows: 65537 })).toThrow("rows is 65537");
  expect(create({ capacity: 0 })).toThrow("capacity is 0");
  expect(create({ rows: 65536, capacity: 2 ** 24 })).toThrow("bytes of the bank");
  // columns of one row are padded to four, and the table has at least twice as many slots as terms
  expect(create({ rows: 1, capacity: 2 ** 24 - 1 })).toThrow("bytes of the bank is 10905");
  expect(create({ width: 8 })).toThrow("width is 8");
  const bank = create({})();
  expect(() => bank.values(0)).toThrow("index: the bank has no terms");
  bank.add(Int32Array.of(3, 4));
  expect(() => bank.add(BigInt64Array.of(3n, 4n))).toThrow("values must be Int32Array");
  expect(() => bank.add(Int32Array.of(3))).toThrow("values has length 1, [rows] needs 2");
  expect(() => bank.apply("+", [0, 1])).toThrow("ranges has length 1, + needs 2");
  expect(() => bank.apply("+", [0, 1], [0, 2])).toThrow("ranges[1][1] is 2");
  expect(() => bank.apply("+", [1, 0], [0, 1])).toThrow("ranges[0][1] is 0");
  expect(() => bank.apply("^" as "xor", [0, 1], [0, 1])).toThrow("operator is ^, must be one of");
  expect(() => bank.term(1)).toThrow("index is 1, must be an integer from 0 to 0");
  expect(() => bank.find(Int32Array.of(1, 2, 3))).toThrow("values has length 3");
  bank.dispose();
  bank.dispose();
  expect(() => bank.size).toThrow("expression bank was disposed");
  expect(() => bank.add(Int32Array.of(3, 4))).toThrow("expression bank was disposed");
});
