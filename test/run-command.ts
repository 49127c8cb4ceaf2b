import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The built command. */
export const cli = fileURLToPath(
  new URL("../packages/latticode/bin/latticode.js", import.meta.url),
);

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Milliseconds from the interrupt to the end; NaN without one. */
  readonly sinceInterrupt: number;
}

export interface RunOptions {
  /** Text for standard input, which is empty otherwise. */
  readonly input?: string;
  readonly cwd?: string;
  /** Sends this signal as soon as standard error shows `when`. */
  readonly interrupt?: { readonly signal: NodeJS.Signals; readonly when: RegExp };
}

/** Runs a program to its end and collects what it prints. */
export function run(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: options.cwd });
    let stdout = "";
    let stderr = "";
    let interrupt = options.interrupt;
    let interrupted = Number.NaN;
    child.stdout.setEncoding("utf8").on("data", (text) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text) => {
      stderr += text;
      if (interrupt?.when.test(stderr)) {
        interrupted = performance.now();
        child.kill(interrupt.signal);
        interrupt = undefined;
      }
    });
    // A program that fails early does not read its input.
    child.stdin.on("error", () => {});
    child.stdin.end(options.input ?? "");
    child.on("error", reject);
    child.on("close", (code) => {
      resolve({ code, stdout, stderr, sinceInterrupt: performance.now() - interrupted });
    });
  });
}

/** Runs `latticode` with these arguments. */
export function latticode(args: readonly string[], options?: RunOptions): Promise<Outcome> {
  return run(process.execPath, [cli, ...args], options);
}
