// What the options of the benchmarks' commands have in common.

import { tasks } from "../packages/tasks/dist/index.js";

function fail(message) {
  console.error(message);
  process.exit(2);
}

/** The integer that an option's text says; ends the command where it is none or out of range. */
export function integerOption(name, text, least, most) {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > most) {
    fail(`--${name} ${text}: not an integer from ${least} to ${most}`);
  }
  return value;
}

/** The name of every task, or the one asked for; ends the command where there is no such task. */
export function taskNames(wanted) {
  const names = tasks.map(({ name }) => name).filter((name) => (wanted ?? name) === name);
  if (names.length === 0) fail(`--task ${wanted}: no such task; latticode tasks lists them`);
  return names;
}
