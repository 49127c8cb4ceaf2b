export type { DrawInteger } from "@latticode/program";
export { minimumSequences } from "./collect-examples.ts";
export { InputError } from "./input-error.ts";
export type { Integer } from "./integer.ts";
export { formatJsonl, parseJsonl } from "./jsonl.ts";
export { type SampleOptions, sampleTask } from "./sample.ts";
export { labelSequence, type Step, type Task } from "./task.ts";
export { findTask, tasks } from "./tasks.ts";
