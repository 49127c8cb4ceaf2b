import type { Program } from "@latticode/program";
import { emitC } from "./c.ts";
import { emitJavaScript, emitTypeScript } from "./javascript.ts";
import type { EmitOptions } from "./options.ts";
import { emitPython } from "./python.ts";
import { emitRust } from "./rust.ts";
import { emitWat } from "./wat.ts";

/** The languages that programs can be written in. */
export const languages = ["python", "javascript", "typescript", "c", "rust", "wat"] as const;

export type Language = (typeof languages)[number];

/** How names of files in a language end. */
export const fileExtensions: Readonly<Record<Language, string>> = {
  python: "py",
  javascript: "js",
  typescript: "ts",
  c: "c",
  rust: "rs",
  wat: "wat",
};

const emitters: Readonly<Record<Language, (program: Program, options?: EmitOptions) => string>> = {
  python: emitPython,
  javascript: emitJavaScript,
  typescript: emitTypeScript,
  c: emitC,
  rust: emitRust,
  wat: emitWat,
};

/**
 * The program as source text in one of the languages; see `emitPython`, `emitJavaScript`,
 * `emitTypeScript`, `emitC`, `emitRust` and `emitWat` for what the text defines.
 *
 * @throws Error when the language is unknown, as `checkProgram` when the program is not one, RangeError
 *   when the ranges of inputs are none
 */
export function emit(program: Program, language: Language, options: EmitOptions = {}): string {
  if (!Object.hasOwn(emitters, language)) {
    throw new Error(`language: ${String(language)} is not one of ${languages.join(", ")}`);
  }
  return emitters[language](program, options);
}
