import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { run } from "./run-command.ts";
import { xmlMistake } from "./xml.ts";

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
  // what is read without normalizers is right too, and never shorter
  const read = rows.map(([, , cost]) => Number(cost));
  expect(read).toEqual([...read].sort((a, b) => b - a));
  expect(read.at(-1)).toBe(7);
});

test("figures: four clusters of Binary_Addition, the plane lattice of Sum_Last2", async () => {
  const directory = mkdtempSync(join(tmpdir(), "latticode-figures-"));
  try {
    const path = join(examples, "figures", "figure-2.mjs");
    const outcome = await run(process.execPath, [path, directory]);
    expect(outcome).toMatchObject({ code: 0, stderr: "" });
    expect(outcome.stdout).toContain("Binary_Addition: 4 clusters of hidden states");
    expect(outcome.stdout).toContain("Sum_Last2: a lattice of 2 dimensions");
    const read = (name: string) => readFileSync(join(directory, name), "utf8");
    const clusters = read("binary-addition.svg");
    expect(xmlMistake(clusters)).toBe("");
    expect(clusters.match(/>s\d, y = [01]</g)).toHaveLength(4);
    // the sides of the parallelogram
    expect(clusters).toContain("lines: one bit apart");
    const lattice = read("sum-last2.svg");
    expect(xmlMistake(lattice)).toBe("");
    expect(lattice).toContain("line of the lattice");
    expect(xmlMistake(read("sum-last2-middle.svg"))).toBe("");
  } finally {
    rmSync(directory, { recursive: true });
  }
});
