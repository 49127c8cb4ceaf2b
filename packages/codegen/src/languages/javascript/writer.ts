import type { Expression } from "@latticode/program";
import { isWithin } from "@latticode/program";
import type { Analysis } from "../../shared/analysis.ts";
import type { Fragment } from "../../shared/infix.ts";
import type { Names } from "../../shared/names.ts";

/** Writes the expressions of one program. */
export interface Writer extends Analysis {
  readonly names: Names;
  readonly value: (e: Expression) => Fragment;
  /** The names of inputs and variables that have equalled constants where the text now stands. */
  constants: ReadonlySet<string>;
}

export const isBit = (e: Expression, { rangeOf }: Writer): boolean =>
  isWithin(rangeOf(e), { min: 0, max: 1 });

/** Whether `bit` writes something that may be true or false rather than a number. */
export function writesBoolean(e: Expression, w: Writer): boolean {
  switch (e.op) {
    case "<":
    case "==":
    case "in":
      return true;
    case "not":
      return e.args[0].op !== "not" || writesBoolean(e.args[0].args[0], w);
    case "and":
    case "or":
      return e.args.some((argument) => writesBoolean(argument, w));
    default:
      return !isBit(e, w);
  }
}
