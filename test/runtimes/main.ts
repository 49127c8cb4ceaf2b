// Runs the suite in Node, Deno and Bun, where the kernels and the workers find their files themselves.

import { loadKernels } from "@latticode/kernels";
import { suite } from "./suite.ts";

console.log(JSON.stringify(await suite(await loadKernels(), [1, 4])));
