// What several subcommands ask for: options, and the values that they take.

import { availableParallelism } from "node:os";
import type { Language } from "@latticode/codegen";
import { languages } from "@latticode/codegen";
import { methods } from "@latticode/regression";
import { findTask, type Task, tasks } from "@latticode/tasks";
import { InvalidArgumentError, Option } from "commander";
import { nearestName } from "./nearest-name.ts";
import { UsageError } from "./usage-error.ts";

/** Reads an integer; its range is shown by `--help`. */
export interface IntegerParser {
  (text: string): number;
  /** Both ends included. */
  readonly range: readonly [least: number, most: number];
}

/** A parser of integers from `least` to `most`. */
export function parseInteger(least: number, most: number): IntegerParser {
  const parse = (text: string) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least || value > most) {
      throw new InvalidArgumentError(`It must be an integer from ${least} to ${most}.`);
    }
    return value;
  };
  return Object.assign(parse, { range: [least, most] as const });
}

/** The range of an option's integer; undefined where it takes something else. */
export function rangeOf({ parseArg }: Option): IntegerParser["range"] | undefined {
  return (parseArg as Partial<IntegerParser> | undefined)?.range;
}

/** An option that may be given again, each time with one more value. */
export function repeatedOption<T>(
  flags: string,
  description: string,
  options: {
    readonly parse: (text: string) => T;
    readonly default: readonly T[];
    /** What `--help` shows as the default. */
    readonly defaultText: string;
  },
): Option {
  const { parse } = options;
  let given: T[] = [];
  const add = (text: string) => {
    given = [...given, parse(text)];
    return given;
  };
  const { range } = parse as Partial<IntegerParser>;
  return new Option(flags, description)
    .argParser(range ? Object.assign(add, { range }) : add)
    .default(options.default, options.defaultText);
}

export const parseSeed = parseInteger(0, 0xffffffff);

/** The task of that name. @throws UsageError with the nearest name where there is none */
export function taskOf(name: string, where = ""): Task {
  const task = findTask(name);
  if (task) return task;
  const names = tasks.map((task) => task.name);
  throw new UsageError(`${where}${name}: no such task; the nearest is ${nearestName(name, names)}`);
}

function parseLanguages(text: string): readonly Language[] {
  const isLanguage = (name: string): name is Language => languages.some((known) => known === name);
  const names = text.split(",").map((name) => name.trim());
  if (!names.every(isLanguage)) {
    const known = languages.join(", ");
    throw new InvalidArgumentError(`Give languages with commas between them; known are ${known}.`);
  }
  return [...new Set(names)];
}

function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || seconds <= 0 || seconds > 1e6) {
    throw new InvalidArgumentError("It must be a number of seconds, above 0 and at most 1000000.");
  }
  return seconds;
}

/** `--method`, for every command that reads programs. */
export function methodOption(): Option {
  return new Option("--method <name>", "how to look for programs")
    .choices(methods)
    .default("default");
}

/** What the values of `--method` mean, for the manual. */
export const methodsText = `Methods:
    default    both routes; of two programs with the same cost, the white-box one is kept
    white-box  read the hidden states only: integer codes, their recurrence, their machine
    black-box  look at the outputs only
    paper      a lattice and the three regressions of Michaud et al. (2024), for comparison

With the default, each route also checks the other: the report says whether both found the same
program. A repair is a shorter program that differs from the network at no more than 1 % of the
positions. The report shows one if it finds one, but never counts it as solved.`;

/** `--emit`, for every command that writes a program. */
export function emitOption(): Option {
  return new Option(
    "--emit <languages>",
    `language of the program, or several with --out: ${languages.join(", ")}`,
  )
    .argParser(parseLanguages)
    .default(["python"], "python");
}

/** `--noise`: a share of wrong labels. */
export function noiseOption(): Option {
  return new Option("--noise <share>", "share of the sequences that may have wrong labels")
    .argParser(parseShare)
    .default(0);
}

function parseShare(text: string): number {
  const share = Number(text);
  if (!/^(\d+\.?\d*|\.\d+)$/.test(text) || share >= 0.5) {
    throw new InvalidArgumentError("It must be a share from 0 to below 0.5, such as 0.02.");
  }
  return share;
}

/** Where the program and the report go, for the manual. */
export const outputText = `Output:
Standard output has the program and nothing else, so that it can be kept with > program.py. The
report goes to standard error, and so does progress. With --json, standard output has one JSON
object, and there is no report. Its JSON Schema is latticode/schema/result.json.`;

/** `--time-limit`, for every command that may take long. */
export function timeLimitOption(): Option {
  return new Option(
    "--time-limit <seconds>",
    "stops the run, reports how far it got, and exits as not solved",
  ).argParser(parseSeconds);
}

/** Every random choice follows from it. */
export function seedOption(): Option {
  return new Option("--seed <n>", "seed of all random choices").argParser(parseSeed).default(0);
}

/** `--json` and `--quiet`, for every command that reports one result. */
export function reportOptions(): Option[] {
  return [
    new Option("--json", "print one JSON object instead of the program and the report"),
    new Option("--quiet", "do not show progress"),
  ];
}

/** `--workers`, for every command that runs tasks side by side. */
export function lanesOption(description: string): Option {
  return new Option("--workers <n>", description)
    .argParser(parseInteger(1, 1024))
    .default(availableParallelism(), "one per core");
}
