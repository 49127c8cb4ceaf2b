import type { MooreMachine } from "@latticode/machines";

// A program's outputs see the current input as well as the new state, so states that differ in
// output only may share a code when the input that led there tells them apart. Which sets of states
// can be joined is not an equivalence, so all partitions are tried; machines here are small.

/** A machine on classes of states whose output depends on the class reached and the input. */
export interface MealyMachine {
  readonly stateCount: number;
  readonly initial: number;
  /** [stateCount, symbolCount]; -1 unknown */
  readonly transitions: Int32Array;
  /** [outputDim, stateCount, symbolCount], of the state reached and the input; notObserved */
  readonly outputs: Int32Array;
}

/** In `outputs`: no observed transition reaches the state by the input. */
const notObserved = -1;

/**
 * All machines on classes of the states that give the same outputs, the fewest classes first.
 *
 * @param machine outputs not negative, at most 10 states (116,000 partitions)
 */
export function mealyQuotients(machine: MooreMachine): MealyMachine[] {
  const found: MealyMachine[] = [];
  for (const classes of partitions(machine.stateCount)) {
    const quotient = quotientBy(machine, classes);
    if (quotient) found.push(quotient);
  }
  return found.sort((a, b) => a.stateCount - b.stateCount);
}

/** Partitions of n elements as restricted growth strings (Knuth, TAOCP 7.2.1.5). */
function* partitions(n: number): Generator<number[]> {
  const classes = new Array<number>(n).fill(0);
  function* extend(i: number, used: number): Generator<number[]> {
    if (i === n) {
      yield classes;
      return;
    }
    for (let c = 0; c <= used; c++) {
      classes[i] = c;
      yield* extend(i + 1, Math.max(used, c + 1));
    }
  }
  yield* extend(0, 0);
}

function quotientBy(machine: MooreMachine, classes: readonly number[]): MealyMachine | undefined {
  const { stateCount, outputDim, transitions, outputs, outputKnown } = machine;
  const symbolCount = machine.symbols.length / machine.inputDim;
  const count = Math.max(...classes) + 1;
  const next = new Int32Array(count * symbolCount).fill(-1);
  const written = new Int32Array(outputDim * count * symbolCount).fill(notObserved);
  for (let state = 0; state < stateCount; state++) {
    for (let symbol = 0; symbol < symbolCount; symbol++) {
      const target = transitions[state * symbolCount + symbol];
      if (target < 0) continue;
      const from = classes[state] * symbolCount + symbol;
      if (next[from] >= 0 && next[from] !== classes[target]) return undefined;
      next[from] = classes[target];
      for (let k = 0; k < outputDim && outputKnown[target]; k++) {
        const at = (k * count + classes[target]) * symbolCount + symbol;
        const value = outputs[target * outputDim + k];
        if (written[at] !== notObserved && written[at] !== value) return undefined;
        written[at] = value;
      }
    }
  }
  return {
    stateCount: count,
    initial: classes[machine.initial],
    transitions: next,
    outputs: written,
  };
}
