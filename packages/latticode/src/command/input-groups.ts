// What `--inputs` takes, for every command that asks a network.

import type { NetworkMetadata } from "@latticode/network";
import { countOf, type InputGroup, widthOf } from "@latticode/verification";
import { InvalidArgumentError } from "commander";
import { mostOneHot, readInputMetadata } from "./sources/network-inputs.ts";
import { UsageError } from "./usage-error.ts";

/** How `--inputs` is written, for help and messages. */
export const inputsHelp =
  "what inputs may be: a range, both ends included (0..99), a set of values ({-1,1}), or " +
  "one-hot columns (onehot:7); one for all columns, or several, such as 0..1,{-1,1}";

const forms = "give a range as in 0..99, a set as in {-1,1}, or one-hot columns as in onehot:7";

/**
 * Inputs by column or by group of columns: "0..1,-5..5", "3" for a single value, "{-1,1}" for a
 * set, "onehot:7" for 7 columns of which exactly one is 1. Commas within braces belong to a set.
 *
 * @throws InvalidArgumentError that says in one line what is wrong
 */
export function parseInputGroups(text: string): readonly InputGroup[] {
  // a comma separates unless a brace closes after it before another opens
  return text.split(/,(?![^{]*\})/).map((part, i) => {
    const trimmed = part.trim();
    const where = `Input ${i + 1}, ${JSON.stringify(trimmed)},`;
    const oneHot = /^onehot:(\d+)$/.exec(trimmed);
    if (oneHot) {
      const columns = Number(oneHot[1]);
      if (columns < 1 || columns > mostOneHot) {
        throw new InvalidArgumentError(`${where} must have from 1 to ${mostOneHot} columns.`);
      }
      return { kind: "onehot", columns };
    }
    const set = /^\{([^{}]*)\}$/.exec(trimmed);
    if (set) {
      const values = set[1].split(",").map((value) => integerOf(value, where));
      return { kind: "values", values: [...new Set(values)].sort((a, b) => a - b) };
    }
    const [low, high = low, ...more] = trimmed.split("..");
    if (more.length > 0) throw new InvalidArgumentError(`${where} cannot be read: ${forms}.`);
    const [min, max] = [integerOf(low, where), integerOf(high, where)];
    if (min > max) throw new InvalidArgumentError(`${where} ends before it begins.`);
    return { kind: "range", min, max };
  });
}

function integerOf(text: string, where: string): number {
  if (!/^\s*-?\d+\s*$/.test(text)) {
    throw new InvalidArgumentError(`${where} cannot be read: ${forms}.`);
  }
  // no -0
  const value = Number(text) + 0;
  if (value < -(2 ** 31) || value >= 2 ** 31) {
    throw new InvalidArgumentError(`${where} goes beyond the integers of 32 bits.`);
  }
  return value;
}

/**
 * The inputs of a network: those given, one for all columns or for each, else those that its file
 * says.
 *
 * @param path the network's file, for messages
 * @returns groups for all of its columns, and the length that the file says, if it does
 * @throws UsageError where there are none, or they do not fit the network
 */
export function inputsOfNetwork(
  given: readonly InputGroup[] | undefined,
  network: {
    readonly path: string;
    readonly metadata: NetworkMetadata;
    readonly inputDim: number;
  },
): { readonly groups: readonly InputGroup[]; readonly length?: number } {
  const { path, metadata, inputDim } = network;
  const { columns: saved, length } = readInputMetadata(metadata);
  const groups = given ?? saved;
  if (!groups) {
    const example = new Array(inputDim).fill("0..1").join(",");
    throw new UsageError(
      `${path}: does not say which inputs it was trained on: give --inputs, as in ${example}`,
    );
  }
  const width = groups.reduce((sum, group) => sum + widthOf(group), 0);
  const all =
    given?.length === 1 && width === 1 ? Array.from({ length: inputDim }, () => groups[0]) : groups;
  if (all === groups && width !== inputDim) {
    const from = given ? "--inputs" : `${path}: its metadata`;
    throw new UsageError(
      `${from}: ${countOf(width, "column")}, the network has ` +
        `${countOf(inputDim, "input column")}: give one for all, or one for each`,
    );
  }
  return { groups: all, ...(length !== undefined && { length }) };
}
