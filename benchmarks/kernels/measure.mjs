export const median = (sorted) => sorted[sorted.length >> 1];

/**
 * Runs the tasks in turns over `rounds` rounds, so that slow phases of the machine hit all alike;
 * returns the nanoseconds of processor time that each took, [task][round]. Time in which another process
 * had the core does not count. Each round starts at another task, so that no task always meets the same
 * interruption. Keep tasks short, 1 to 5 ms, and compare within a round.
 */
export function inTurns(rounds, tasks) {
  const taken = tasks.map(() => new Float64Array(rounds));
  for (let round = 0; round < rounds; round++) {
    for (let k = 0; k < tasks.length; k++) {
      const task = (k + 7 * round) % tasks.length;
      const start = process.cpuUsage();
      tasks[task]();
      const { user, system } = process.cpuUsage(start);
      taken[task][round] = 1e3 * (user + system);
    }
  }
  return taken;
}

/** Quartiles of values in any order: [25 %, median, 75 %]. */
export function quartiles(values) {
  const sorted = Float64Array.from(values).sort();
  return [0.25, 0.5, 0.75].map((share) => sorted[Math.floor(share * (sorted.length - 1))]);
}
