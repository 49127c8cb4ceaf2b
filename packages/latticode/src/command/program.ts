import { Command, Help, type Option } from "commander";
import { addBenchCommand } from "./bench/bench.ts";
import { addExtractCommand } from "./extract/extract.ts";
import { addInspectCommand } from "./inspect/inspect.ts";
import { rangeOf } from "./options.ts";
import { newProgress, type StartProgress } from "./progress.ts";
import { addReproduceCommand } from "./reproduce/reproduce.ts";
import { addSynthCommand } from "./synth/synth.ts";
import { addTasksCommand } from "./tasks/tasks.ts";
import { version } from "./version.ts";

/**
 * The whole command with its subcommands, arguments and options, without running it: what `--help`
 * prints and the manual is written from. `parseAsync` runs it.
 *
 * @param startProgress called by subcommands that show progress
 * @example
 * for (const command of newProgram().commands) console.log(command.name(), command.options);
 */
export function newProgram(startProgress: StartProgress = newProgress): Command {
  const program = new Command("latticode")
    .description("Trains a tiny recurrent network on examples and reads a program out of it.")
    .version(version)
    .exitOverride()
    .configureHelp({ optionDescription })
    .addHelpText(
      "after",
      "\nRun latticode <command> --help for the manual of a command. The usual first " +
        "run is\n    latticode synth examples.jsonl",
    )
    .configureOutput({
      outputError: (text, write) => write(`latticode: ${text.trim().replace(/\s*\n\s*/g, " ")}\n`),
    });
  addSynthCommand(program, startProgress);
  addExtractCommand(program, startProgress);
  addTasksCommand(program);
  addInspectCommand(program);
  addBenchCommand(program);
  addReproduceCommand(program);
  return program;
}

/** The sentence of an option, with its range, choices and default. */
function optionDescription(option: Option): string {
  const text = new Help().optionDescription(option);
  const range = rangeOf(option);
  if (!range) return text;
  const { length } = option.description;
  const rest = text.slice(length + 2, -1);
  const details = [`${range[0]} to ${range[1]}`, rest].filter(Boolean);
  return `${text.slice(0, length)} (${details.join(", ")})`;
}
