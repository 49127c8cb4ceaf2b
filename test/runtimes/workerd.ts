// Runs the suite in workerd, which compiles no bytes (the module is handed to it compiled) and has
// no workers of ours.

import { loadKernels } from "@latticode/kernels";
import kernelsModule from "./kernels.wasm";
import { suite } from "./suite.ts";

// biome-ignore lint/style/noDefaultExport: workerd calls the default export's handlers
export default {
  async test(): Promise<void> {
    console.log(JSON.stringify(await suite(await loadKernels(kernelsModule), [0])));
  },
};
