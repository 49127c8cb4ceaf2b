// The entry of workerd, which compiles no bytes and gives an imported .wasm as a compiled module.

import kernelsModule from "./kernels.wasm";
import { type LoadKernels, loader } from "./load.ts";

export * from "./exports.ts";

/** As that of index.ts. */
export const loadKernels: LoadKernels = loader(() => kernelsModule);
