import type { ExpressionBank, ExpressionOperator, Kernels, TermRange } from "@latticode/kernels";
import type { BinaryOperator, Expression, UnaryOperator } from "@latticode/program";
import { binary, drawIntegers, integer, unary } from "@latticode/program";

// Symbolic regression (paper section 4.3): reverse Polish expressions by length, the shortest that
// gives the values wins. A symbol is a variable, a constant, one of the unary operators +1, -1,
// negate, >0, ==0, abs, +100, -100 or one of + * - %. Of expressions with the same values on the
// rows only the first is kept, which finds what the plain enumeration by length would find.

/** What is known of a function of integers: variables and values that it may have, by rows. */
export interface SymbolicTable {
  /** What the variables are called in the expressions found. */
  readonly variables: readonly Expression[];
  /** A column for each variable, integers of 32 bits: [variables][rows] */
  readonly columns: readonly ArrayLike<number>[];
  /** A column for each function looked for: [targets][rows] */
  readonly targets: readonly ArrayLike<number>[];
}

export interface SymbolicOptions {
  readonly kernels: Kernels;
  /** Most symbols of an expression; 7 unless told. */
  readonly symbols?: number;
  /** Constants that are one symbol, beside 0, 1 and 2. */
  readonly constants?: readonly number[];
  /** Candidates computed before the search ends; 4 million unless told. */
  readonly budget?: number;
}

export interface SymbolicResult {
  /** One a target; undefined where no expression was found or the variables don't determine it. */
  readonly expressions: readonly (Expression | undefined)[];
  /** Candidates computed. */
  readonly candidates: number;
}

/** Points on which expressions are told apart, as in the paper. */
const pointCount = 25;
/** Rows on which an expression was wrong that join the points, and how often. */
const mostCounterexamples = 7;
const mostRounds = 8;
const mostTerms = 1 << 17;
const usualBudget = 4_000_000;
const smallConstants = [0, 1, 2];
const binaryOperators: readonly { readonly op: BinaryOperator; readonly commutes: boolean }[] = [
  { op: "+", commutes: true },
  { op: "*", commutes: true },
  { op: "-", commutes: false },
  { op: "%", commutes: false },
];

/** Distinct rows; `targets[k]` is undefined where the variables do not determine target k. */
interface Rows {
  readonly columns: readonly Int32Array[];
  readonly targets: readonly (Int32Array | undefined)[];
  readonly count: number;
}

/**
 * The shortest expressions that give the targets on all rows, see above; of equally short ones the
 * first enumerated.
 */
export function symbolicRegression(table: SymbolicTable, options: SymbolicOptions): SymbolicResult {
  const rows = distinctRows(table);
  const { targets, count } = rows;
  const found = new Array<Expression | undefined>(targets.length).fill(undefined);
  let candidates = 0;
  if (count === 0) return { expressions: found, candidates };
  const points = firstPoints(count);
  const budget = options.budget ?? usualBudget;
  for (let round = 0; round < mostRounds; round++) {
    const open = targets.flatMap((target, k) => (target && !found[k] ? [k] : []));
    if (open.length === 0 || candidates >= budget) break;
    const enumerated = enumerate(rows, table.variables, {
      ...options,
      points,
      open,
      budget: budget - candidates,
    });
    candidates += enumerated.candidates;
    let refuted = false;
    for (const [k, { expression, mistakes }] of enumerated.found) {
      if (mistakes.length === 0) found[k] = expression;
      refuted ||= mistakes.length > 0;
      points.push(...mistakes.filter((row) => !points.includes(row)));
    }
    if (!refuted) break;
  }
  return { expressions: found, candidates };
}

function distinctRows({ columns, targets }: SymbolicTable): Rows {
  const all = targets[0]?.length ?? 0;
  const kept: number[] = [];
  const first = new Map<string, number>();
  const determined = targets.map(() => true);
  for (let row = 0; row < all; row++) {
    const key = columns.map((column) => column[row]).join();
    const known = first.get(key);
    if (known === undefined) {
      first.set(key, row);
      kept.push(row);
    } else {
      targets.forEach((target, k) => {
        if (target[known] !== target[row]) determined[k] = false;
      });
    }
  }
  const column = (values: ArrayLike<number>) => Int32Array.from(kept, (row) => values[row]);
  return {
    columns: columns.map(column),
    targets: targets.map((target, k) => (determined[k] ? column(target) : undefined)),
    count: kept.length,
  };
}

function firstPoints(count: number): number[] {
  if (count <= pointCount) return Array.from({ length: count }, (_, i) => i);
  const draw = drawIntegers(0, count);
  const points = new Set<number>();
  while (points.size < pointCount) points.add(draw(0, count - 1));
  return [...points];
}

interface Enumeration extends SymbolicOptions {
  readonly points: readonly number[];
  /** Targets that are looked for. */
  readonly open: readonly number[];
  readonly budget: number;
}

interface Found {
  readonly expression: Expression;
  /** Rows on which it is wrong, a few. */
  readonly mistakes: readonly number[];
}

