import type { Kernels } from "@latticode/kernels";
import type { Traces } from "@latticode/training";

/**
 * A finite machine in the manner of Moore: the state reached decides the output. Plain data.
 * Symbols are the distinct inputs of the traces in lexicographic order.
 */
export interface Machine {
  readonly inputDim: number;
  readonly outputDim: number;
  /** The input of each symbol: [symbolCount, inputDim] */
  readonly symbols: Int32Array;
  readonly stateCount: number;
  readonly initial: number;
  /** Next state: [stateCount, symbolCount]; -1 where it was never observed */
  readonly transitions: Int32Array;
  /** [stateCount, outputDim] */
  readonly outputs: Int32Array;
  /** [stateCount]: 0 where no output was observed (the start, unless something returns to it), else 1 */
  readonly outputKnown: Uint8Array;
}

/**
 * The symbol at each position of the traces, and the symbols; undefined when there are more than
 * `limit` of them.
 *
 * @returns indices [count, length], symbols [symbolCount, inputDim]
 */
export function encodeSymbols(
  traces: Traces,
  limit: number,
): { readonly indices: Int32Array; readonly symbols: Int32Array } | undefined {
  const { inputDim, x } = traces;
  const positions = traces.count * traces.length;
  const seen = new Map<string, number>();
  const first: number[] = [];
  const indices = new Int32Array(positions);
  for (let i = 0; i < positions; i++) {
    const key = x.subarray(i * inputDim, (i + 1) * inputDim).join();
    let index = seen.get(key);
    if (index === undefined) {
      if (first.length === limit) return undefined;
      index = first.length;
      seen.set(key, index);
      first.push(i);
    }
    indices[i] = index;
  }
  const inputOf = (symbol: number) =>
    x.subarray(first[symbol] * inputDim, (first[symbol] + 1) * inputDim);
  const sorted = first
    .map((_, symbol) => symbol)
    .sort((a, b) => compareRows(inputOf(a), inputOf(b)));
  const symbols = new Int32Array(first.length * inputDim);
  const rank = new Int32Array(first.length);
  sorted.forEach((symbol, i) => {
    symbols.set(inputOf(symbol), i * inputDim);
    rank[symbol] = i;
  });
  return { indices: indices.map((symbol) => rank[symbol]), symbols };
}

/**
 * Share of the traces' positions at which the machine gives the network's output; a position after
 * an unknown transition counts as wrong.
 *
 * @param indices symbols of the traces, [count, length], see encodeSymbols
 */
export function machineAgreement(machine: Machine, traces: Traces, indices: Int32Array): number {
  const { count, length, outputDim, y } = traces;
  const symbolCount = machine.symbols.length / machine.inputDim;
  let right = 0;
  for (let i = 0; i < count; i++) {
    let state = machine.initial;
    for (let t = 0; t < length; t++) {
      const position = i * length + t;
      state = machine.transitions[state * symbolCount + indices[position]];
      if (state < 0) break;
      let same = machine.outputKnown[state] === 1;
      for (let k = 0; same && k < outputDim; k++) {
        same = machine.outputs[state * outputDim + k] === y[position * outputDim + k];
      }
      if (same) right++;
    }
  }
  return right / (count * length);
}

/**
 * The smallest machine that behaves like the given one, by partition refinement on output and
 * successors, states numbered breadth-first from the start. An unknown successor
 * equals only unknown successors. A start state whose output nobody sees is then merged with the
 * first state that has the same successors.
 */
export function minimizeMachine(machine: Machine, options: { readonly kernels: Kernels }): Machine {
  const labels = outputClasses(machine);
  const classes = options.kernels.refinePartition(machine.transitions, labels);
  const merged = quotient(machine, classes);
  const start = merged.initial;
  if (merged.outputKnown[start] === 1) return merged;
  const symbolCount = merged.symbols.length / merged.inputDim;
  for (let state = 0; state < merged.stateCount; state++) {
    if (state === start) continue;
    let same = true;
    for (let symbol = 0; same && symbol < symbolCount; symbol++) {
      const a = merged.transitions[start * symbolCount + symbol];
      const b = merged.transitions[state * symbolCount + symbol];
      same = a === b || (a === start && b === state) || (a === state && b === start);
    }
    if (!same) continue;
    const joined = Int32Array.from({ length: merged.stateCount }, (_, s) =>
      s === start ? state : s,
    );
    return quotient(merged, joined);
  }
  return merged;
}

/** Equal for states of equal output, and for those whose output is unknown. */
function outputClasses({ stateCount, outputDim, outputs, outputKnown }: Machine): Int32Array {
  const numbers = new Map<string, number>();
  return new Int32Array(stateCount).map((_, state) => {
    const output = outputs.subarray(state * outputDim, (state + 1) * outputDim);
    const key = outputKnown[state] ? output.join() : "?";
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    return number;
  });
}

/** The machine on classes of states, reachable ones only, numbered breadth-first from the start. */
function quotient(machine: Machine, classes: Int32Array): Machine {
  const { outputDim, transitions, outputs, outputKnown } = machine;
  const symbolCount = machine.symbols.length / machine.inputDim;
  // a class is represented by a member with a known output where there is one
  const members = new Map<number, number>();
  for (let state = 0; state < classes.length; state++) {
    const member = members.get(classes[state]);
    if (member === undefined || (!outputKnown[member] && outputKnown[state])) {
      members.set(classes[state], state);
    }
  }
  const numbers = new Map([[classes[machine.initial], 0]]);
  const queue = [classes[machine.initial]];
  const rows: number[][] = [];
  for (let i = 0; i < queue.length; i++) {
    const member = members.get(queue[i])!;
    const row: number[] = [];
    for (let symbol = 0; symbol < symbolCount; symbol++) {
      const successor = transitions[member * symbolCount + symbol];
      if (successor < 0) {
        row.push(-1);
        continue;
      }
      const target = classes[successor];
      let number = numbers.get(target);
      if (number === undefined) {
        number = queue.length;
        numbers.set(target, number);
        queue.push(target);
      }
      row.push(number);
    }
    rows.push(row);
  }
  const newOutputs = new Int32Array(queue.length * outputDim);
  const newKnown = new Uint8Array(queue.length);
  queue.forEach((target, i) => {
    const member = members.get(target)!;
    newKnown[i] = outputKnown[member];
    newOutputs.set(outputs.subarray(member * outputDim, (member + 1) * outputDim), i * outputDim);
  });
  return {
    inputDim: machine.inputDim,
    outputDim,
    symbols: machine.symbols,
    stateCount: queue.length,
    initial: 0,
    transitions: Int32Array.from(rows.flat()),
    outputs: newOutputs,
    outputKnown: newKnown,
  };
}

function compareRows(a: Int32Array, b: Int32Array): number {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i] - b[i];
  return 0;
}
