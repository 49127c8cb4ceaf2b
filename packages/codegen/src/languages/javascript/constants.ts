// What TypeScript takes for constants, which it refuses to compare with others.

import type { Expression } from "@latticode/program";
import type { Outcome } from "../../shared/statement-lines.ts";
import type { Writer } from "./writer.ts";
import { isBit, writesBoolean } from "./writer.ts";

function within<T>(names: readonly string[], w: Writer, write: () => T): T {
  const before = w.constants;
  w.constants = new Set([...before, ...names]);
  const written = write();
  w.constants = before;
  return written;
}

/** What `write` writes, of expressions that are read where the conditions have come out so. */
export function given<T>(outcomes: readonly Outcome[], w: Writer, write: () => T): T {
  const [first, ...others] = outcomes;
  return first === undefined
    ? write()
    : within(madeConstant(first, w), w, () => given(others, w, write));
}

const isVariable = (e: Expression) => e.op === "input" || e.op === "state";

/** What TypeScript takes for constants once the condition has come out so; rather too much. */
function madeConstant([e, holds]: Outcome, w: Writer): string[] {
  switch (e.op) {
    case "not":
      return madeConstant([e.args[0], !holds], w);
    case "==": {
      const [a, b] = e.args;
      const pairs = holds ? ([e.args, [b, a]] as const) : [];
      return pairs.flatMap(([p, q]) =>
        isVariable(p) && isConstant(q, w) ? [w.value(p).text] : [],
      );
    }
    case "and":
    case "or": {
      const [a, b] = e.args;
      const first = madeConstant([a, holds], w);
      // Where either may have come out so, TypeScript skips the one that it sees cannot have.
      return [...first, ...within(first, w, () => madeConstant([b, holds], w))];
    }
    default:
      return isVariable(e) && !holds && !isBit(e, w) ? [w.value(e).text] : [];
  }
}

/** Whether TypeScript may know all values, and then refuse to compare them with others. */
export function isConstant(e: Expression, w: Writer): boolean {
  switch (e.op) {
    case "integer":
      return true;
    case "input":
    case "state":
      return w.constants.has(w.value(e).text);
    case "negate":
      return e.args[0].op === "integer";
    case "if": {
      const [test, yes, no] = e.args;
      return (
        given([[test, true]], w, () => isConstant(yes, w)) &&
        given([[test, false]], w, () => isConstant(no, w))
      );
    }
    case "and":
    case "or":
    case "not":
      return !writesBoolean(e, w);
    default:
      return false;
  }
}

/** Whether TypeScript sees from the text alone that the value is not 0, and then refuses to ask. */
export function isPlainlyTrue(e: Expression): boolean {
  return e.op === "integer" ? e.value > 1 : e.op === "if" && e.args.slice(1).every(isPlainlyTrue);
}
