// The entry of pages without a bundler. Its build (build.mjs) makes dist/browser/ of it: a folder
// in which imports are relative, so that a browser loads it as it is.

export type { Kernels } from "@latticode/kernels";
export { loadKernels } from "@latticode/kernels";
export { loadNetwork, saveNetwork } from "@latticode/network";
export type { Task } from "@latticode/tasks";
export {
  findTask,
  formatCsv,
  formatJsonl,
  parseCsv,
  parseJsonl,
  sampleTask,
  tasks,
} from "@latticode/tasks";
export * from "../index.ts";
export * from "../inspection/index.ts";
