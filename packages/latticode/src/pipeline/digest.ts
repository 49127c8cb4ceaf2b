import type { Network } from "@latticode/network";
import type { Program } from "@latticode/program";

/**
 * JSON with the keys of every object in ascending order and no spaces, so that equal data give
 * equal text however they were built.
 *
 * @throws TypeError where the value holds something that JSON does not
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (value !== null && typeof value === "object") {
    const entries = Object.entries(value)
      .filter(([, entry]) => entry !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    const members = entries.map(([key, entry]) => `${JSON.stringify(key)}:${canonicalJson(entry)}`);
    return `{${members.join(",")}}`;
  }
  const text = JSON.stringify(value);
  if (text === undefined) throw new TypeError(`${typeof value} has no JSON form`);
  return text;
}

/**
 * SHA-256, as 64 hexadecimal digits, over a network and the program read from it: the seven numbers
 * of the network's shape as int32 (inputDim, outputDim, hiddenDim, hiddenDepth, hiddenWidth,
 * outputDepth, outputWidth), the weights and the initial state as float64, all little-endian, then
 * the program's canonical JSON in UTF-8 (`null` when there is none). The same on every runtime.
 */
export async function digestOf(network: Network, program: Program | undefined): Promise<string> {
  const { shape } = network;
  const header = [
    shape.inputDim,
    shape.outputDim,
    shape.hiddenDim,
    shape.hiddenDepth,
    shape.hiddenWidth,
    shape.outputDepth,
    shape.outputWidth,
  ];
  const text = new TextEncoder().encode(canonicalJson(program ?? null));
  const numbers = [network.weights, network.initial];
  const size = 4 * header.length + numbers.reduce((sum, array) => sum + 8 * array.length, 0);
  const bytes = new Uint8Array(size + text.length);
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const value of header) {
    view.setInt32(at, value, true);
    at += 4;
  }
  for (const array of numbers) {
    for (const value of array) {
      setFloat64(view, at, value);
      at += 8;
    }
  }
  bytes.set(text, at);
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
}

/** The bits of a NaN are the engine's choice, so one is chosen for all. */
function setFloat64(view: DataView, at: number, value: number): void {
  if (Number.isNaN(value)) view.setBigUint64(at, 0x7ff8000000000000n, true);
  else view.setFloat64(at, value, true);
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
