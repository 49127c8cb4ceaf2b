import type { Expression, Program } from "@latticode/program";
import type { Language } from "../src/shared/language.ts";

/** A program whose variables are those that start, each with an update by its name. */
export function program(
  inputDim: number,
  order: Program["order"],
  initial: Record<string, number>,
  updates: Record<string, Expression>,
  outputs: Expression[],
): Program {
  return {
    inputDim,
    state: Object.entries(initial).map(([name, value]) => ({ name, initial: value })),
    order,
    updates: Object.entries(updates).map(([target, value]) => ({ target, value })),
    outputs,
  };
}

/** The function alone, without the functions that it brings along. */
export function functionText({ name, emit }: Language, given: Program, docstring = ""): string {
  const whole = emit(given, { docstring });
  return name === "python" ? whole : `${whole.split("\n}\n")[0]}\n}\n`;
}
