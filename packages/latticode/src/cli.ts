import { InputError } from "@latticode/tasks";
import { CommanderError } from "commander";
import { exitCodes } from "./command/exit-codes.ts";
import { newProgram } from "./command/program.ts";
import { newProgress, type Progress } from "./command/progress.ts";
import { UsageError } from "./command/usage-error.ts";

let progress: Progress | undefined;

/** Prints what went wrong and returns the exit code. */
function fail(error: unknown): number {
  progress?.stop();
  // commander has printed its message; help and version are no failures.
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? exitCodes.solved : exitCodes.badInput;
  }
  if (error instanceof UsageError || error instanceof InputError) {
    process.stderr.write(`latticode: ${error.message}\n`);
    return exitCodes.badInput;
  }
  process.stderr.write(`latticode: ${error instanceof Error ? error.stack : error}\n`);
  return exitCodes.fault;
}

process.on("SIGINT", () => {
  progress?.stop();
  process.stderr.write("latticode: interrupted\n");
  process.exit(exitCodes.interrupted);
});

// Whoever reads our output may stop before its end (`| head`).
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

try {
  await newProgram((options) => {
    progress = newProgress(options);
    return progress;
  }).parseAsync();
} catch (error) {
  process.exitCode = fail(error);
}
