import type { Language } from "@latticode/codegen";
import { languages } from "@latticode/codegen";
import { methods } from "@latticode/regression";
import { InvalidArgumentError, Option } from "commander";

/** A parser of integers from `least` to `most`. */
export function parseInteger(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least || value > most) {
      throw new InvalidArgumentError(`It must be an integer from ${least} to ${most}.`);
    }
    return value;
  };
}

export const parseSeed = parseInteger(0, 0xffffffff);

export function parseLanguages(text: string): readonly Language[] {
  const isLanguage = (name: string): name is Language => languages.some((known) => known === name);
  const names = text.split(",").map((name) => name.trim());
  if (!names.every(isLanguage)) {
    const known = languages.join(", ");
    throw new InvalidArgumentError(`Known languages are ${known}, with commas between them.`);
  }
  return [...new Set(names)];
}

export function parseSeconds(text: string): number {
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
