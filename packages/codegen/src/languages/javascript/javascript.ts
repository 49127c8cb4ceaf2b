import type { Program } from "@latticode/program";
import type { Language } from "../../shared/language.ts";
import type { EmitOptions } from "../../shared/options.ts";
import { emitScript } from "./script.ts";

/**
 * A JavaScript module that exports `f(s)`, or `f(s, t)` and so on for more inputs. Each parameter
 * is an array of integers of 32 bits, or in the ranges that `inputs` gives; all have one length.
 * `f` returns the array of outputs: numbers or, where the program has several outputs, arrays of
 * them.
 *
 * It computes with numbers and is never silently wrong. The function checks its inputs. From their
 * ranges and the program follow the ranges of all values, by interval arithmetic. Operations that
 * could leave the safe integers are put in a call of `exact`, which throws a RangeError when they
 * do (for a running sum that is after some 4 million steps at the earliest). All others are exact
 * as they stand. So every output equals the interpreter's, or the function throws. Dividing by 0
 * throws a RangeError too, as does an index that a list does not have. The module brings along the
 * functions that it calls. The text depends on program and options only.
 *
 * @throws Error as `checkProgram` when the program is not one, RangeError when `inputs` is not
 *   valid
 */
export function emitJavaScript(program: Program, options: EmitOptions = {}): string {
  return emitScript(program, options, "untyped");
}

/** JavaScript, as a module. */
export const javascript: Language = { name: "javascript", extension: "js", emit: emitJavaScript };
