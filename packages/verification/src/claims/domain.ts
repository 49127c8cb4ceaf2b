import type { Examples } from "@latticode/program";
import { drawIntegers } from "@latticode/program";
import type { Inputs } from "../inputs/drawn.ts";
import { countRowsOf, type InputGroup, isRangeOnly, rangesOf, rowsOf } from "./input-groups.ts";

/** Which rows may begin a sequence, and which may follow which. */
export interface RowOrder {
  /** 1 for each row that may begin a sequence: [rows] */
  readonly starts: Uint8Array;
  /** 1 where the row of the second index may follow that of the first: [rows, rows] */
  readonly follows: Uint8Array;
}

/**
 * The inputs that are in question. A program is claimed to be right on words over these rows, of
 * lengths up to `length`, and on nothing else.
 */
export interface Domain {
  readonly inputDim: number;
  /** The longest sequence that was seen. */
  readonly length: number;
  /** The distinct input rows in lexicographic order: [rowCount, inputDim]; absent beyond 4,096. */
  readonly rows?: Int32Array;
  /** The smallest and the largest value of each column: [inputDim] */
  readonly ranges: readonly { readonly min: number; readonly max: number }[];
  /** What can follow what, where the examples show that not everything can. */
  readonly order?: RowOrder;
}

/** Beyond this many distinct rows a domain is the ranges of its columns. */
const mostRows = 4096;
/** The order of rows is looked at for at most this many, as it has a number for every pair. */
const mostOrderedRows = 256;
/**
 * A pair of rows that never occurs is taken as impossible where independent rows would have shown
 * it this many times: the chance of a false exclusion is then below e^-8 for each pair.
 */
const significant = 8;
/** The same for starts and pairs of examples so few that they may all be of one kind. */
const fewestSequences = 60;

type Ranges = Domain["ranges"];

/** Combinations of the values of columns up to which a table over all of them is kept. */
const mostCombinations = 2 ** 20;

/**
 * The number of a row among all combinations of values within ranges, -1 outside of them; undefined
 * where combinations are too many.
 */
function combinationOf(ranges: Ranges):
  | {
      readonly count: number;
      readonly of: (x: Int32Array, at: number) => number;
    }
  | undefined {
  const sizes = ranges.map(({ min, max }) => max - min + 1);
  const count = sizes.reduce((product, size) => product * size, 1);
  if (count > mostCombinations) return undefined;
  const of = (x: Int32Array, at: number) => {
    let number = 0;
    for (let i = 0; i < sizes.length; i++) {
      const digit = x[at + i] - ranges[i].min;
      if (digit < 0 || digit >= sizes[i]) return -1;
      number = number * sizes[i] + digit;
    }
    return number;
  };
  return { count, of };
}

/**
 * The distinct rows of x [positions, inputDim] in lexicographic order; undefined beyond `mostRows`.
 */
function distinctRows(x: Int32Array, inputDim: number, ranges: Ranges): Int32Array | undefined {
  const combinations = combinationOf(ranges);
  const rows: Int32Array[] = [];
  const known = combinations ? new Uint8Array(combinations.count) : new Set<string>();
  for (let at = 0; at < x.length; at += inputDim) {
    if (combinations) {
      const number = combinations.of(x, at);
      if ((known as Uint8Array)[number] === 1) continue;
      (known as Uint8Array)[number] = 1;
    } else {
      const key = x.subarray(at, at + inputDim).join();
      if ((known as Set<string>).has(key)) continue;
      (known as Set<string>).add(key);
    }
    if (rows.push(x.slice(at, at + inputDim)) > mostRows) return undefined;
  }
  rows.sort((a, b) => {
    for (let i = 0; i < inputDim; i++) if (a[i] !== b[i]) return a[i] - b[i];
    return 0;
  });
  return Int32Array.from(rows.flatMap((row) => [...row]));
}

/** Finds the number of a row of the domain, -1 for a row that is not one of them. */
export function rowFinder(domain: Domain): (x: Int32Array, at: number) => number {
  const { rows, inputDim, ranges } = domain;
  if (!rows) return () => -1;
  const count = rows.length / inputDim;
  const combinations = combinationOf(ranges);
  if (combinations) {
    const numbers = new Int32Array(combinations.count).fill(-1);
    for (let row = 0; row < count; row++) numbers[combinations.of(rows, row * inputDim)] = row;
    return (x, at) => {
      const number = combinations.of(x, at);
      return number < 0 ? -1 : numbers[number];
    };
  }
  const numbers = new Map<string, number>();
  for (let row = 0; row < count; row++) {
    numbers.set(rows.subarray(row * inputDim, (row + 1) * inputDim).join(), row);
  }
  return (x, at) => numbers.get(x.subarray(at, at + inputDim).join()) ?? -1;
}

