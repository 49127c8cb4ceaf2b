// The entry of bundlers, by the export condition "module": not all of them copy a file that a URL
// names, so the WebAssembly is in the source, compressed.

import { inlinedKernels } from "./inlined-kernels.js";
import { type LoadKernels, loader } from "./load.ts";

export * from "./exports.ts";

async function inflate(): Promise<ArrayBuffer> {
  const compressed = Uint8Array.from(atob(inlinedKernels), (character) => character.charCodeAt(0));
  const stream = new Blob([compressed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}

/** As that of index.ts. */
export const loadKernels: LoadKernels = loader(inflate);
