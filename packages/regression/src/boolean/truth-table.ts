import type { Expression } from "@latticode/program";
import {
  add,
  and,
  countNodes,
  equal,
  input,
  integer,
  less,
  mapArguments,
  not,
  or,
  xor,
} from "@latticode/program";
import type { Implicant } from "./quine-mccluskey.ts";
import { minimizeTerms } from "./quine-mccluskey.ts";

/**
 * A Boolean function of n variables: 2^n entries 0, 1 or dontCare; bit j of the row is variable j.
 */
export type TruthTable = Int8Array;

export const dontCare = -1;

/**
 * A short expression for a truth table, over inputs 0 to n - 1 as its variables (paper section
 * 4.3): variables that do not matter are dropped; a function of the sum of the rest becomes a
 * parity or a condition on the sum; anything else a disjunctive normal form, of the function or of
 * its complement. Beyond the paper, a variable that always flips the function is taken out by xor.
 * The shortest wins, the earlier form at equal length.
 *
 * @param variables n, at most 16
 */
export function booleanExpression(table: TruthTable, variables: number): Expression {
  let best: Expression | undefined;
  for (const support of smallestSupports(table, variables)) {
    const reduced = project(table, support);
    for (const form of forms(reduced, support)) {
      if (!best || countNodes(form) < countNodes(best)) best = form;
    }
  }
  return best!;
}

/** No expression for the table has fewer nodes than this; cheap to compute. */
export function leastNodes(table: TruthTable, variables: number): number {
  return Math.max(1, 2 * essentialVariables(table, variables).length - 1);
}

function forms(table: TruthTable, support: readonly number[]): Expression[] {
  const variables = support.map((j) => input(j));
  const n = variables.length;
  if (n === 0) return [integer(table[0] === 1 ? 1 : 0)];
  const sums = valuesBySum(table, n);
  return [
    ...(sums && n > 1 ? symmetricForms(sums, variables) : []),
    normalForm(table, variables),
    not(normalForm(table.map(complement), variables)),
    ...(n > 1 ? flippedForms(table, support) : []),
  ];
}

/** v xor g for each variable v such that the function is v xor a function g of the others. */
function flippedForms(table: TruthTable, support: readonly number[]): Expression[] {
  const n = support.length;
  return support.flatMap((name, j) => {
    const flipped = table.map((value, row) => ((row >> j) & 1 ? complement(value) : value));
    const others = support.map((_, i) => i).filter((i) => i !== j);
    if (!determines(flipped, others)) return [];
    const rest = booleanExpression(project(flipped, others), n - 1);
    const named = replaceInputs(rest, (i) => support[others[i]]);
    return [xor(input(name), named)];
  });
}

function replaceInputs(e: Expression, rename: (index: number) => number): Expression {
  return e.op === "input"
    ? input(rename(e.index))
    : mapArguments(e, (argument) => replaceInputs(argument, rename));
}

function complement(value: number): number {
  return value === dontCare ? dontCare : 1 - value;
}

/** The function of the sum of the variables, [n + 1], or undefined when there is none. */
function valuesBySum(table: TruthTable, n: number): Int8Array | undefined {
  const sums = new Int8Array(n + 1).fill(dontCare);
  for (let row = 0; row < table.length; row++) {
    if (table[row] === dontCare) continue;
    let sum = 0;
    for (let j = 0; j < n; j++) sum += (row >> j) & 1;
    if (sums[sum] === complement(table[row])) return undefined;
    sums[sum] = table[row];
  }
  return sums;
}

