import type { Kernels } from "@latticode/kernels";
import { decodeCodes } from "@latticode/machines";
import type { Traces } from "@latticode/network";
import type { Expression, Program } from "@latticode/program";
import { at, carriedVariables, compileProgram, integer, state } from "@latticode/program";

/** How a state variable of a program is decoded from the network's hidden state. */
export interface VariableEvidence {
  /** The variable; a list is decoded as well as the element that is decoded worst. */
  readonly name: string;
  /**
   * "affine": an affine map gives it after rounding, everywhere. "nearest": the nearest other
   * hidden state nearly always has the same value. "none": the hidden state does not hold it in a
   * way that these find.
   */
  readonly decoding: "affine" | "nearest" | "none";
  /** Shares of hidden states, see `Decoding` of @latticode/machines. */
  readonly affine: number;
  readonly nearest: number;
}

export interface ProgramEvidence {
  readonly variables: readonly VariableEvidence[];
  /** Every variable is decoded; else the program is a hit of the search. */
  readonly isReading: boolean;
}

/** Rows that a decoder is fitted and judged on. */
const mostRows = 2000;
/** Share of nearest neighbours that must have the value. */
const nearlyAlways = 0.98;

/**
 * Looks for the program's state in the hidden states of the traces, after every position. Only what
 * a step reads of the one before counts; an element of a list counts as a variable.
 */
export function decodeVariables(
  program: Program,
  traces: Traces,
  { kernels }: { readonly kernels: Kernels },
): ProgramEvidence {
  const { count, length, inputDim, x, h } = traces;
  const hiddenDim = h.length / (count * length);
  const held = heldVariables(program);
  const variables = held.map(({ name }) => name);
  const none = (name: string): VariableEvidence => ({
    ...{ name, decoding: "none", affine: 0, nearest: 0 },
  });
  const isEndless = held.some(({ expressions }) => expressions.length === 0);
  const expressions = held.flatMap((variable) => variable.expressions);
  if (expressions.length === 0) {
    return { variables: variables.map(none), isReading: held.length === 0 };
  }
  const run = compileProgram({ ...program, outputs: expressions });
  const sequences = Math.min(count, Math.ceil(mostRows / length));
  const rows = sequences * length;
  const codes = new Int32Array(rows * expressions.length);
  for (let i = 0; i < sequences; i++) {
    const values = run(x.subarray(i * length * inputDim, (i + 1) * length * inputDim), length);
    const isSmall = values.every((v) => typeof v === "number" && Math.abs(v) < 2 ** 31);
    if (!isSmall) return { variables: variables.map(none), isReading: false };
    codes.set(values as number[], i * length * expressions.length);
  }
  const decodings = decodeCodes(h.slice(0, rows * hiddenDim), codes, { rows, kernels });
  let at = 0;
  const found = held.map(({ name, expressions }): VariableEvidence => {
    const own = decodings.slice(at, at + expressions.length);
    at += expressions.length;
    if (own.length === 0) return none(name);
    const affine = Math.min(...own.map((d) => d.affine));
    const nearest = Math.min(...own.map((d) => d.nearest));
    const decoding = affine === 1 ? "affine" : nearest >= nearlyAlways ? "nearest" : "none";
    return { name, decoding, affine, nearest };
  });
  const isReading = !isEndless && found.every(({ decoding }) => decoding !== "none");
  return { variables: found, isReading };
}

interface Held {
  readonly name: string;
  /** What is decoded: the variable, or the elements of a list that does not grow. */
  readonly expressions: readonly Expression[];
}

/** The variables that a step reads before it writes them. */
function heldVariables(program: Program): Held[] {
  const carried = carriedVariables(program);
  const grows = (name: string) =>
    program.updates.some(({ target, value }) => target === name && value.op === "append");
  return program.state.flatMap(({ name, initial }): Held[] => {
    if (!carried.has(name)) return [];
    if (typeof initial === "number") return [{ name, expressions: [state(name)] }];
    const size = grows(name) ? 0 : initial.length;
    return [
      {
        name,
        expressions: Array.from({ length: size }, (_, i) => at(state(name), integer(i))),
      },
    ];
  });
}
