// Two things that read symbols and write outputs, held together by breadth-first search of the
// pairs of states that they can be in at once (Moore 1956; Hopcroft and Karp 1971). When no new
// pair turns up, the outputs are equal on all words of any length.

import { numberKeys } from "@latticode/network";
import {
  carriedVariables,
  compileStep,
  EvaluationError,
  type Program,
  type ProgramState,
} from "@latticode/program";
import type { Machine } from "./machine.ts";

/** The state after a symbol where nobody knows it. */
const unknown = -1;
/** The "state" after a symbol on which a program fails, as by a division by zero. */
const failed = -2;

/** The next state, `unknown` or `failed`, and the number of the output, `unknown` or `failed`. */
interface WalkerStep {
  readonly next: number;
  readonly output: number;
}

/** Something in one of numbered states, as far as it has been asked. */
export interface Walker {
  readonly initial: number;
  readonly step: (state: number, symbol: number) => WalkerStep;
  /** Why states are unknown, for those who ask afterwards. */
  readonly gap: () => string | undefined;
}

/** Numbers outputs alike for both sides of a product. */
export type OutputNumbers = (outputs: ArrayLike<number | bigint>) => number;

/** Numbers for the distinct outputs of two walkers. */
export function numberOutputs(): OutputNumbers {
  const numberOf = numberKeys<number | bigint | string>();
  return (outputs) => numberOf(outputs.length === 1 ? outputs[0] : Array.from(outputs).join());
}

/** States with larger numbers are left alone: what grows that far comes back to nothing. */
const largestNumber = 2n ** 64n;
/** Lists that have grown longer than this are left alone for the same reason. */
const longestList = 256;

/**
 * A program as a walker over symbols [n, inputDim]. Its states are numbered by value, and every
 * state is asked only once for every symbol.
 */
export function programWalker(
  program: Program,
  symbols: Int32Array,
  outputNumber: OutputNumbers,
): Walker {
  const { initial, step } = compileStep(program);
  const carried = carriedVariables(program);
  const isCarried = program.state.map(({ name }) => carried.has(name));
  /** What no step reads before it writes it tells no states apart. */
  const settle = (state: ProgramState) =>
    state.map((value, i) => (isCarried[i] ? value : initial[i]));
  const { inputDim } = program;
  const inputs = Array.from({ length: symbols.length / inputDim }, (_, s) =>
    symbols.subarray(s * inputDim, (s + 1) * inputDim),
  );
  const states: ProgramState[] = [];
  const numbers = new Map<number | string, number>();
  const steps: (WalkerStep | undefined)[][] = [];
  let gap: string | undefined;

  const numberOf = (state: ProgramState): number => {
    const key = keyOf(state);
    const known = numbers.get(key);
    if (known !== undefined) return known;
    if (!state.every(isModest)) {
      gap = "the program's state grows beyond 64 bits or 256 numbers";
      return unknown;
    }
    numbers.set(key, states.length);
    steps.push([]);
    return states.push(state) - 1;
  };

  const take = (state: number, symbol: number) => {
    try {
      const after = step(states[state], inputs[symbol]);
      return { next: numberOf(settle(after.state)), output: outputNumber(after.outputs) };
    } catch (error) {
      if (error instanceof EvaluationError) return { next: failed, output: failed };
      throw error;
    }
  };

  return {
    initial: numberOf(initial),
    step: (state, symbol) => {
      steps[state][symbol] ??= take(state, symbol);
      return steps[state][symbol];
    },
    gap: () => gap,
  };
}

function isModest(value: ProgramState[number]): boolean {
  if (typeof value === "number") return true;
  if (typeof value === "bigint") return value < largestNumber && value > -largestNumber;
  return value.length <= longestList && value.every(isModest);
}

/** Equal for equal states; lists are set apart from numbers, and of one variable each. */
function keyOf(state: ProgramState): number | string {
  if (state.length === 1 && typeof state[0] === "number") return state[0];
  let key = "";
  for (const value of state) key += typeof value === "object" ? `[${value.join()}]` : `${value};`;
  return key;
}

