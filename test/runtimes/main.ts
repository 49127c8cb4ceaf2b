// Runs the suite in Node, Deno and Bun, where the kernels find their WebAssembly themselves.

import { loadKernels } from "@latticode/kernels";
import { suite } from "./suite.ts";

console.log(JSON.stringify(await suite(await loadKernels())));
