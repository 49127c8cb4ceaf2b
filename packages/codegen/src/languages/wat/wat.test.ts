import { expect, test } from "vitest";
import wabt from "wabt";
import { cases, columns, compare, length, programs, textsIn } from "../../../testing/cases.ts";
import { expectHarmless, rest, string } from "../../../testing/hostile.ts";
import { wat } from "./wat.ts";

interface Exports {
  readonly memory: WebAssembly.Memory;
  readonly heap: WebAssembly.Global;
  readonly f: (...addresses: number[]) => void;
}

test("WebAssembly text, assembled by wabt", async () => {
  const { parseWat } = await wabt();
  const texts = textsIn(wat);
  const instances = texts.map((text, k) => {
    const parsed = parseWat(`program${k}.wat`, text, { bulk_memory: true });
    const { buffer } = parsed.toBinary({});
    parsed.destroy();
    return new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(buffer)));
  });
  const results = cases.map((given) => {
    const { memory, heap, f } = instances[given.program].exports as unknown as Exports;
    const start = heap.value as number;
    const { inputDim, outputs } = programs[given.program];
    const column = 8 * length;
    const ys = start + inputDim * column;
    const missing = ys + outputs.length * column - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / 65536));
    new BigInt64Array(memory.buffer, start, inputDim * length).set(
      columns(given).flat().map(BigInt),
    );
    try {
      f(...Array.from({ length: inputDim }, (_, i) => start + i * column), length, ys);
    } catch (error) {
      expect(error).toBeInstanceOf(WebAssembly.RuntimeError);
      return "error";
    }
    return new BigInt64Array(memory.buffer, ys, outputs.length * length).join(" ");
  });
  compare(results, texts);
});

test("of hostile names and docstrings nothing is code", () => {
  expectHarmless(wat, new RegExp(`${string}|;;${rest}`, "g"));
});
