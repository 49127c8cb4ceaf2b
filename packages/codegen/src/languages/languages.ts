import type { Program } from "@latticode/program";
import type { EmitOptions } from "../shared/options.ts";
import { c } from "./c/c.ts";
import { javascript } from "./javascript/javascript.ts";
import { python } from "./python/python.ts";
import { rust } from "./rust/rust.ts";
import { typescript } from "./typescript/typescript.ts";
import { wat } from "./wat/wat.ts";

/** Every language, by its name, in the order in which they are listed. */
export const registry = { python, javascript, typescript, c, rust, wat };

/** The name of a language. */
export type LanguageName = keyof typeof registry;

/** The languages that programs can be written in. */
export const languages = Object.keys(registry) as readonly LanguageName[];

/** How names of files in a language end. */
export const fileExtensions = Object.fromEntries(
  languages.map((name) => [name, registry[name].extension]),
) as Readonly<Record<LanguageName, string>>;

/**
 * The program as source text in one of the languages; see `emitPython`, `emitJavaScript`,
 * `emitTypeScript`, `emitC`, `emitRust` and `emitWat` for what the text defines.
 *
 * @throws Error when the language is unknown, as `checkProgram` when the program is not one,
 *   RangeError when `options.inputs` is not valid
 */
export function emit(program: Program, language: LanguageName, options: EmitOptions = {}): string {
  if (!Object.hasOwn(registry, language)) {
    throw new Error(`language: ${String(language)} is not one of ${languages.join(", ")}`);
  }
  return registry[language].emit(program, options);
}
