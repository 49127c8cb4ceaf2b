import type { MooreMachine, Rejection } from "@latticode/machines";
import type { Expression, Program, Update } from "@latticode/program";
import { countNodes, mapArguments, simplifyProgram, state } from "@latticode/program";
import { clearUnreadStarts } from "../unread-starts.ts";
import type { MealyMachine } from "./mealy-quotients.ts";
import { mealyQuotients } from "./mealy-quotients.ts";
import type { TruthTable } from "./truth-table.ts";
import { booleanExpression, dontCare, leastNodes } from "./truth-table.ts";

// Boolean regression (paper section 4.3): a machine over bits becomes formulas. Labellings of its
// states by k-bit codes are tried, as many as the budget allows; for each the next-state bits and
// the outputs are truth tables with don't-cares, and the labelling with the shortest formulas wins.
// Codes that differ by the order of their bits give the same program; complemented bits do not.

/** States beyond this need more than three bits. */
const mostStates = 8;
const mostInputs = 6;
/** Truth tables minimised before the best labelling so far is taken; counted, not timed. */
const mostTables = 8000;
/**
 * Up to so many inputs all labellings of 8 states need 30,000 tables at most, in 1 to 2 seconds.
 */
const fewInputs = 2;
const mostTablesOfFew = 50_000;
const bitNames = "abc";

interface PlannedBit {
  readonly bit: number;
  /** over inputs 0..k-1 for the state bits, then the inputs of the program */
  readonly value: Expression;
}

interface Plan {
  readonly cost: number;
  readonly inPlace: boolean;
  readonly updates: readonly PlannedBit[];
  readonly outputs: readonly Expression[];
  readonly bits: number;
  readonly initialCode: number;
}

interface Minimizer {
  readonly minimize: (table: TruthTable) => Expression;
  readonly exhausted: () => boolean;
}

/**
 * The shortest program found for a machine of up to 8 states whose inputs and outputs are all 0 or
 * 1, right wherever the machine's transitions and outputs are known. Labellings take as few
 * bits as will do; with one or two inputs all are compared, with 3 to 6 the budget may leave some
 * out.
 */
export function booleanRegression(machine: MooreMachine): Program | Rejection {
  const { inputDim, outputDim, symbols, outputs, outputKnown, stateCount } = machine;
  const beyondBits = symbols.find((value) => value !== 0 && value !== 1);
  if (beyondBits !== undefined) {
    return { rejected: `Boolean regression: an input is ${beyondBits}, not 0 or 1` };
  }
  const beyond = outputs.findIndex(
    (value, i) => outputKnown[Math.floor(i / outputDim)] === 1 && value !== 0 && value !== 1,
  );
  if (beyond >= 0) {
    return { rejected: `Boolean regression: an output is ${outputs[beyond]}, not 0 or 1` };
  }
  if (inputDim > mostInputs) {
    return { rejected: `Boolean regression: ${inputDim} inputs, more than ${mostInputs}` };
  }
  if (stateCount > mostStates) {
    return { rejected: `Boolean regression: ${stateCount} states, more than ${mostStates}` };
  }
  const minimizer = createMinimizer(inputDim > fewInputs ? mostTables : mostTablesOfFew);
  let best: Plan | undefined;
  for (const quotient of mealyQuotients(machine)) {
    for (const codes of labellings(quotient.stateCount)) {
      if (best && minimizer.exhausted()) break;
      best = planLabelling(machine, quotient, codes, minimizer, best);
    }
  }
  return clearUnreadStarts(simplifyProgram(writePlan(best!, inputDim)));
}

function createMinimizer(most: number): Minimizer {
  const known = new Map<string, Expression>();
  return {
    minimize(table) {
      const key = table.join("");
      let expression = known.get(key);
      if (!expression) {
        expression = booleanExpression(table, bitLength(table.length) - 1);
        known.set(key, expression);
      }
      return expression;
    },
    exhausted: () => known.size > most,
  };
}

