/** Seconds that each of `rounds` calls takes, ascending; one call before them warms up. */
export function seconds(rounds, run) {
  run();
  const taken = Array.from({ length: rounds }, () => {
    const start = process.hrtime.bigint();
    run();
    return Number(process.hrtime.bigint() - start) / 1e9;
  });
  return taken.sort((a, b) => a - b);
}

export const median = (sorted) => sorted[sorted.length >> 1];
