// Hands the kernels their WebAssembly in every way there is; runs where they are installed alone.

import { readFileSync } from "node:fs";
import { type KernelSource, loadKernels } from "@latticode/kernels";

const file = new URL(import.meta.resolve("@latticode/kernels/kernels.wasm"));
const bytes = new Uint8Array(readFileSync(file));
const sources: Record<string, KernelSource> = {
  module: await WebAssembly.compile(bytes),
  bytes,
  buffer: bytes.buffer,
  URL: file,
  text: file.href,
  data: `data:application/wasm;base64,${readFileSync(file, "base64")}`,
};
for (const [name, source] of Object.entries(sources)) {
  const kernels = await loadKernels(source);
  const solution = kernels.leastSquares(Float64Array.of(2), 1, 1, Float64Array.of(6), 1);
  console.log(name, solution[0]);
}
