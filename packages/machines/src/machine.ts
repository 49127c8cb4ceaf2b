import type { Kernels } from "@latticode/kernels";
import { numberKeys } from "@latticode/network";

/**
 * A finite machine in the manner of Mealy: a state and a symbol decide the next state and the
 * output. Plain data; what nobody observed is -1.
 */
export interface Machine {
  readonly inputDim: number;
  readonly outputDim: number;
  /** The input of each symbol: [symbolCount, inputDim] */
  readonly symbols: Int32Array;
  /** The distinct outputs: [outputCount, outputDim] */
  readonly outputVectors: Int32Array;
  readonly stateCount: number;
  readonly initial: number;
  /** Next state: [stateCount, symbolCount]; -1 where it is unknown */
  readonly transitions: Int32Array;
  /** Row of outputVectors: [stateCount, symbolCount]; -1 where it is unknown */
  readonly outputs: Int32Array;
}

/** Number of symbols of a machine's alphabet. */
export function symbolCountOf(machine: Pick<Machine, "symbols" | "inputDim">): number {
  return machine.symbols.length / machine.inputDim;
}

/** Whether every state knows its successor and its output for every symbol. */
export function isComplete({ transitions, outputs }: Machine): boolean {
  return !transitions.includes(-1) && !outputs.includes(-1);
}

/**
 * The smallest machine that behaves like the given one, by partition refinement on outputs and
 * successors, see equalStates. States are numbered breadth-first from the start, those out of its
 * reach dropped.
 */
export function minimizeMachine(machine: Machine, options: { readonly kernels: Kernels }): Machine {
  return quotientMachine(machine, equalStates(machine, options)).machine;
}

/**
 * Classes of states that behave alike, [stateCount]. What is unknown equals only what is unknown,
 * and a state of which nothing is known equals no other.
 */
export function equalStates(
  { outputs, transitions, stateCount, symbols, inputDim }: Machine,
  options: { readonly kernels: Kernels },
): Int32Array {
  const symbolCount = symbolCountOf({ symbols, inputDim });
  const numberOf = numberKeys<string>();
  const labels = new Int32Array(stateCount).map((_, state) => {
    const row = outputs.subarray(state * symbolCount, (state + 1) * symbolCount);
    return numberOf(row.some((output) => output >= 0) ? row.join() : `state ${state}`);
  });
  return options.kernels.refinePartition(transitions, labels);
}

/**
 * The machine on classes of states, which must have equal outputs and equivalent successors where
 * both are known. Classes are numbered breadth-first from the start.
 *
 * @param classes [stateCount], any integers from 0
 * @returns the machine, and for each old state its new one, [stateCount], -1 where out of reach
 */
export function quotientMachine(
  machine: Machine,
  classes: Int32Array,
): { readonly machine: Machine; readonly states: Int32Array } {
  const symbolCount = symbolCountOf(machine);
  const classCount = classes.reduce((most, c) => Math.max(most, c), -1) + 1;
  const next = new Int32Array(classCount * symbolCount).fill(-1);
  const written = new Int32Array(classCount * symbolCount).fill(-1);
  for (let state = 0; state < machine.stateCount; state++) {
    for (let symbol = 0; symbol < symbolCount; symbol++) {
      const from = state * symbolCount + symbol;
      const to = classes[state] * symbolCount + symbol;
      if (machine.transitions[from] >= 0) next[to] = classes[machine.transitions[from]];
      if (machine.outputs[from] >= 0) written[to] = machine.outputs[from];
    }
  }
  const number = new Int32Array(classCount).fill(-1);
  const queue = [classes[machine.initial]];
  number[queue[0]] = 0;
  for (const c of queue) {
    for (const target of next.subarray(c * symbolCount, (c + 1) * symbolCount)) {
      if (target < 0 || number[target] >= 0) continue;
      number[target] = queue.length;
      queue.push(target);
    }
  }
  const transitions = new Int32Array(queue.length * symbolCount);
  const outputs = new Int32Array(queue.length * symbolCount);
  queue.forEach((c, state) => {
    for (let symbol = 0; symbol < symbolCount; symbol++) {
      const target = next[c * symbolCount + symbol];
      transitions[state * symbolCount + symbol] = target < 0 ? -1 : number[target];
      outputs[state * symbolCount + symbol] = written[c * symbolCount + symbol];
    }
  });
  return {
    machine: { ...machine, stateCount: queue.length, initial: 0, transitions, outputs },
    states: classes.map((c) => number[c]),
  };
}

/**
 * Length of a shortest word that tells two states of a machine apart, for every pair:
 * [stateCount, stateCount], Infinity where there is none. What is unknown tells nothing apart.
 */
export function distinguishingLengths(machine: Machine): Float64Array {
  const { stateCount, transitions, outputs } = machine;
  const symbolCount = symbolCountOf(machine);
  const lengths = new Float64Array(stateCount * stateCount).fill(Number.POSITIVE_INFINITY);
  // by pairs, as unknown successors make "not told apart" no equivalence (Moore 1956)
  for (let length = 1, found = true; found; length++) {
    found = false;
    for (let a = 0; a < stateCount; a++) {
      for (let b = 0; b < a; b++) {
        if (lengths[a * stateCount + b] < length) continue;
        for (let symbol = 0; symbol < symbolCount; symbol++) {
          const i = a * symbolCount + symbol;
          const j = b * symbolCount + symbol;
          const p = transitions[i];
          const q = transitions[j];
          const isApart =
            length === 1
              ? outputs[i] >= 0 && outputs[j] >= 0 && outputs[i] !== outputs[j]
              : p >= 0 && q >= 0 && lengths[p * stateCount + q] < length;
          if (!isApart) continue;
          lengths[a * stateCount + b] = length;
          lengths[b * stateCount + a] = length;
          found = true;
          break;
        }
      }
    }
  }
  return lengths;
}
