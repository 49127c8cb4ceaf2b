import type { Language } from "@latticode/codegen";
import type { ExtractionResult } from "./extract/extraction-result.ts";
import type { Report } from "./report.ts";
import type { Result } from "./result.ts";
import { UsageError } from "./usage-error.ts";

/** What decides where a result goes. */
export interface PrintOptions {
  readonly emit: readonly Language[];
  readonly out?: string | undefined;
  readonly json?: true | undefined;
}

/**
 * Standard output has room for one program.
 *
 * @throws UsageError where several languages have nowhere to go
 */
export function checkPrintOptions({ emit, out, json }: PrintOptions): void {
  if (emit.length === 1 || out !== undefined || json) return;
  throw new UsageError(
    `--emit ${emit.join(",")}: standard output takes one language; give --out <dir> for ` +
      "several, or one of them",
  );
}

/**
 * Puts the program on standard output, and nothing else there; the report goes to standard error,
 * the verdict before the program and the rest after it. With --json, standard output has the JSON
 * and there is no report.
 *
 * @param written names of the files in `out`
 */
export function printResult(
  result: Result | ExtractionResult,
  report: Report,
  written: readonly string[],
  { emit, out, json }: PrintOptions,
): void {
  if (json) {
    process.stdout.write(`${JSON.stringify(result)}\n`);
    return;
  }
  process.stderr.write(report.headline);
  const text = emit.length === 1 ? result.code?.[emit[0]] : undefined;
  if (text) process.stdout.write(text);
  process.stderr.write(report.rest);
  if (out !== undefined) process.stderr.write(`wrote ${written.join(", ")} to ${out}\n`);
}