/** A machine as a walker; what nobody observed is unknown. */
export function machineWalker(machine: Machine, outputNumber: OutputNumbers): Walker {
  const { symbols, inputDim, outputDim, outputVectors, transitions, outputs } = machine;
  const symbolCount = symbols.length / inputDim;
  const numbers = Array.from({ length: outputVectors.length / outputDim }, (_, k) =>
    outputNumber(outputVectors.subarray(k * outputDim, (k + 1) * outputDim)),
  );
  const gap =
    transitions.includes(-1) || outputs.includes(-1)
      ? "the machine does not know every step"
      : undefined;
  return {
    initial: machine.initial,
    step: (state, symbol) => {
      const at = state * symbolCount + symbol;
      return {
        next: transitions[at] < 0 ? unknown : transitions[at],
        output: outputs[at] < 0 ? unknown : numbers[outputs[at]],
      };
    },
    gap: () => gap,
  };
}

/** How a product search ended. */
export type ProductResult = ProductCounts &
  (
    | { readonly equal: true }
    /** A shortest word of symbols, after which the outputs differ. */
    | { readonly equal: false; readonly word: readonly number[] }
    | { readonly equal: undefined; readonly reason: string }
  );

interface ProductCounts {
  /** Pairs of states that were reached. */
  readonly pairs: number;
  /** Steps that only the first walker knows, and only the second. */
  readonly onlyKnown: readonly [number, number];
}

/**
 * Searches the pairs of states that two walkers reach together, the nearest first.
 *
 * @param limits.pairs most pairs of states that are looked at
 * @param limits.steps most pairs of a state pair and a symbol
 */
export function searchProduct(
  a: Walker,
  b: Walker,
  symbolCount: number,
  limits: { readonly pairs: number; readonly steps: number },
): ProductResult {
  const left = [a.initial];
  const right = [b.initial];
  const parents = [-1];
  const symbols = [-1];
  const onlyKnown: [number, number] = [0, 0];
  const counts = () => ({ pairs: left.length, onlyKnown });
  const unclear = (reason: string) => ({ equal: undefined, reason, ...counts() });
  if (a.initial < 0 || b.initial < 0) return unclear(a.gap() ?? b.gap() ?? "no start");
  // far more states than any limit lets in
  const stride = 2 ** 26;
  const seen = new Set([a.initial * stride + b.initial]);
  let hasGap = false;
  let steps = 0;
  for (let i = 0; i < left.length; i++) {
    for (let symbol = 0; symbol < symbolCount; symbol++) {
      if (++steps > limits.steps) return unclear(`not closed after ${limits.steps} steps`);
      const p = a.step(left[i], symbol);
      const q = b.step(right[i], symbol);
      if (p.output !== unknown && q.output !== unknown && p.output !== q.output) {
        const word = [symbol];
        for (let j = i; parents[j] >= 0; j = parents[j]) word.push(symbols[j]);
        return { equal: false, word: word.reverse(), ...counts() };
      }
      if (isGap(p) || isGap(q)) {
        hasGap = true;
        if (knowsMore(p, q)) onlyKnown[0]++;
        if (knowsMore(q, p)) onlyKnown[1]++;
      }
      // after a failure nothing comes out any more
      if (p.next < 0 || q.next < 0) continue;
      const key = p.next * stride + q.next;
      if (seen.has(key)) continue;
      if (left.length >= limits.pairs) {
        return unclear(`not closed after ${limits.pairs} pairs of states`);
      }
      seen.add(key);
      left.push(p.next);
      right.push(q.next);
      parents.push(i);
      symbols.push(symbol);
    }
  }
  if (hasGap) return unclear(a.gap() ?? b.gap() ?? "steps are unknown");
  return { equal: true, ...counts() };
}

const isGap = ({ output, next }: WalkerStep) => output === unknown || next === unknown;

/** Whether the first knows the output or the next state of a step, and the second does not. */
function knowsMore(p: WalkerStep, q: WalkerStep): boolean {
  return (
    (p.output !== unknown && q.output === unknown) || (p.next !== unknown && q.next === unknown)
  );
}
