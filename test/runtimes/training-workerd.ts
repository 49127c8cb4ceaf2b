// Trains in workerd, which has no workers: by default in the calling thread.

import { loadKernels } from "@latticode/kernels";
import kernelsModule from "./kernels.wasm";
import { train } from "./training.ts";

// biome-ignore lint/style/noDefaultExport: workerd calls the default export's handlers
export default {
  async test(): Promise<void> {
    console.log(JSON.stringify([await train(await loadKernels(kernelsModule), undefined)]));
  },
};
