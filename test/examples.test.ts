import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { run } from "./run-command.ts";

const examples = fileURLToPath(new URL("../examples", import.meta.url));

test("normalizers: Sum_Last5 becomes a shift register, and its program short", async () => {
  const path = join(examples, "normalizers", "sum-last5.mjs");
  const outcome = await run(process.execPath, [path]);
  expect(outcome).toMatchObject({ code: 0, stderr: "" });
  const register = [
    "+ quantize: .*",
    "    next_a = b",
    "    next_b = c",
    "    next_c = d",
    "    next_d = e",
    "    next_e = x",
    "    y = next_a \\+ next_b \\+ next_c \\+ next_d \\+ next_e",
    "",
  ];
  expect(outcome.stdout).toMatch(new RegExp(`\\${register.join("\n")}`));
  // the table's last columns
  const rows = [...outcome.stdout.matchAll(/^(?:no normalizer|\+ \w+) +\d+ +\d+ +(\d+) +(\d+)$/gm)];
  const costs = rows.map(([, cost]) => Number(cost));
  expect(costs.length).toBe(6);
  // four copies at 2, one input at 2, four additions of five states and the output
  expect(costs.at(-1)).toBe(20);
  expect(costs[0]).toBeGreaterThan(100);
  expect(costs.slice(1)).toEqual(costs.slice(1).sort((a, b) => b - a));
  for (const [, , read] of rows) expect(Number(read)).toBeLessThanOrEqual(18);
});
