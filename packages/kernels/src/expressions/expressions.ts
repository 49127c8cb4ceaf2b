import type { Wasm } from "../../dist/wasm.d.ts";
import { checkArray, checkInteger, checkLength } from "../check.ts";
import { openHandle } from "../training/job.ts";

/**
 * Operators over columns of integers, as packages/program defines them: `//` rounds down and `%`
 * has the divisor's sign, comparisons and `not`, `and`, `or` give 0 or 1, `xor` is bitwise. They
 * are strict: all arguments are evaluated on every row, those of `and`, `or` and `if` too.
 */
export const expressionOperators = [
  "negate",
  "abs",
  "not",
  "+",
  "-",
  "*",
  "//",
  "%",
  "min",
  "max",
  "==",
  "<",
  "and",
  "or",
  "xor",
  "if",
] as const;

export type ExpressionOperator = (typeof expressionOperators)[number];

/** Values of one expression on every row: Int32Array for a width of 32, BigInt64Array for 64. */
export type Column = Int32Array | BigInt64Array;

const mostRows = 2 ** 16;
// a block of WebAssembly memory has at most 2^30 bytes, headers and rounding included
const mostBytes = 2 ** 30 - 2 ** 10;

/** Bytes of a column as the kernels hold it, padded to a multiple of four rows. */
function paddedBytes(rows: number, width: number): number {
  return (Math.ceil(rows / 4) * 4 * width) / 8;
}

function arity(op: ExpressionOperator): number {
  if (op === "if") return 3;
  return op === "negate" || op === "abs" || op === "not" ? 1 : 2;
}

function checkOperator(op: ExpressionOperator): number {
  const number = expressionOperators.indexOf(op);
  if (number < 0) {
    throw new RangeError(`operator is ${op}, must be one of ${expressionOperators.join(" ")}`);
  }
  return number;
}

function checkWidth(width: number): void {
  if (width !== 32 && width !== 64) throw new RangeError(`width is ${width}, must be 32 or 64`);
}

function checkColumn(name: string, values: Column, width: number, shape: string, length: number) {
  const type = width === 32 ? Int32Array : BigInt64Array;
  if (!(values instanceof type)) {
    throw new TypeError(`${name} must be ${type.name}, as the width is ${width}`);
  }
  checkLength(name, values, shape, length);
}

function bytesOf(values: Column): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

function columnFrom(bytes: Uint8Array, width: number): Column {
  return width === 32 ? new Int32Array(bytes.buffer) : new BigInt64Array(bytes.buffer);
}

export interface ExpressionBatch {
  /**
   * Expressions in postfix notation, one after the other. A token k >= 0 is input column k; a token
   * below 0 is operator expressionOperators[-1 - token].
   */
  readonly tokens: Int32Array;
  /** For each expression the number of tokens up to and including it: [expressions], ascending. */
  readonly ends: Int32Array;
  /** Values of each input on every row: [inputs, rows]. Constants are inputs too. */
  readonly inputs: Column;
  /** Number of input columns, from 1 to 4,096. */
  readonly inputCount: number;
  /** From 1 to 65,536. */
  readonly rows: number;
  /** Bits of an integer, 32 or 64. */
  readonly width: 32 | 64;
  /** Whether to return the values too. */
  readonly keepValues?: boolean;
}

export interface EvaluatedExpressions {
  /**
   * 0 where an expression has a value on every row, 1 where an integer of `width` bits overflows on
   * some row, 2 where a divisor is 0 on some row: [expressions]
   */
  readonly status: Uint8Array;
  /** 64 bits that depend on the values on every row: [expressions]; 0 where the status is not. */
  readonly hashes: BigUint64Array;
  /** With `keepValues`, [expressions, rows]; 0 where the status is not. */
  readonly values?: Column;
}

/**
 * Evaluates many expressions on all rows, exactly. What an expression shares with the beginning of
 * the one before it is not computed again, so an enumeration in order costs about one operator an
 * expression. Two expressions with equal values have equal hashes; two of n with different values
 * have equal ones with a probability of about n^2 / 2^65.
 *
 * Throws RangeError that names the option out of range, and the first expression that is empty, has
 * a token out of range, an operator without its arguments or more than one value left over;
 * TypeError for inputs of the wrong width.
 */