/**
 * The domain of examples: the rows that occur, and what follows what where that is shown. A pair of
 * rows that is merely rare stays in the domain.
 *
 * @param distinct the examples without repeated sequences, which are what counts as evidence
 * @throws RangeError when there are no examples
 */
export function observeDomain(distinct: Examples): Domain {
  const { inputDim, length, x, count } = distinct;
  if (count === 0) throw new RangeError("there are no examples to take a domain from");
  const ranges = Array.from({ length: inputDim }, (_, column) => {
    let min = x[column];
    let max = x[column];
    for (let i = column; i < x.length; i += inputDim) {
      if (x[i] < min) min = x[i];
      if (x[i] > max) max = x[i];
    }
    return { min, max };
  });
  const rows = distinctRows(x, inputDim, ranges);
  if (!rows) return { inputDim, length, ranges };
  const domain = { inputDim, length, ranges, rows };
  const order = observeOrder(domain, distinct);
  return order ? { ...domain, order } : domain;
}

/** Values of a column, a range of them, or a group of columns. */
type Columns = readonly number[] | { readonly min: number; readonly max: number } | InputGroup;

function groupOf(columns: Columns): InputGroup {
  if ("kind" in columns) return columns;
  return "min" in columns ? { kind: "range", ...columns } : { kind: "values", values: columns };
}

/**
 * Every combination of the rows of columns, as where a network is asked and there are no examples.
 *
 * @param columns for each column its values or their range, or a group of columns that go together
 * @throws RangeError where there are more than 4,096 rows, and the ranges of the columns hold
 *   others
 * @example
 * productDomain([{ kind: "onehot", columns: 7 }, { min: 0, max: 9 }, [-1, 1]], 10).inputDim; // 9
 */
export function productDomain(columns: readonly Columns[], length: number): Domain {
  const groups = columns.map(groupOf);
  const ranges = groups.flatMap(rangesOf);
  const inputDim = ranges.length;
  const count = groups.reduce((product, group) => product * countRowsOf(group), 1);
  if (count > mostRows) {
    if (groups.every(isRangeOnly)) return { inputDim, length, ranges };
    throw new RangeError(
      `the inputs make ${count} different rows, no more than ${mostRows} can be told apart ` +
        "where a column has a set of values: give smaller ranges, or ranges only",
    );
  }
  let all: number[][] = [[]];
  for (const group of groups) {
    const rows = rowsOf(group);
    all = all.flatMap((before) => rows.map((row) => [...before, ...row]));
  }
  return { inputDim, length, ranges, rows: Int32Array.from(all.flat()) };
}

function observeOrder(domain: Domain, examples: Examples): RowOrder | undefined {
  const { inputDim, rows } = domain;
  const { count, length, x } = examples;
  const rowCount = rows!.length / inputDim;
  if (rowCount > mostOrderedRows || count < fewestSequences) return undefined;
  const numberOf = rowFinder(domain);
  const started = new Float64Array(rowCount);
  const followed = new Float64Array(rowCount * rowCount);
  const all = new Float64Array(rowCount);
  const left = new Float64Array(rowCount);
  for (let s = 0; s < count; s++) {
    let before = -1;
    for (let t = 0; t < length; t++) {
      const row = numberOf(x, (s * length + t) * inputDim);
      all[row]++;
      if (before < 0) started[row]++;
      else {
        followed[before * rowCount + row]++;
        left[before]++;
      }
      before = row;
    }
  }
  const positions = count * length;
  const starts = new Uint8Array(rowCount);
  const follows = new Uint8Array(rowCount * rowCount);
  let excluded = 0;
  for (let b = 0; b < rowCount; b++) {
    const share = all[b] / positions;
    starts[b] = started[b] > 0 || count * share < significant ? 1 : 0;
    excluded += 1 - starts[b];
    for (let a = 0; a < rowCount; a++) {
      const at = a * rowCount + b;
      follows[at] = followed[at] > 0 || left[a] * share < significant ? 1 : 0;
      excluded += 1 - follows[at];
    }
  }
  return excluded > 0 ? { starts, follows } : undefined;
}

/** The number of rows of a domain that has them. */
export function rowCountOf({ rows, inputDim }: Domain): number {
  return rows ? rows.length / inputDim : Number.POSITIVE_INFINITY;
}

/** The inputs of a word of row numbers: [word.length, inputDim] */
export function inputsOf({ rows, inputDim }: Domain, word: readonly number[]): Int32Array {
  const x = new Int32Array(word.length * inputDim);
  word.forEach((row, t) => {
    x.set(rows!.subarray(row * inputDim, (row + 1) * inputDim), t * inputDim);
  });
  return x;
}

/** Tells whether a row may follow another one, or, where that is -1, start a word. */
export function rowOrderOf(domain: Domain): (last: number, row: number) => boolean {
  const { order } = domain;
  if (!order) return () => true;
  const { starts, follows } = order;
  const rowCount = rowCountOf(domain);
  return (last, row) => (last < 0 ? starts[row] : follows[last * rowCount + row]) === 1;
}

