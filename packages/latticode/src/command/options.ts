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
  options: { readonly parse: (text: string) => T; readonly default: readonly T[] },
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
    .default(options.default);
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
    throw new InvalidArgumentError(`Known languages are ${known}, with commas between them.`);
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
  return new Option("--method <name>", "how programs are looked for")
    .choices(methods)
    .default("default");
}

/** `--emit`, for every command that writes a program. */
export function emitOption(): Option {
  return new Option("--emit <languages>", `languages of the program, of ${languages.join(", ")}`)
    .argParser(parseLanguages)
    .default(["python", "javascript"]);
}

/** `--time-limit`, with what becomes of the result then. */
export function timeLimitOption(description: string): Option {
  return new Option("--time-limit <seconds>", description).argParser(parseSeconds);
}

/** Every random choice follows from it. */
export function seedOption(): Option {
  return new Option("--seed <n>", "seed of every random choice").argParser(parseSeed).default(0);
}

/** `--json` and `--quiet`, for every command that reports one result. */
export function reportOptions(): Option[] {
  return [
    new Option("--json", "print one JSON object and nothing else"),
    new Option("--quiet", "show no progress"),
  ];
}

/** `--workers`, for every command that runs tasks side by side. */
export function lanesOption(description: string): Option {
  return new Option("--workers <n>", description)
    .argParser(parseInteger(1, 1024))
    .default(availableParallelism(), "one per core");
}
