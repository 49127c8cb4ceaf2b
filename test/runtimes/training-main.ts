// Trains in Node, Deno and Bun: in the calling thread, with 2 workers, with as many as there are cores.

import { loadKernels } from "@latticode/kernels";
import { train } from "./training.ts";

const kernels = await loadKernels();
const results = [await train(kernels, 0), await train(kernels, 2), await train(kernels, undefined)];
console.log(JSON.stringify(results));