export function evaluateExpressions(wasm: Wasm, batch: ExpressionBatch): EvaluatedExpressions {
  const { tokens, ends, inputs, inputCount, rows, width, keepValues = false } = batch;
  checkWidth(width);
  checkInteger("rows", rows, 1, mostRows);
  checkInteger("inputCount", inputCount, 1, 4096);
  checkColumn("inputs", inputs, width, "[inputCount, rows]", inputCount * rows);
  checkArray("tokens", tokens, Int32Array);
  checkArray("ends", ends, Int32Array);
  const count = ends.length;
  checkInteger("ends.length", count, 1, 2 ** 24);
  let longest = 0;
  for (let i = 0, from = 0; i < count; from = ends[i++]) {
    if (ends[i] < from) throw new RangeError(`ends[${i}] is ${ends[i]}, must be at least ${from}`);
    longest = Math.max(longest, ends[i] - from);
  }
  checkLength("tokens", tokens, "the last of ends", ends[count - 1]);
  // multipliers, and for each input and token of the longest expression a column and a record
  const working = (inputCount + longest) * (paddedBytes(rows, width) + 32);
  const results = count * (9 + (keepValues ? (rows * width) / 8 : 0));
  const bytes = paddedBytes(rows, width) + working + results;
  checkInteger("bytes of all columns and results", bytes, 1, mostBytes);
  const columns = bytesOf(inputs);
  const result = wasm.expressionsEvaluate(
    tokens,
    ends,
    columns,
    inputCount,
    rows,
    width,
    keepValues,
  );
  if (result.length === 4) {
    const at = new Int32Array(result.buffer)[0];
    const text = tokens.subarray(at === 0 ? 0 : ends[at - 1], ends[at]).join(" ");
    throw new RangeError(
      `expression ${at} is [${text}], must be postfix that leaves one value, of tokens from ` +
        `${-expressionOperators.length} to ${inputCount - 1}`,
    );
  }
  const status = result.slice(8 * count, 9 * count);
  const hashes = new BigUint64Array(result.buffer, 0, count).slice();
  if (!keepValues) return { status, hashes };
  return { status, hashes, values: columnFrom(result.slice(9 * count), width) };
}

/** A range of terms of a bank: [first, end), the end not included. */
export type TermRange = readonly [number, number];

/** A term: an operator over earlier terms, or an input, which has none. */
export interface ExpressionTerm {
  readonly operator?: ExpressionOperator;
  /** Indices of the arguments in the bank. */
  readonly arguments: readonly number[];
}

export interface ExpressionBankReport {
  /** Candidates computed. */
  readonly candidates: number;
  /** Of these, how many overflowed on some row. */
  readonly overflowed: number;
  /** Of these, how many divided by zero on some row. */
  readonly dividedByZero: number;
  /** False when a new term found the bank full and the rest was left out. */
  readonly complete: boolean;
}

export interface ExpressionSearch {
  /** Candidates computed, up to the one found. */
  readonly candidates: number;
  /** Of these, how many overflowed on some row. */
  readonly overflowed: number;
  /** Of these, how many divided by zero on some row. */
  readonly dividedByZero: number;
  /** Arguments of the first candidate with the values searched for; undefined for none. */
  readonly found?: readonly number[];
}

/** Terms with different values, each the first that was found with its values. */
export interface ExpressionBank {
  /** Number of terms. */
  readonly size: number;
  /**
   * Index of the term with these values [rows], a new one without operator where there is none.
   * Throws Error when the bank is full.
   */
  add(values: Column): number;
  /**
   * Applies the operator to every combination of terms from the ranges, one range for each
   * argument, the last varying fastest, and keeps what has new values. Where arguments can be
   * exchanged and both orders are in the ranges, only the one with the lower index first is
   * computed.
   */
  apply(operator: ExpressionOperator, ...ranges: readonly TermRange[]): ExpressionBankReport;
  /**
   * The first candidate with these values [rows], among those that `apply` would compute; keeps
   * nothing, which takes a small part of the time. For the last size of an enumeration.
   */
  search(
    values: Column,
    operator: ExpressionOperator,
    ...ranges: readonly TermRange[]
  ): ExpressionSearch;
  /** Index of the term with these values [rows], -1 for none. */
  find(values: Column): number;
  /** How the term was made. */
  term(index: number): ExpressionTerm;
  /** Values of a term: [rows]. */
  values(index: number): Column;
  /** Frees its memory. Every other call throws after it. */
  dispose(): void;
}

