// Compilers and interpreters that tests of emitted text run. What a machine lacks is named in the
// output and fails in CI, which has them all.

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export type Compiler = "gcc" | "rustc" | "rustdoc" | "python3";

/** Whether the compiler is there. */
export function hasCompiler(name: Compiler): boolean {
  const found = spawnSync(name, ["--version"], { encoding: "utf8" });
  if (!found.error && found.status === 0) return true;
  const message = `${name} cannot be run: what is emitted for it is not tested here`;
  if (process.env.CI) throw new Error(message);
  console.warn(`MISSING ${message}`);
  return false;
}

/** Runs a command on a text; returns what it printed. */
export function runOn(command: string, args: readonly string[], input: string): string {
  const result = spawnSync(command, args, { input, encoding: "utf8", maxBuffer: 2 ** 28 });
  if (result.error) throw new Error(`${command}: ${result.error.message}`);
  if (result.status !== 0) {
    throw new Error(
      `${command} exited with ${result.status}: ${(result.stdout + result.stderr).slice(0, 4000)}`,
    );
  }
  return result.stdout;
}

/** Calls with a directory of its own, which goes afterwards. */
export async function withDirectory<T>(use: (directory: string) => Promise<T> | T): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), "latticode-emitted-"));
  try {
    return await use(directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Compiles a program in one file and runs it on a text; returns what it printed. */
export function compileAndRun(
  directory: string,
  compiler: "gcc" | "rustc",
  source: string,
  input: string,
): string {
  const file = join(directory, compiler === "gcc" ? "main.c" : "main.rs");
  const binary = join(directory, "main");
  writeFileSync(file, source);
  const args =
    compiler === "gcc"
      ? [
          "-std=c99",
          "-Wall",
          "-Wextra",
          "-Wno-unused",
          "-fsanitize=undefined",
          "-fno-sanitize-recover",
        ]
      : ["--edition=2021", "-A", "warnings", "-C", "debuginfo=0", "-C", "overflow-checks=on"];
  runOn(compiler, [...args, "-o", binary, file], "");
  return runOn(binary, [], input);
}