function symmetricForms(sums: Int8Array, variables: readonly Expression[]): Expression[] {
  const n = variables.length;
  const found: Expression[] = [];
  const fits = (rule: (sum: number) => boolean) =>
    sums.every((value, sum) => value === dontCare || (value === 1) === rule(sum));
  const parity = variables.reduce((a, b) => xor(a, b));
  if (fits((sum) => sum % 2 === 1)) found.push(parity);
  if (n === 2 && fits((sum) => sum !== 1)) found.push(equal(variables[0], variables[1]));
  if (fits((sum) => sum % 2 === 0)) found.push(not(parity));
  const total = variables.reduce((a, b) => add(a, b));
  for (let k = 0; k < n; k++) {
    if (fits((sum) => k < sum)) found.push(less(integer(k), total));
  }
  for (let k = 1; k <= n; k++) {
    if (fits((sum) => sum < k)) found.push(less(total, integer(k)));
  }
  for (let k = 0; k <= n; k++) {
    if (fits((sum) => sum === k)) found.push(equal(total, integer(k)));
    if (fits((sum) => sum !== k)) found.push(not(equal(total, integer(k))));
  }
  for (let low = 0; low < n; low++) {
    for (let high = low + 2; high <= n; high++) {
      if (!fits((sum) => low < sum && sum < high)) continue;
      found.push(and(less(integer(low), total), less(total, integer(high))));
    }
  }
  return found;
}

function normalForm(table: TruthTable, variables: readonly Expression[]): Expression {
  const rowsWith = (wanted: number) =>
    Array.from(table.keys()).filter((row) => table[row] === wanted);
  const terms = minimizeTerms(rowsWith(1), rowsWith(dontCare), variables.length).map((term) =>
    product(term, variables),
  );
  return terms.length === 0 ? integer(0) : terms.reduce((a, b) => or(a, b));
}

function product({ mask, value }: Implicant, variables: readonly Expression[]): Expression {
  const plain = variables.filter((_, j) => ((mask & value) >> j) & 1);
  const negated = variables.filter((_, j) => ((mask & ~value) >> j) & 1);
  const literals = [...plain, ...negated.map((v) => not(v))];
  return literals.length === 0 ? integer(1) : literals.reduce((a, b) => and(a, b));
}

/** Variables that some pair of known rows shows to matter. */
function essentialVariables(table: TruthTable, variables: number): number[] {
  const found: number[] = [];
  for (let j = 0; j < variables; j++) {
    for (let row = 0; row < table.length; row++) {
      const other = row | (1 << j);
      if (other === row || table[row] === dontCare || table[other] === dontCare) continue;
      if (table[row] === table[other]) continue;
      found.push(j);
      break;
    }
  }
  return found;
}

/** The smallest sets of variables that determine the function; all of that size. */
function smallestSupports(table: TruthTable, variables: number): number[][] {
  const essential = essentialVariables(table, variables);
  const others = Array.from({ length: variables }, (_, j) => j).filter(
    (j) => !essential.includes(j),
  );
  for (let size = 0; size <= others.length; size++) {
    const found = subsets(others, size)
      .map((extra) => [...essential, ...extra].sort((a, b) => a - b))
      .filter((support) => determines(table, support));
    if (found.length > 0) return found;
  }
  return [];
}

function subsets(items: readonly number[], size: number): number[][] {
  if (size === 0) return [[]];
  return items.flatMap((item, i) =>
    subsets(items.slice(i + 1), size - 1).map((rest) => [item, ...rest]),
  );
}

function determines(table: TruthTable, support: readonly number[]): boolean {
  const seen = new Int8Array(1 << support.length).fill(dontCare);
  for (let row = 0; row < table.length; row++) {
    if (table[row] === dontCare) continue;
    const key = compress(row, support);
    if (seen[key] === complement(table[row])) return false;
    seen[key] = table[row];
  }
  return true;
}

function project(table: TruthTable, support: readonly number[]): TruthTable {
  const reduced = new Int8Array(1 << support.length).fill(dontCare);
  for (let row = 0; row < table.length; row++) {
    if (table[row] !== dontCare) reduced[compress(row, support)] = table[row];
  }
  return reduced;
}

function compress(row: number, support: readonly number[]): number {
  let key = 0;
  for (let j = 0; j < support.length; j++) key |= ((row >> support[j]) & 1) << j;
  return key;
}
