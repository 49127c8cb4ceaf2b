import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { latticode } from "./run-command.ts";

let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "latticode-bench-"));
});

afterAll(() => rmSync(directory, { recursive: true }));

const names = ["Bitwise_Xor", "Sum_Last2", "Parity_All"];
const argsFor = (out: string, workers: number) => [
  ...["bench", "--seed", "1", "--out", join(directory, out), "--workers", String(workers)],
  ...names.flatMap((name) => ["--task", name]),
];
const read = (...path: string[]) => readFileSync(join(directory, ...path), "utf8");

test("a benchmark that is interrupted goes on, and ends the same with any number of threads", async () => {
  const stopped = await latticode(argsFor("stopped", 1), {
    interrupt: { signal: "SIGINT", when: /\[1 of 3\]/ },
  });
  expect(stopped.code).toBe(130);
  const before = read("stopped", "bench.jsonl");
  expect(before.split("\n")).toHaveLength(2);

  const resumed = await latticode(argsFor("stopped", 2));
  expect(resumed).toMatchObject({ code: 0 });
  expect(resumed.stderr).not.toContain("[1 of 3]");
  const after = read("stopped", "bench.jsonl");
  expect(after.startsWith(before)).toBe(true);
  expect(after.split("\n")).toHaveLength(4);

  const other = join(directory, "stopped", "results-part.json");
  const whole = await latticode([...argsFor("whole", 1), "--compare", other, "--quiet"]);
  expect(whole).toMatchObject({ code: 0, stderr: "" });
  expect(whole.stdout).toContain("digests equal to those of the run compared with | 3 of 3");
  const { runs } = JSON.parse(read("whole", "results-part.json"));
  expect(runs[0].lines.map(({ task }: { task: string }) => task).sort()).toEqual(names.sort());
  const report = read("whole", "results-part.md");
  for (const name of names) expect(report).toContain(`| ${name} | yes | yes |`);
});

test("bad usage is told in one line", async () => {
  expect(await latticode(["bench", "--task", "Bitwise_Xr"])).toMatchObject({
    ...{ code: 2, stdout: "" },
    stderr: "latticode: --task Bitwise_Xr: no such task; the nearest is Bitwise_Xor\n",
  });
  const out = join(directory, "none");
  const comparing = ["bench", "--out", out, "--compare", join(directory, "none.json")];
  const { code, stderr } = await latticode(comparing);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^latticode: --compare .*none\.json: cannot be read as results: .*\n$/);
});
