import type { Task } from "./task.ts";
import { additionTasks } from "./tasks/addition.ts";
import { bitwiseTasks } from "./tasks/bitwise.ts";
import { counterTasks } from "./tasks/counters.ts";
import { detectorTasks } from "./tasks/detectors.ts";
import { modularTasks } from "./tasks/modular.ts";
import { parityTasks } from "./tasks/parity.ts";
import { physicsTasks } from "./tasks/physics.ts";
import { windowTasks } from "./tasks/windows.ts";

/** The 62 benchmark tasks, by family. */
export const tasks: readonly Task[] = [
  ...additionTasks,
  ...bitwiseTasks,
  ...parityTasks,
  ...windowTasks,
  ...counterTasks,
  ...modularTasks,
  ...detectorTasks,
  ...physicsTasks,
];

/** The task of that name (case matters), or undefined. */
export function findTask(name: string): Task | undefined {
  return tasks.find((task) => task.name === name);
}
