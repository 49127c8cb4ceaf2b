import { InputError } from "./input-error.ts";

/**
 * `value`, a number of the examples, where it is an integer of magnitude below 2^31. Throws an
 * InputError that says at `where` what it is instead; `text` is what the file says, `column` begins
 * with x for inputs.
 */
export function checkNumber(
  where: string,
  column: string,
  value: unknown,
  text: string = describe(value),
): number {
  if (typeof value !== "number" || Number.isNaN(value)) {
    throw new InputError(`${where} is ${text}, not an integer`);
  }
  if (Math.abs(value) >= 2 ** 31) {
    throw new InputError(`${where} is ${text}; its magnitude must be below 2^31`);
  }
  if (!Number.isInteger(value)) {
    const why = column.startsWith("x") ? "inputs" : "outputs";
    throw new InputError(
      `${where} is ${text}, not an integer; programs are over the integers, their ${why} too`,
    );
  }
  return value;
}

/** What a value is, for a message. */
export function describe(value: unknown): string {
  if (value === undefined) return "missing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object") return "an object";
  if (typeof value === "string") return "a string";
  return String(value);
}
