import type { NetworkMetadata } from "@latticode/network";
import type { InputGroup } from "@latticode/verification";

/** The most columns that can be one-hot together. */
export const mostOneHot = 4096;

/** The inputs that a network was trained on. */
export interface NetworkInputs {
  readonly columns: readonly InputGroup[];
  readonly length: number;
}

/** They go into a network's file, so that it can be looked at without its examples. */
export function inputMetadata({ columns, length }: NetworkInputs): NetworkMetadata {
  return { inputs: JSON.stringify(columns), length: String(length) };
}

/** What a file says of its inputs; what it does not say, or not as it should, is absent. */
export function readInputMetadata(metadata: NetworkMetadata): Partial<NetworkInputs> {
  const columns = readColumns(metadata.inputs);
  const length = Number(metadata.length ?? Number.NaN);
  return {
    ...(columns && { columns }),
    ...(Number.isInteger(length) && length >= 1 && length <= 4096 && { length }),
  };
}

function readColumns(text: string | undefined): InputGroup[] | undefined {
  try {
    const value: unknown = JSON.parse(text ?? "null");
    return Array.isArray(value) && value.length > 0 && value.every(isGroup) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isGroup(value: unknown): value is InputGroup {
  if (typeof value !== "object" || value === null || !("kind" in value)) return false;
  if (value.kind === "values") {
    const { values } = value as { values?: unknown };
    return Array.isArray(values) && values.length > 0 && values.every(isInput);
  }
  if (value.kind === "onehot") {
    const { columns } = value as { columns?: unknown };
    return isInput(columns) && columns >= 1 && columns <= mostOneHot;
  }
  const { min, max } = value as { min?: unknown; max?: unknown };
  return value.kind === "range" && isInput(min) && isInput(max) && min <= max;
}

function isInput(value: unknown): value is number {
  return Number.isInteger(value) && Math.abs(value as number) < 2 ** 31;
}
