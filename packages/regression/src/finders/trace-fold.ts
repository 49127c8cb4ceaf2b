import type { Kernels } from "@latticode/kernels";
import type { Traces } from "@latticode/network";
import type { Program } from "@latticode/program";
import { compileStep, drawIntegers, state, unlessFailed } from "@latticode/program";
import type { Finder } from "../finder.ts";
import type { Fold } from "../search/fold.ts";
import { harvestConstants, stepsOfTraces } from "../search/steps.ts";
import { readsState, searchUpdates } from "../search/update-search.ts";
import { programsOf } from "./machine.ts";

// Updates u(a, x) are run along sequences; one may be a state of the network's behaviour if what it
// gives, with the input, decides the outputs. Such states may be finer than the smallest machine's,
// or without end.

export interface TraceFoldOptions {
  readonly kernels: Kernels;
}

/** Updates run. */
const mostUpdates = 20_000;
/** States that are enough. */
const wanted = 8;
const mostWeight = 5;
const low = -6;
const high = 9;
const mostInputs = 8;
const sequences = 40;
/** States beyond this are of no use. */
const largestState = 2 ** 20;
/** Share of positions at which a state and input must have been seen before, so that they test. */
const fewestTested = 0.3;

/** Programs of states that updates keep along sequences. */
export const traceFold: Finder = {
  name: "trace fold",
  explanation: "A short update keeps a number; this number and the input decide the output.",
  route: "black-box",
  isLastResort: true,
  find: (context, bound) => programsOf(traceFolds(context.traces, context), context, bound),
};

/** Steps of the states that short updates keep and that decide the outputs, the shortest first. */
export function* traceFolds(traces: Traces, options: TraceFoldOptions): Generator<Fold> {
  const { kernels } = options;
  const { inputDim, outputDim, length, x, y } = traces;
  const count = Math.min(traces.count, sequences);
  const few: Traces = { ...traces, count };
  const constants = harvestConstants(stepsOfTraces(few, new Float64Array(count * length), 1, [0]));
  const picks = distinctInputs(few);
  const width = picks.length;
  const inputs = picks.map((position) =>
    x.subarray(position * inputDim, (position + 1) * inputDim),
  );
  const search = searchUpdates({ low, high, inputs, constants }, { kernels });
  const known = new Set<string>();
  let looked = 0;
  try {
    for (const { index, values } of search.terms(mostWeight)) {
      if (!readsState(values, width)) continue;
      if (++looked > mostUpdates) return;
      const update = search.expression(index);
      for (const initial of [0, 1]) {
        const program: Program = {
          ...{ inputDim, state: [{ name: "a", initial }], order: "in-place" },
          ...{ updates: [{ target: "a", value: update }], outputs: [state("a")] },
        };
        const labels = unlessFailed(() => run(program, few));
        if (!labels) continue;
        // other updates may lead through the same states
        const key = `${initial};${labels.join()}`;
        if (known.has(key)) continue;
        known.add(key);
        yield { steps: stepsOfTraces(few, labels, 1, [initial]), update };
        if (known.size >= wanted) return;
      }
    }
  } finally {
    search.dispose();
  }

  /** The states along all sequences, if they decide the outputs; undefined where they do not. */
  function run(program: Program, { count }: Traces): Float64Array | undefined {
    const { initial, step } = compileStep(program);
    const labels = new Float64Array(count * length);
    const known = new Map<string | number, string | number>();
    let tested = 0;
    for (let s = 0; s < count; s++) {
      const from = s * length;
      let state = initial;
      for (let t = 0; t < length; t++) {
        const at = from + t;
        state = step(state, x.subarray(at * inputDim, (at + 1) * inputDim)).state;
        const [a] = state;
        if (typeof a !== "number" || Math.abs(a) > largestState) return undefined;
        labels[at] = a;
        const key = keyOf(a, x, at * inputDim, inputDim);
        const output =
          outputDim === 1 ? y[at] : y.subarray(at * outputDim, (at + 1) * outputDim).join();
        const before = known.get(key);
        if (before === undefined) known.set(key, output);
        else if (before !== output) return undefined;
        else tested++;
      }
    }
    return tested < fewestTested * count * length ? undefined : labels;
  }
}

function keyOf(a: number, x: Int32Array, from: number, width: number): string | number {
  // both are below 2^31, so that no two pairs meet
  return width === 1 ? a * 2 ** 32 + x[from] : `${a} ${x.subarray(from, from + width).join()}`;
}

/** Positions of a few different inputs: the first ones of a random order. */
function distinctInputs({ count, length, inputDim, x }: Traces): number[] {
  const draw = drawIntegers(0, 1);
  const picks = new Map<string, number>();
  for (let n = 0; n < 32 * mostInputs && picks.size < mostInputs; n++) {
    const position = draw(0, count * length - 1);
    const key = x.subarray(position * inputDim, (position + 1) * inputDim).join();
    if (!picks.has(key)) picks.set(key, position);
  }
  return [...picks.values()];
}