/** Whether a word [length, inputDim] is one of the domain's. */
export function isWordOf(domain: Domain, word: Int32Array): boolean {
  const { rows, ranges, inputDim } = domain;
  if (!rows) {
    return word.every((value, i) => {
      const { min, max } = ranges[i % inputDim];
      return value >= min && value <= max;
    });
  }
  const numberOf = rowFinder(domain);
  const mayFollow = rowOrderOf(domain);
  let before = -1;
  for (let at = 0; at < word.length; at += inputDim) {
    const row = numberOf(word, at);
    if (row < 0) return false;
    if (!mayFollow(before, row)) return false;
    before = row;
  }
  return true;
}

/**
 * How many words of a length a domain has; undefined where they are more than `most`, or unknown.
 */
export function countWordsOf(domain: Domain, length: number, most: number): number | undefined {
  const { rows, order } = domain;
  const rowCount = rowCountOf(domain);
  if (!rows) return undefined;
  if (!order) {
    let words = 1;
    for (let t = 0; t < length && words <= most; t++) words *= rowCount;
    return words <= most ? words : undefined;
  }
  let ending = Float64Array.from(order.starts);
  const total = () => ending.reduce((sum, n) => sum + n, 0);
  for (let t = 1; t < length && total() <= most; t++) {
    const next = new Float64Array(rowCount);
    for (let a = 0; a < rowCount; a++) {
      for (let b = 0; b < rowCount && ending[a] > 0; b++) {
        if (order.follows[a * rowCount + b]) next[b] += ending[a];
      }
    }
    ending = next;
  }
  return total() <= most ? total() : undefined;
}

/** All words of a length over the rows of a domain, in lexicographic order, `batch` at a time. */
export function* wordsOf(domain: Domain, length: number, batch: number): Generator<Inputs> {
  const { inputDim } = domain;
  const rowCount = rowCountOf(domain);
  const size = length * inputDim;
  let part = new Int32Array(batch * size);
  let filled = 0;
  const word = new Int32Array(length).fill(-1);
  const mayFollow = rowOrderOf(domain);
  let t = 0;
  while (t >= 0) {
    let row = word[t] + 1;
    while (row < rowCount && !mayFollow(t === 0 ? -1 : word[t - 1], row)) row++;
    if (row === rowCount) {
      word[t--] = -1;
      continue;
    }
    word[t] = row;
    if (t + 1 < length) {
      t++;
      continue;
    }
    part.set(inputsOf(domain, Array.from(word)), filled * size);
    if (++filled < batch) continue;
    yield { count: filled, length, x: part };
    part = new Int32Array(batch * size);
    filled = 0;
  }
  if (filled > 0) yield { count: filled, length, x: part.subarray(0, filled * size) };
}

/** Keeps these streams apart from those of samplers and splits for the same seed. */
const keyOffset = 2 ** 32 * 0x1a77;

/**
 * Random words of a domain: every row that may come next is equally likely; beyond 4,096 rows,
 * every number is drawn from its column's range. Word i is a function of the domain, the length,
 * the seed and i alone (Philox, stream i).
 *
 * @param options.seed an integer from 0 to 2^32 - 1
 * @param options.first the number of the first word; 0 unless given
 */
export function drawWords(
  domain: Domain,
  options: {
    readonly count: number;
    readonly length: number;
    readonly seed: number;
    readonly first?: number;
  },
): Inputs {
  const { rows, ranges, inputDim, order } = domain;
  const { count, length, seed, first = 0 } = options;
  const rowCount = rowCountOf(domain);
  const choices = order && nextRows(order, rowCount);
  const x = new Int32Array(count * length * inputDim);
  let at = 0;
  for (let s = 0; s < count; s++) {
    const draw = drawIntegers(seed + keyOffset, first + s);
    let before = -1;
    for (let t = 0; t < length; t++, at += inputDim) {
      if (!rows) {
        for (let i = 0; i < inputDim; i++) x[at + i] = draw(ranges[i].min, ranges[i].max);
        continue;
      }
      const among = choices?.[before + 1];
      // a row that nothing may follow, as the last of a fixed form, is followed by anything
      const row = among?.length ? among[draw(0, among.length - 1)] : draw(0, rowCount - 1);
      for (let i = 0; i < inputDim; i++) x[at + i] = rows[row * inputDim + i];
      before = row;
    }
  }
  return { count, length, x };
}

/** The rows that may start, and those that may follow each row. */
function nextRows({ starts, follows }: RowOrder, rowCount: number): number[][] {
  const allowed = (flags: Uint8Array) => [...flags.keys()].filter((row) => flags[row] === 1);
  return [
    allowed(starts),
    ...Array.from({ length: rowCount }, (_, a) =>
      allowed(follows.subarray(a * rowCount, (a + 1) * rowCount)),
    ),
  ];
}