function enumerate(
  rows: Rows,
  variables: readonly Expression[],
  { kernels, symbols = 7, constants = [], points, open, budget }: Enumeration,
): { found: Map<number, Found>; candidates: number } {
  const bank = kernels.createExpressionBank({
    rows: points.length,
    capacity: mostTerms,
    width: 32,
  });
  try {
    const at = (values: Int32Array) => Int32Array.from(points, (row) => values[row]);
    const leaves = new Map<number, Leaf>();
    const addLeaf = (leaf: Leaf, values: Int32Array) => {
      const term = bank.add(values);
      if (!leaves.has(term)) leaves.set(term, leaf);
      return term;
    };
    variables.forEach((expression, i) => {
      addLeaf({ expression, column: rows.columns[i] }, at(rows.columns[i]));
    });
    const addConstant = (value: number) =>
      addLeaf(
        { expression: integer(value), column: new Int32Array(rows.count).fill(value) },
        new Int32Array(points.length).fill(value),
      );
    const [zero, one] = [...smallConstants, ...constants].map(addConstant);
    // the terms of each length: [first, end)
    const lengths: TermRange[] = [
      [0, 0],
      [0, bank.size],
    ];
    const operands = { zero, one, hundred: 0 };
    const goals = new Map(open.map((k) => [k, at(rows.targets[k]!)]));
    const found = new Map<number, Found>();
    let candidates = 0;
    const settle = (k: number, expression: Expression, values: Float64Array) => {
      found.set(k, { expression, mistakes: mistakesOf(values, rows.targets[k]!) });
      goals.delete(k);
    };
    const settleTerms = () => {
      for (const [k, values] of [...goals]) {
        const term = bank.find(values);
        if (term >= 0) settle(k, ...expressionOf(bank, term, leaves));
      }
    };
    settleTerms();
    for (let length = 2; length <= symbols && goals.size > 0 && candidates < budget; length++) {
      const first = bank.size;
      // 100 is 0 + 100, of two symbols
      if (length === 2) operands.hundred = addConstant(100);
      const steps = stepsOf(length, lengths, operands);
      if (length < symbols) {
        let complete = true;
        for (const { op, ranges } of steps) {
          const report = bank.apply(op, ...ranges);
          candidates += report.candidates;
          complete = report.complete && complete;
          if (!report.complete || candidates >= budget) break;
        }
        settleTerms();
        if (!complete) break;
        lengths.push([first, bank.size]);
      } else {
        for (const [k, values] of [...goals]) {
          for (const { op, ranges } of steps) {
            const report = bank.search(values, op, ...ranges);
            candidates += report.candidates;
            if (report.found) {
              settle(k, ...applied(bank, op, report.found, leaves));
              break;
            }
            if (candidates >= budget) break;
          }
        }
      }
    }
    return { found, candidates };
  } finally {
    bank.dispose();
  }
}

interface Leaf {
  readonly expression: Expression;
  /** On all rows. */
  readonly column: Int32Array;
}

interface Step {
  readonly op: ExpressionOperator;
  readonly ranges: readonly TermRange[];
}

/** All ways to make expressions of `length` symbols from shorter ones. */
function stepsOf(
  length: number,
  lengths: readonly TermRange[],
  { zero, one, hundred }: Record<"zero" | "one" | "hundred", number>,
): Step[] {
  const only = (term: number): TermRange => [term, term + 1];
  const shorter = lengths[length - 1];
  const steps: Step[] = [
    { op: "+", ranges: [shorter, only(one)] },
    { op: "-", ranges: [shorter, only(one)] },
    { op: "negate", ranges: [shorter] },
    { op: "<", ranges: [only(zero), shorter] },
    { op: "not", ranges: [shorter] },
    { op: "abs", ranges: [shorter] },
    { op: "+", ranges: [shorter, only(hundred)] },
    { op: "-", ranges: [shorter, only(hundred)] },
  ];
  for (let left = 1; left < length - 1; left++) {
    const right = length - 1 - left;
    for (const { op, commutes } of binaryOperators) {
      if (commutes && left > right) continue;
      steps.push({ op, ranges: [lengths[left], lengths[right]] });
    }
  }
  return steps;
}

function mistakesOf(values: Float64Array, target: Int32Array): number[] {
  const mistakes: number[] = [];
  for (let row = 0; row < target.length && mistakes.length < mostCounterexamples; row++) {
    if (values[row] !== target[row]) mistakes.push(row);
  }
  return mistakes;
}

function expressionOf(
  bank: ExpressionBank,
  term: number,
  leaves: ReadonlyMap<number, Leaf>,
): [Expression, Float64Array] {
  const leaf = leaves.get(term);
  if (leaf) return [leaf.expression, Float64Array.from(leaf.column)];
  const { operator, arguments: terms } = bank.term(term);
  return applied(bank, operator!, terms, leaves);
}

/** The operator's expression, and its values on all rows. */
function applied(
  bank: ExpressionBank,
  op: ExpressionOperator,
  terms: ArrayLike<number>,
  leaves: ReadonlyMap<number, Leaf>,
): [Expression, Float64Array] {
  const [a, x] = expressionOf(bank, terms[0], leaves);
  if (terms.length === 1) {
    return [unary(op as UnaryOperator, a), x.map((v) => resultOf(op, v, 0))];
  }
  const [b, y] = expressionOf(bank, terms[1], leaves);
  return [binary(op as BinaryOperator, a, b), x.map((v, row) => resultOf(op, v, y[row]))];
}

/** NaN where there is no value. */
function resultOf(op: ExpressionOperator, a: number, b: number): number {
  switch (op) {
    case "negate":
      return -a;
    case "abs":
      return Math.abs(a);
    case "not":
      return a === 0 ? 1 : 0;
    case "<":
      return a < b ? 1 : 0;
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "%":
      return b === 0 ? Number.NaN : a - b * Math.floor(a / b);
    default:
      throw new Error(`symbolic regression: ${op} is none of its operators`);
  }
}
