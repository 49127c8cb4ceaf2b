import type { Program } from "@latticode/program";
import type { Language } from "../../shared/language.ts";
import type { EmitOptions } from "../../shared/options.ts";
import { emitScript } from "../javascript/script.ts";

/**
 * As `emitJavaScript`, with types.
 *
 * @throws Error as `checkProgram` when the program is not one
 */
export function emitTypeScript(program: Program, options: EmitOptions = {}): string {
  return emitScript(program, options, "typed");
}

/** TypeScript, as a module that passes `tsc --strict`. */
export const typescript: Language = { name: "typescript", extension: "ts", emit: emitTypeScript };
