import { checkShape, type NetworkShape, parameterCount } from "@latticode/kernels";
import type { Evaluation, Network } from "@latticode/network";
import type { Unit, UnitOutcome } from "./attempt/unit.ts";
import type { Readability } from "./readability.ts";

/** A finished unit, as data that JSON keeps exactly. */
export interface JournalEntry {
  /** JSON of the unit: what was to be done, and from which seed. */
  readonly unit: string;
  readonly outcome: {
    readonly shape: NetworkShape;
    /** The float64 bits of the weights, then of h_0, little-endian, in base64. */
    readonly numbers: string;
    readonly seed: number;
    /** Numbers that JSON has not are text: "NaN", "Infinity". */
    readonly loss: number | string;
    /** Accuracy and margin on each set. */
    readonly stopping: readonly (number | string)[];
    readonly training?: readonly (number | string)[];
    readonly confirmation?: readonly (number | string)[];
    readonly perfect: boolean;
    readonly readability?: Omit<Readability, "spread"> & { readonly spread: number | string };
    readonly refinedError?: number | string;
    readonly work: number;
  };
}

/**
 * Where finished units are kept, so that a training that was killed goes on where it was. A journal
 * must belong to one training: the same data, seed and version. Whoever opens it sees to that.
 */
export interface Journal {
  /** The entries of earlier runs. */
  entries(): Promise<readonly JournalEntry[]>;
  /** Fulfilled when the entry will survive whatever happens to this process. */
  append(entry: JournalEntry): Promise<void>;
}

/** The name of a unit in the journal. */
export function unitText(unit: Unit): string {
  return JSON.stringify(unit);
}

export function toEntry(unit: Unit, outcome: UnitOutcome): JournalEntry {
  const { network, loss, stopping, training, confirmation, perfect, work } = outcome;
  const { readability, refinedError } = outcome;
  const { shape, weights, initial, seed } = network;
  return {
    unit: unitText(unit),
    outcome: {
      shape,
      numbers: numbersToText(Float64Array.of(...weights, ...initial)),
      seed,
      loss: toJson(loss),
      stopping: evaluationToJson(stopping),
      ...(training && { training: evaluationToJson(training) }),
      ...(confirmation && { confirmation: evaluationToJson(confirmation) }),
      perfect,
      ...(readability && { readability: { ...readability, spread: toJson(readability.spread) } }),
      ...(refinedError !== undefined && { refinedError: toJson(refinedError) }),
      work,
    },
  };
}

/**
 * The outcome that an entry holds.
 *
 * @throws Error where it is none
 */
export function fromEntry({ unit, outcome }: JournalEntry): UnitOutcome {
  try {
    const { stopping, training, confirmation, perfect, work, readability, refinedError } = outcome;
    if (typeof perfect !== "boolean") throw new Error("perfect must be true or false");
    return {
      network: networkFromJson(outcome),
      loss: fromJson(outcome.loss),
      stopping: evaluationFromJson(stopping),
      ...(training && { training: evaluationFromJson(training) }),
      ...(confirmation && { confirmation: evaluationFromJson(confirmation) }),
      perfect,
      ...(readability && { readability: { ...readability, spread: fromJson(readability.spread) } }),
      ...(refinedError !== undefined && { refinedError: fromJson(refinedError) }),
      work: fromJson(work),
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`the journal's entry for ${unit} can't be used: ${reason}`, { cause: error });
  }
}

function networkFromJson({ shape, numbers, seed }: JournalEntry["outcome"]): Network {
  checkShape(shape);
  const count = parameterCount(shape);
  const both = textToNumbers(numbers);
  if (both.length !== count + shape.hiddenDim) {
    throw new Error(`${both.length} numbers, must be ${count + shape.hiddenDim}`);
  }
  return { shape, weights: both.slice(0, count), initial: both.slice(count), seed: fromJson(seed) };
}

function evaluationToJson({ accuracy, margin }: Evaluation): (number | string)[] {
  return [toJson(accuracy), toJson(margin)];
}

function evaluationFromJson(values: readonly (number | string)[]): Evaluation {
  return { accuracy: fromJson(values[0]), margin: fromJson(values[1]) };
}

function toJson(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}

function fromJson(value: number | string): number {
  if (typeof value === "number") return value;
  if (["NaN", "Infinity", "-Infinity"].includes(value)) return Number(value);
  throw new Error(`${JSON.stringify(value)} is not a number`);
}

function numbersToText(numbers: Float64Array): string {
  const view = new DataView(new ArrayBuffer(8 * numbers.length));
  numbers.forEach((value, i) => {
    view.setFloat64(8 * i, value, true);
  });
  let text = "";
  for (const byte of new Uint8Array(view.buffer)) text += String.fromCharCode(byte);
  return btoa(text);
}

function textToNumbers(text: string): Float64Array {
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  if (bytes.length % 8 !== 0) throw new Error(`${bytes.length} bytes are no float64 numbers`);
  const view = new DataView(bytes.buffer);
  return Float64Array.from({ length: bytes.length / 8 }, (_, i) => view.getFloat64(8 * i, true));
}
