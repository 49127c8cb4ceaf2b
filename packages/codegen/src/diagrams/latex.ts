import { lineComments } from "../shared/documentation.ts";

/** What is written of a recurrence of `@latticode/regression`. */
export interface WrittenRecurrence {
  readonly stateDim: number;
  readonly inputDim: number;
  readonly outputDim: number;
  /** z_0: [stateDim] */
  readonly initial: readonly number[];
  /** M: [stateDim, stateDim] */
  readonly transition: readonly (readonly number[])[];
  /** N: [stateDim, inputDim] */
  readonly input: readonly (readonly number[])[];
  /** c: [stateDim] */
  readonly offset: readonly number[];
  /** C: [outputDim, stateDim] */
  readonly output: readonly (readonly number[])[];
  /** d: [outputDim] */
  readonly outputOffset: readonly number[];
}

const variables = ["a", "b", "c", "d", "e", "g"];

function letters(choice: readonly string[], count: number, numbered: string): string[] {
  return Array.from({ length: count }, (_, i) =>
    count <= choice.length ? choice[i] : `${numbered}^{(${i + 1})}`,
  );
}

/** A sum of terms with coefficients, those of 0 left out. */
function sumText(terms: readonly (readonly [number, string])[]): string {
  let text = "";
  for (const [coefficient, name] of terms) {
    if (coefficient === 0) continue;
    const size = Math.abs(coefficient);
    const term = name === "" ? String(size) : size === 1 ? name : `${size} ${name}`;
    const sign = coefficient < 0 ? "-" : "+";
    text += text === "" ? (sign === "-" ? `-${term}` : term) : ` ${sign} ${term}`;
  }
  return text === "" ? "0" : text;
}

/**
 * A linear recurrence as LaTeX, one aligned equation per variable: z_t = M z_{t-1} + N x_t + c and
 * y_t = C z_t + d without their zeros, variables being a, b, c ... while these last. Needs amsmath.
 * The docstring stands before it in comments.
 */
export function recurrenceLatex(recurrence: WrittenRecurrence, docstring = ""): string {
  const { stateDim, inputDim, outputDim, initial, offset, outputOffset } = recurrence;
  const z = letters(variables, stateDim, "z");
  const x = inputDim === 1 ? ["x"] : Array.from({ length: inputDim }, (_, i) => `x^{(${i + 1})}`);
  const y = outputDim === 1 ? ["y"] : Array.from({ length: outputDim }, (_, i) => `y^{(${i + 1})}`);
  const states = z.map((name, i) => {
    const old = z.map((other, j) => [recurrence.transition[i][j], `${other}_{t-1}`] as const);
    const now = x.map((other, j) => [recurrence.input[i][j], `${other}_t`] as const);
    return `${name}_t &= ${sumText([...old, ...now, [offset[i], ""]])}`;
  });
  const outputs = y.map((name, i) => {
    const terms = z.map((other, j) => [recurrence.output[i][j], `${other}_t`] as const);
    return `${name}_t &= ${sumText([...terms, [outputOffset[i], ""]])}`;
  });
  const starts = z.map((name, i) => `${name}_0 &= ${initial[i] + 0}`);
  return [
    ...lineComments("%", docstring),
    "\\begin{align*}",
    [...starts, ...states, ...outputs].map((line) => `  ${line}`).join(" \\\\\n"),
    "\\end{align*}",
    "",
  ].join("\n");
}
