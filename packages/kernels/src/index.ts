// The entry of Node, Deno, Bun and of browsers without a bundler: the WebAssembly is a file.

import { type LoadKernels, loader } from "./load.ts";

export * from "./exports.ts";

/**
 * Loads the WebAssembly module. Without a source it is found and loaded once: beside this file in
 * Node, Deno, Bun and browsers, inside of what a bundler makes, as an imported module in workerd.
 * With a source, that is loaded: a compiled `WebAssembly.Module`, its bytes, or where it is.
 *
 * Throws where the module can't be read, fetched or compiled (a browser's content security policy
 * must allow 'wasm-unsafe-eval').
 */
export const loadKernels: LoadKernels = loader(() => new URL("./kernels.wasm", import.meta.url));
