import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import type { Language } from "@latticode/codegen";
import { fileExtensions, languages } from "@latticode/codegen";
import type { Result } from "./result.ts";
import { UsageError } from "./usage-error.ts";

const fileName = (language: Language) => `program.${fileExtensions[language]}`;

/**
 * Makes a directory ready to be written to, before the work whose results it is to hold.
 *
 * @throws UsageError where that cannot be
 */
export function prepareDirectory(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true });
    accessSync(directory, constants.W_OK);
  } catch (error) {
    throw unwritable(directory, error);
  }
}

/**
 * Writes program.py, program.js, program.ts, program.c, program.rs and program.wat (those asked for), program.json, network.safetensors and
 * result.json. Each file is
 * complete or not there; result.json comes last, so that where it is, the others are. What an
 * earlier result left and this one does not have is removed.
 *
 * @throws UsageError where a file cannot be written
 */
export function writeFiles(
  directory: string,
  result: Pick<Result, "code" | "program">,
  network?: Uint8Array,
): void {
  const files: Record<string, string | Uint8Array | undefined> = {
    ...Object.fromEntries(
      languages.map((language) => [fileName(language), result.code?.[language]]),
    ),
    "program.json": result.program ? toText(result.program) : undefined,
    "network.safetensors": network,
    "result.json": toText(result),
  };
  try {
    const hasEarlierResult = existsSync(join(directory, "result.json"));
    if (hasEarlierResult) rmSync(join(directory, "result.json"));
    for (const [name, content] of Object.entries(files)) {
      if (content !== undefined) writeAtomically(join(directory, name), content);
      else if (hasEarlierResult) rmSync(join(directory, name), { force: true });
    }
  } catch (error) {
    throw unwritable(directory, error);
  }
}

function unwritable(directory: string, error: unknown): UsageError {
  const reason = error instanceof Error ? error.message : String(error);
  return new UsageError(
    `--out ${directory}: cannot write there: ${reason}; give another directory`,
  );
}

function toText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** A reader sees the old file or the whole new one. */
export function writeAtomically(path: string, content: string | Uint8Array): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, content);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
