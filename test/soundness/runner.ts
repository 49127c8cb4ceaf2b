// A slow and plain view of whatever computes: one row at a time, states told apart by texts. The
// statements of reports are held against it, so it shares nothing with the packages but the
// interpreter of programs.

import type { Examples, Program } from "@latticode/program";
import { carriedVariables, compileStep } from "@latticode/program";
import type { Definition } from "./definition.ts";

/** Something in a state that reads one row at a time. */
export interface Runner {
  readonly initial: unknown;
  /** The next state and the outputs there as text; "fails" where it fails, which no state follows. */
  readonly step: (
    state: unknown,
    row: ArrayLike<number>,
  ) => { readonly state: unknown; readonly output: string };
  /** Equal for equal states only. */
  readonly keyOf: (state: unknown) => string;
}

export const failure = "fails";

/** A program; what no step reads before it writes it is no part of its state. */
export function programRunner(program: Program): Runner {
  const { initial, step } = compileStep(program);
  const carried = carriedVariables(program);
  return {
    initial,
    step: (state, row) => {
      try {
        const after = step(state as typeof initial, row);
        return { state: after.state, output: after.outputs.join(" ") };
      } catch {
        return { state: undefined, output: failure };
      }
    },
    keyOf: (state) =>
      program.state
        .flatMap(({ name }, i) => (carried.has(name) ? [String((state as unknown[])[i])] : []))
        .join(";"),
  };
}

/** A definition, whose symbols are the numbers 0, 1, ... where it is a machine. */
export function definitionRunner(definition: Definition): Runner {
  if (definition.type === "program") return programRunner(definition.program);
  const { symbolCount, transitions, outputs } = definition.machine;
  return {
    initial: 0,
    step: (state, row) => {
      const at = (state as number) * symbolCount + row[0];
      return { state: transitions[at], output: String(outputs[at]) };
    },
    keyOf: String,
  };
}

/** The outputs along a word of rows, up to a failure. */
export function outputsAlong(runner: Runner, word: readonly ArrayLike<number>[]): string[] {
  const outputs: string[] = [];
  let { initial: state } = runner;
  for (const row of word) {
    const after = runner.step(state, row);
    outputs.push(after.output);
    if (after.output === failure) break;
    state = after.state;
  }
  return outputs;
}

/** The rows of sequence s, and its labels as texts. */
export function sequenceOf(
  { length, inputDim, outputDim, x, y }: Examples,
  s: number,
): { readonly word: readonly Int32Array[]; readonly labels: readonly string[] } {
  const at = (t: number) => s * length + t;
  return {
    word: Array.from({ length }, (_, t) => x.subarray(at(t) * inputDim, (at(t) + 1) * inputDim)),
    labels: Array.from({ length }, (_, t) =>
      y.subarray(at(t) * outputDim, (at(t) + 1) * outputDim).join(" "),
    ),
  };
}
