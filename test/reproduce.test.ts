import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { latticode } from "./run-command.ts";

const directory = mkdtempSync(join(tmpdir(), "latticode-reproduce-"));
const results = join(directory, "results-part.json");

afterAll(() => rmSync(directory, { recursive: true }));

test("results of the benchmark are run again, and a digest that differs is an error", async () => {
  const tasks = ["--task", "Current_Number", "--task", "Bitwise_Not"];
  const bench = await latticode(["bench", ...tasks, "--out", directory, "--quiet"]);
  expect([0, 3], bench.stderr).toContain(bench.code);

  const same = await latticode(["reproduce", results, "--workers", "1"]);
  expect(same).toMatchObject({ code: 0, stderr: "" });
  expect(same.stdout).toMatch(/^Current_Number, seed 1: equal {4}[0-9a-f]{64}$/m);
  expect(same.stdout).toMatch(/^2 of 2 digests are equal$/m);

  const changed = JSON.parse(readFileSync(results, "utf8"));
  const line = changed.runs[0].lines.find((l: { task: string }) => l.task === "Bitwise_Not");
  line.digest = line.digest.replace(/^./, (c: string) => (c === "0" ? "1" : "0"));
  writeFileSync(results, JSON.stringify({ ...changed, build: "another" }));
  const other = await latticode(["reproduce", results, "--task", "Bitwise_Not"]);
  expect(other.code).toBe(1);
  expect(other.stdout).toMatch(/^Bitwise_Not, seed 1: DIFFERS {2}[0-9a-f]{64}, recorded /m);
  expect(other.stdout).toMatch(/^0 of 1 digests are equal\nthe results are from build another/m);
});

test("a results file that is none is bad input", async () => {
  const broken = join(directory, "broken.json");
  writeFileSync(broken, '{"build": "x", "runs": [{"lines": [{"task": "Sum_All"}]}]}');
  const outcome = await latticode(["reproduce", broken]);
  expect(outcome).toMatchObject({ code: 2, stdout: "" });
  expect(outcome.stderr).toContain(
    "broken.json: line 1 of its runs has no task, seed, method and digest",
  );
  const missing = await latticode(["reproduce", join(directory, "none.json")]);
  expect(missing.code).toBe(2);
});
