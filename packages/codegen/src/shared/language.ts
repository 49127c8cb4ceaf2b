import type { Program } from "@latticode/program";
import type { EmitOptions } from "./options.ts";

/**
 * A language that programs can be written in. Each has a folder with its object, which the registry
 * lists, and a test beside it that runs what it emits; its golden texts follow from its name.
 */
export interface Language {
  /** What options and files of results call it. */
  readonly name: string;
  /** How names of files in it end, without the point. */
  readonly extension: string;
  /**
   * The program as source text, which depends on program and options only.
   *
   * @throws Error as `checkProgram` when the program is not one, RangeError when `inputs` is not
   *   valid
   */
  readonly emit: (program: Program, options?: EmitOptions) => string;
}