/** All injective codes of the classes with the fewest bits, one of each set that permutes bits. */
function* labellings(stateCount: number): Generator<readonly number[]> {
  const bits = bitLength(stateCount - 1);
  const orders = permutations(bits);
  const codes: number[] = [];
  function* extend(): Generator<readonly number[]> {
    if (codes.length === stateCount) {
      if (
        orders.every(
          (order) =>
            !isLess(
              codes.map((code) => permuteBits(code, order)),
              codes,
            ),
        )
      ) {
        yield codes;
      }
      return;
    }
    for (let code = 0; code < 1 << bits; code++) {
      if (codes.includes(code)) continue;
      codes.push(code);
      yield* extend();
      codes.pop();
    }
  }
  yield* extend();
}

/** The plan for one labelling if it beats `best`, else `best`. */
function planLabelling(
  machine: MooreMachine,
  quotient: MealyMachine,
  codes: readonly number[],
  { minimize }: Minimizer,
  best: Plan | undefined,
): Plan | undefined {
  const bits = bitLength(quotient.stateCount - 1);
  const variables = bits + machine.inputDim;
  const limit = best?.cost ?? Number.POSITIVE_INFINITY;
  const outputTables = Array.from({ length: machine.outputDim }, (_, k) =>
    outputTable(machine, quotient, codes, bits, k),
  );
  const updateTables: (TruthTable | undefined)[][] = [];
  for (let done = 0; done < 1 << bits; done++) {
    updateTables.push(
      Array.from({ length: bits }, (_, bit) =>
        (done >> bit) & 1 ? undefined : updateTable(machine, quotient, codes, bits, bit, done),
      ),
    );
  }

  // a bound first: most labellings lose without any table being minimised
  const least = (table: TruthTable) => leastNodes(table, variables);
  const outputBound = sumOf(outputTables, (table) => 1 + least(table));
  const updateBound = Math.min(
    sumOf(updateTables[0], (table) => 1 + least(table!)),
    cheapestOrder(updateTables, bits, least).cost,
  );
  if (outputBound + updateBound >= limit) return best;

  const nodes = (table: TruthTable) => countNodes(minimize(table));
  const outputCost = sumOf(outputTables, (table) => 1 + nodes(table));
  if (outputCost + updateBound >= limit) return best;
  const simultaneous = sumOf(updateTables[0], (table) => 1 + nodes(table!));
  const ordered = cheapestOrder(updateTables, bits, nodes);
  // at equal cost in place, which needs no temporaries
  const inPlace = ordered.cost <= simultaneous;
  const cost = outputCost + (inPlace ? ordered.cost : simultaneous);
  if (cost >= limit) return best;
  const sequence = inPlace ? ordered.sequence : updateTables[0].map((_, bit) => ({ bit, done: 0 }));
  return {
    cost,
    inPlace,
    bits,
    initialCode: codes[quotient.initial],
    updates: sequence.map(({ bit, done }) => ({ bit, value: minimize(updateTables[done][bit]!) })),
    outputs: outputTables.map(minimize),
  };
}

/** Order of updates in place of least cost, by dynamic programming over the sets of bits done. */
function cheapestOrder(
  tables: readonly (readonly (TruthTable | undefined)[])[],
  bits: number,
  nodes: (table: TruthTable) => number,
): { cost: number; sequence: { bit: number; done: number }[] } {
  const cost = new Array<number>(1 << bits).fill(Number.POSITIVE_INFINITY);
  const last = new Int32Array(1 << bits);
  cost[0] = 0;
  for (let done = 0; done < 1 << bits; done++) {
    if (cost[done] === Number.POSITIVE_INFINITY) continue;
    for (let bit = 0; bit < bits; bit++) {
      const table = tables[done][bit];
      if (!table) continue;
      const next = done | (1 << bit);
      const total = cost[done] + 1 + nodes(table);
      if (total >= cost[next]) continue;
      cost[next] = total;
      last[next] = bit;
    }
  }
  const full = (1 << bits) - 1;
  const sequence: { bit: number; done: number }[] = [];
  if (cost[full] < Number.POSITIVE_INFINITY) {
    for (let set = full; set !== 0; ) {
      const bit = last[set];
      set &= ~(1 << bit);
      sequence.unshift({ bit, done: set });
    }
  }
  return { cost: cost[full], sequence };
}

