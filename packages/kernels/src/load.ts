import { bindKernels } from "./bindings.ts";
import { instantiate } from "./instance.ts";

/** The loaded kernels. Shapes, ranges, errors and sources stand where each function is defined. */
export interface Kernels extends ReturnType<typeof bindKernels> {
  /** What they were loaded from: other threads instantiate it without compiling it again. */
  readonly module: WebAssembly.Module;
  /** Bytes of WebAssembly memory at present; it never shrinks. */
  memoryBytes(): number;
}

declare const process: {
  getBuiltinModule(name: "node:fs"): { readFileSync(url: URL): Uint8Array<ArrayBuffer> };
};

/** A compiled module, its bytes, or where to fetch it from. */
export type KernelSource = WebAssembly.Module | BufferSource | URL | string;

async function compile(source: KernelSource): Promise<WebAssembly.Module> {
  if (source instanceof WebAssembly.Module) return source;
  if (typeof source !== "string" && !(source instanceof URL)) return WebAssembly.compile(source);
  // a page or its worker may name a path of its own site, as bundlers do
  const url = new URL(source, globalThis.location?.href);
  if (url.protocol === "file:") {
    // Node, Deno and Bun; no import statement, which bundlers for browsers would trip over
    const bytes = process.getBuiltinModule("node:fs").readFileSync(url);
    return WebAssembly.compile(bytes);
  }
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status} ${response.statusText}`);
  return WebAssembly.compile(await response.arrayBuffer());
}

async function load(source: KernelSource): Promise<Kernels> {
  const module = await compile(source);
  const { wasm, memoryBytes } = instantiate(module);
  return { module, ...bindKernels(wasm), memoryBytes };
}

/** What each entry of this package exports as `loadKernels`. */
export type LoadKernels = (source?: KernelSource) => Promise<Kernels>;

/** A `loadKernels` that takes the module from `find` where it is given none, and that once. */
export function loader(find: () => KernelSource | Promise<KernelSource>): LoadKernels {
  let shared: Promise<Kernels> | undefined;
  return async (source) => {
    if (source !== undefined) return load(source);
    shared ??= Promise.resolve(find()).then(load);
    return shared;
  };
}
