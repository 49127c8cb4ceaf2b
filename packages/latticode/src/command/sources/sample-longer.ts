import type { Examples } from "@latticode/program";
import type { Task } from "@latticode/tasks";
import { sampleTask } from "@latticode/tasks";

/** Examples of a length beyond a task's own, see `sampleTask`; undefined where labels outgrow 32 bits. */
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