/**
 * Next value of a bit over the state bits (new values for those in the set `done`, old ones for the
 * others) and the inputs; undefined when these do not determine it.
 */
function updateTable(
  machine: MooreMachine,
  quotient: MealyMachine,
  codes: readonly number[],
  bits: number,
  bit: number,
  done: number,
): TruthTable | undefined {
  const table = new Int8Array(1 << (bits + machine.inputDim)).fill(dontCare);
  const symbolCount = machine.symbols.length / machine.inputDim;
  for (let from = 0; from < quotient.stateCount; from++) {
    for (let symbol = 0; symbol < symbolCount; symbol++) {
      const to = quotient.transitions[from * symbolCount + symbol];
      if (to < 0) continue;
      const seen = (codes[from] & ~done) | (codes[to] & done);
      const row = seen | (inputBits(machine, symbol) << bits);
      const value = (codes[to] >> bit) & 1;
      if (table[row] !== dontCare && table[row] !== value) return undefined;
      table[row] = value;
    }
  }
  return table;
}

function outputTable(
  machine: MooreMachine,
  quotient: MealyMachine,
  codes: readonly number[],
  bits: number,
  output: number,
): TruthTable {
  const table = new Int8Array(1 << (bits + machine.inputDim)).fill(dontCare);
  const symbolCount = machine.symbols.length / machine.inputDim;
  for (let to = 0; to < quotient.stateCount; to++) {
    for (let symbol = 0; symbol < symbolCount; symbol++) {
      const value = quotient.outputs[(output * quotient.stateCount + to) * symbolCount + symbol];
      // notObserved is dontCare
      table[codes[to] | (inputBits(machine, symbol) << bits)] = value;
    }
  }
  return table;
}

function inputBits({ symbols, inputDim }: MooreMachine, symbol: number): number {
  let bits = 0;
  for (let j = 0; j < inputDim; j++) bits |= symbols[symbol * inputDim + j] << j;
  return bits;
}

function writePlan(plan: Plan, inputDim: number): Program {
  const names = new Map(plan.updates.map(({ bit }, i) => [bit, bitNames[i]]));
  const rename = (e: Expression): Expression => {
    if (e.op !== "input") return mapArguments(e, rename);
    const name = names.get(e.index);
    return name === undefined ? { op: "input", index: e.index - plan.bits } : state(name);
  };
  return {
    inputDim,
    state: plan.updates.map(({ bit }) => ({
      name: names.get(bit)!,
      initial: (plan.initialCode >> bit) & 1,
    })),
    order: plan.inPlace ? "in-place" : "simultaneous",
    updates: plan.updates.map(
      ({ bit, value }): Update => ({ target: names.get(bit)!, value: rename(value) }),
    ),
    outputs: plan.outputs.map(rename),
  };
}

function permutations(n: number): number[][] {
  if (n === 0) return [[]];
  return permutations(n - 1).flatMap((rest) =>
    Array.from({ length: n }, (_, at) => [...rest.slice(0, at), n - 1, ...rest.slice(at)]),
  );
}

function permuteBits(code: number, order: readonly number[]): number {
  return order.reduce((permuted, to, from) => permuted | (((code >> from) & 1) << to), 0);
}

function isLess(a: readonly number[], b: readonly number[]): boolean {
  const at = a.findIndex((value, i) => value !== b[i]);
  return at >= 0 && a[at] < b[at];
}

function sumOf<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((sum, item) => sum + value(item), 0);
}

/** Number of bits of a non-negative integer: 0 for 0. */
function bitLength(n: number): number {
  return 32 - Math.clz32(n);
}