/**
 * A bank for bottom-up enumeration with observational equivalence (Albarghouthi, Gulwani and
 * Kincaid 2013; Udupa et al. 2013): of all terms with the same values on `rows` rows it keeps the
 * first. Values are exact integers of `width` bits; a candidate that overflows or divides by zero
 * on any row is left out and counted. Terms are told apart by 64-bit hashes of their values: of n
 * terms, one is lost to a collision with a probability of about n^2 / 2^65. `find` and `search`
 * compare the values too. All memory, about capacity * (4 rows + 55) bytes for a width of 32 and
 * capacity * (12 rows + 55) for 64, is taken at creation.
 *
 * Throws RangeError for rows outside 1 to 65,536, a capacity outside 1 to 2^24, another width than
 * 32 or 64, and a bank of more than 1 GiB.
 */
export function createExpressionBank(
  wasm: Wasm,
  options: { readonly rows: number; readonly capacity: number; readonly width: 32 | 64 },
): ExpressionBank {
  const { rows, capacity, width } = options;
  checkWidth(width);
  checkInteger("rows", rows, 1, mostRows);
  checkInteger("capacity", capacity, 1, 2 ** 24);
  const column = paddedBytes(rows, 32) + (width === 64 ? paddedBytes(rows, 64) : 0);
  let slots = 4;
  while (slots < 2 * capacity) slots *= 2;
  // for each term a column, bounds, operator with arguments, a hash and a flag; for each slot an
  // index; the next term's column, the target, multipliers, the record and the list of candidates
  const bytes = (capacity + 3) * (column + 16 + 16 + 8 + 1) + slots * 4 + 2 ** 13;
  checkInteger("bytes of the bank", bytes, 1, mostBytes);
  const pointer = wasm.bankCreate(rows, capacity, width);
  const handle = openHandle("expression bank", pointer, wasm.bankDispose);
  const size = () => wasm.bankSize(handle.pointer());
  const checked = (values: Column) => {
    checkColumn("values", values, width, "[rows]", rows);
    return bytesOf(values);
  };
  /** The operator's number, and from and to of three ranges. */
  const checkRanges = (operator: ExpressionOperator, ranges: readonly TermRange[]) => {
    const number = checkOperator(operator);
    const terms = size();
    checkLength("ranges", ranges, operator, arity(operator));
    ranges.forEach(([first, end], i) => {
      checkInteger(`ranges[${i}][0]`, first, 0, terms);
      checkInteger(`ranges[${i}][1]`, end, first, terms);
    });
    const none: TermRange = [0, 0];
    const [a = none, b = none, c = none] = ranges;
    return [number, ...a, ...b, ...c] as const;
  };
  const checkIndex = (index: number) => {
    const terms = size();
    if (terms === 0) throw new RangeError("index: the bank has no terms");
    checkInteger("index", index, 0, terms - 1);
  };
  return {
    get size() {
      return size();
    },
    add(values) {
      const index = wasm.bankAdd(handle.pointer(), checked(values));
      if (index < 0) throw new Error(`the expression bank is full: ${capacity} terms`);
      return index;
    },
    apply(operator, ...ranges) {
      const checkedRanges = checkRanges(operator, ranges);
      const report = wasm.bankApply(handle.pointer(), ...checkedRanges);
      const [candidates, overflowed, dividedByZero, complete] = report;
      return { candidates, overflowed, dividedByZero, complete: complete === 1 };
    },
    search(values, operator, ...ranges) {
      const checkedRanges = checkRanges(operator, ranges);
      const target = checked(values);
      const report = wasm.bankSearch(handle.pointer(), target, ...checkedRanges);
      const [candidates, overflowed, dividedByZero, complete, ...found] = report;
      const counts = { candidates, overflowed, dividedByZero };
      return complete === 1 ? counts : { ...counts, found: found.slice(0, arity(operator)) };
    },
    find: (values) => wasm.bankFind(handle.pointer(), checked(values)),
    term(index) {
      checkIndex(index);
      const term = wasm.bankTerms(handle.pointer(), index, index + 1);
      if (term[0] < 0) return { arguments: [] };
      const operator = expressionOperators[term[0]];
      return { operator, arguments: [...term.subarray(1, 1 + arity(operator))] };
    },
    values(index) {
      checkIndex(index);
      const bytes = wasm.bankValues(handle.pointer(), index);
      return columnFrom(bytes, width);
    },
    dispose: handle.dispose,
  };
}
