#!/usr/bin/env node
import { languages } from "@latticode/codegen";
import { InputError } from "@latticode/tasks";
import { strategies } from "@latticode/training";
import { Command, CommanderError, Option } from "commander";
import { addBenchCommand } from "./command/bench/bench.ts";
import { exitCodes } from "./command/exit-codes.ts";
import { addExtractCommand } from "./command/extract/extract.ts";
import { addInspectCommand } from "./command/inspect/inspect.ts";
import {
  methodOption,
  parseInteger,
  parseLanguages,
  parseSeconds,
  parseSeed,
} from "./command/option-values.ts";
import type { Progress } from "./command/progress.ts";
import { newProgress } from "./command/progress.ts";
import { addReproduceCommand } from "./command/reproduce/reproduce.ts";
import type { SynthOptions } from "./command/synth/synth.ts";
import { synth } from "./command/synth/synth.ts";
import { addTasksCommand } from "./command/tasks/tasks.ts";
import { UsageError } from "./command/usage-error.ts";
import { version } from "./command/version.ts";

let progress: Progress | undefined;

function startProgress({ quiet = false }: { readonly quiet?: boolean }): Progress {
  progress = newProgress({ quiet });
  return progress;
}

function newCommand(): Command {
  const command = new Command("latticode")
    .description("Trains a tiny recurrent network on examples and reads a program out of it.")
    .version(version)
    .exitOverride()
    .configureOutput({
      outputError: (text, write) => write(`latticode: ${text.trim().replace(/\s*\n\s*/g, " ")}\n`),
    });
  command
    .command("synth")
    .description("finds a program that explains the examples")
    .argument(
      "<source>",
      "a .jsonl, .csv or .parquet file of examples, - for standard input, or a task's name",
    )
    .option(
      "--out <dir>",
      "write the program, the network and result.json there, and resume from there",
    )
    .option(
      "--emit <languages>",
      `languages of the program, of ${languages.join(", ")}`,
      parseLanguages,
      ["python", "javascript"],
    )
    .option("--seed <n>", "seed of every random choice", parseSeed, 0)
    .addOption(
      new Option("--strategy <name>", "how the network's shape is searched")
        .choices(strategies)
        .default("portfolio"),
    )
    .addOption(methodOption())
    .option(
      "--workers <n>",
      "threads to train on, 0 for none; default: one a core",
      parseInteger(0, 1024),
    )
    .option("--time-limit <seconds>", "end after that with what there is", parseSeconds)
    .option("--json", "print one JSON object and nothing else")
    .option("--quiet", "show no progress")
    .addHelpText(
      "after",
      '\nA line of a .jsonl file is {"x": [...], "y": [...]}, a number or an array of numbers a position;\n' +
        'a row of a .csv or .parquet file is a position, its columns "sequence", "x" (or "x1", "x2", ...), "y".\n' +
        "Exit codes: 0 solved and verified, 3 not solved, 2 bad usage or input, 130 interrupted.",
    )
    .action(async (source: string, options: SynthOptions) => {
      process.exitCode = await synth(source, options, startProgress(options));
    });
  addExtractCommand(command, startProgress);
  addTasksCommand(command);
  addInspectCommand(command);
  addBenchCommand(command);
  addReproduceCommand(command);
  return command;
}

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
  await newCommand().parseAsync();
} catch (error) {
  process.exitCode = fail(error);
}
