import type { Program } from "@latticode/program";
import { emitJavaScript } from "./javascript.ts";
import type { EmitOptions } from "./options.ts";
import { emitPython } from "./python.ts";

/** The languages that programs can be written in. */
export const languages = ["python", "javascript"] as const;

export type Language = (typeof languages)[number];

/**
 * The program as source text in one of the languages; see `emitPython` and `emitJavaScript` for what
 * the text defines.
 *
 * @throws Error when the language is unknown, and as `checkProgram` when the program is not one
 */
export function emit(program: Program, language: Language, options: EmitOptions = {}): string {
  switch (language) {
    case "python":
      return emitPython(program, options);
    case "javascript":
      return emitJavaScript(program, options);
    default:
      throw new Error(
        `language: ${String(language satisfies never)} is not one of ${languages.join(", ")}`,
      );
  }
}
