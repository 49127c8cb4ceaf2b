import type { Examples } from "@latticode/program";
import { sampleTask } from "./sample.ts";
import type { Task } from "./task.ts";

/**
 * Examples of a length beyond a task's own, as `sampleTask` draws them; undefined where a label
 * outgrows 32 bits.
 */
export function sampleLonger(
  task: Task,
  options: Parameters<typeof sampleTask>[1],
): Examples | undefined {
  try {
    return sampleTask(task, options);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
