import type { Kernels } from "@latticode/kernels";
import type { Machine } from "@latticode/machines";
import type { Traces } from "@latticode/network";
import type { Expression, Program } from "@latticode/program";
import { compileProgram, drawIntegers } from "@latticode/program";

// Programs, machines and traces without a network, for the tests of the program search.

/** A program with updates in place. */
export function programOf(
  variables: Readonly<Record<string, number | readonly number[]>>,
  updates: readonly (readonly [string, Expression])[],
  outputs: readonly Expression[],
  inputDim = 1,
): Program {
  return {
    inputDim,
    state: Object.entries(variables).map(([name, initial]) => ({ name, initial })),
    order: "in-place",
    updates: updates.map(([target, value]) => ({ target, value })),
    outputs,
  };
}

export interface TraceSizes {
  readonly count: number;
  readonly length: number;
  /** Inputs are drawn from these bounds, both included. */
  readonly low: number;
  readonly high: number;
  readonly seed?: number;
  /** Hidden states as expressions of the program's state; a single 0 unless told. */
  readonly hidden?: readonly Expression[];
}

/** Traces of a network that would do exactly what the program does. */
export function tracesOf(program: Program, sizes: TraceSizes): Traces {
  const { count, length, low, high, seed = 1, hidden = [] } = sizes;
  const { inputDim } = program;
  const draw = drawIntegers(seed, 0);
  const x = Int32Array.from({ length: count * length * inputDim }, () => draw(low, high));
  const onEach = (outputs: readonly Expression[]) => {
    const run = compileProgram({ ...program, outputs });
    return Array.from({ length: count }, (_, i) =>
      run(x.subarray(i * length * inputDim, (i + 1) * length * inputDim), length).map(Number),
    ).flat();
  };
  const hiddenDim = Math.max(1, hidden.length);
  return {
    ...{ count, length, inputDim, outputDim: program.outputs.length, hiddenDim },
    initial: new Float64Array(hiddenDim),
    x,
    h: hidden.length ? Float64Array.from(onEach(hidden)) : new Float64Array(count * length),
    y: Int32Array.from(onEach(program.outputs)),
  };
}

/** The traces with a share of the outputs changed. */
export function disturbOutputs(traces: Traces, share: number): Traces {
  const y = traces.y.slice();
  const every = Math.round(1 / share);
  for (let i = every - 1; i < y.length; i += every) y[i]++;
  return { ...traces, y };
}

/** A machine from what a state and an input give: the next state and the output; -1 for unknown. */
export function machineOf(
  sizes: { readonly symbols: readonly (readonly number[])[]; readonly stateCount: number },
  step: (state: number, x: readonly number[]) => readonly [number, number],
  initial = 0,
): Machine {
  const { symbols, stateCount } = sizes;
  const steps = Array.from({ length: stateCount }, (_, q) => symbols.map((x) => step(q, x))).flat();
  const vectors = [...new Set(steps.map(([, y]) => y))].sort((a, b) => a - b);
  return {
    ...{ inputDim: symbols[0].length, outputDim: 1, stateCount, initial },
    symbols: Int32Array.from(symbols.flat()),
    outputVectors: Int32Array.from(vectors),
    transitions: Int32Array.from(steps, ([next]) => next),
    outputs: Int32Array.from(steps, ([next, y]) => (next < 0 ? -1 : vectors.indexOf(y))),
  };
}

/** A complete machine of one input drawn at random, its symbols low, low + 1, ... */
export function randomMachine(seed: number, sizes: { stateCount: number; symbolCount: number }) {
  const draw = drawIntegers(seed, 3);
  const { stateCount, symbolCount } = sizes;
  const low = draw(-2, 1);
  const symbols = Array.from({ length: symbolCount }, (_, s) => [low + s]);
  return machineOf({ symbols, stateCount }, () => [draw(0, stateCount - 1), draw(-3, 3)]);
}

/** Kernels that count the banks of expressions that are not disposed. */
export function countBanks(kernels: Kernels): { readonly kernels: Kernels; open(): number } {
  let open = 0;
  const counted: Kernels = {
    ...kernels,
    createExpressionBank(options) {
      const bank = kernels.createExpressionBank(options);
      open++;
      const dispose = () => {
        open--;
        bank.dispose();
      };
      return Object.create(bank, { dispose: { value: dispose } });
    },
  };
  return { kernels: counted, open: () => open };
}
