import type { Examples } from "@latticode/program";
import { type InputColumn, observeInputs } from "../inputs/drawn.ts";

/** Columns that are one-hot together: in every row exactly one of them is 1, the others are 0. */
export interface OneHotColumns {
  readonly kind: "onehot";
  /** How many they are, at least 1. */
  readonly columns: number;
}

/** A column of inputs by itself, or columns that go together. */
export type InputGroup = InputColumn | OneHotColumns;

/** Columns of a group. */
export function widthOf(group: InputGroup): number {
  return group.kind === "onehot" ? group.columns : 1;
}

/** The smallest and the largest value of each column of a group. */
export function rangesOf(group: InputGroup): readonly { min: number; max: number }[] {
  switch (group.kind) {
    case "onehot":
      return Array.from({ length: group.columns }, () => ({
        min: group.columns === 1 ? 1 : 0,
        max: 1,
      }));
    case "values": {
      const { values } = group;
      const least = values.reduce((a, b) => Math.min(a, b));
      return [{ min: least, max: values.reduce((a, b) => Math.max(a, b)) }];
    }
    case "range":
      return [{ min: group.min, max: group.max }];
  }
}

/** How many different rows a group has. */
export function countRowsOf(group: InputGroup): number {
  if (group.kind === "onehot") return group.columns;
  return group.kind === "values" ? new Set(group.values).size : group.max - group.min + 1;
}

/** The different rows of a group, in lexicographic order. */
export function rowsOf(group: InputGroup): readonly (readonly number[])[] {
  switch (group.kind) {
    case "onehot": {
      const { columns } = group;
      return Array.from({ length: columns }, (_, row) =>
        Array.from({ length: columns }, (_, i) => (i === columns - 1 - row ? 1 : 0)),
      );
    }
    case "values":
      return [...new Set(group.values)].sort((a, b) => a - b).map((value) => [value]);
    case "range":
      return Array.from({ length: group.max - group.min + 1 }, (_, i) => [group.min + i]);
  }
}

/** Whether every row within its ranges is one of the group's. */
export function isRangeOnly(group: InputGroup): boolean {
  const ranges = rangesOf(group);
  return countRowsOf(group) === ranges.reduce((n, { min, max }) => n * (max - min + 1), 1);
}

/**
 * @throws RangeError where groups do not have `inputDim` columns, or a value is no integer of 32
 *   bits
 */
export function checkGroups(groups: readonly InputGroup[], inputDim: number): void {
  groups.forEach((group, i) => {
    if (group.kind === "onehot") {
      if (!Number.isInteger(group.columns) || group.columns < 1) {
        throw new RangeError(`inputs[${i}] has ${group.columns} columns, must be 1 or more`);
      }
      return;
    }
    const values = group.kind === "values" ? group.values : [group.min, group.max];
    const wrong = values.find((value) => !Number.isInteger(value) || value !== (value | 0));
    if (wrong !== undefined) {
      throw new RangeError(`inputs[${i}] has ${wrong}, must be a 32-bit integer`);
    }
    if (group.kind === "values" ? values.length === 0 : values[0] > values[1]) {
      throw new RangeError(`inputs[${i}] is empty`);
    }
  });
  const columns = groups.reduce((sum, group) => sum + widthOf(group), 0);
  if (columns !== inputDim) {
    throw new RangeError(
      `inputs has ${columns} columns, but the network has ${inputDim}: give one per column`,
    );
  }
}

/** A group as `--inputs` takes it, a set of many values with its first ones and its last. */
export function groupText(group: InputGroup): string {
  if (group.kind === "onehot") return `onehot:${group.columns}`;
  const isRange = group.kind === "range";
  const values = isRange ? [group.min, group.max] : group.values;
  const [low, high] = [values[0], values[values.length - 1]];
  if (low === high) return String(low);
  if (isRange || high - low === values.length - 1) return `${low}..${high}`;
  const shown = values.length > 6 ? [...values.slice(0, 5), "...", high] : values;
  return `{${shown.join(", ")}}`;
}

/**
 * Where inputs of examples come from, column by column, see `observeInputs`; columns side by side
 * of which exactly one is 1 in every row go together.
 */
export function observeGroups(examples: Examples): InputGroup[] {
  const { x, inputDim } = examples;
  const columns = observeInputs(examples);
  const isBit = (column: InputColumn | undefined) =>
    column?.kind === "values" && column.values.join() === "0,1";
  const rows = x.length / inputDim;
  /** The end of the columns from `from` on of which one is 1 in every row; undefined for none. */
  const endOfOneHot = (from: number): number | undefined => {
    const ones = new Uint8Array(rows);
    for (let i = from; isBit(columns[i]); i++) {
      let sum = 0;
      for (let row = 0; row < rows; row++) {
        ones[row] += x[row * inputDim + i];
        if (ones[row] > 1) return undefined;
        sum += ones[row];
      }
      if (sum === rows) return i + 1;
    }
    return undefined;
  };
  const groups: InputGroup[] = [];
  for (let i = 0; i < inputDim; ) {
    const end = endOfOneHot(i);
    groups.push(end === undefined ? columns[i] : { kind: "onehot", columns: end - i });
    i = end ?? i + 1;
  }
  return groups;
}
