import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findTask, formatJsonl, labelSequence, sampleTask } from "@latticode/tasks";
import { afterAll, beforeAll, expect, test } from "vitest";
import { latticode, run } from "./run-command.ts";

// From files of examples alone to programs, judged by the tasks' own definitions.
const solvable = [
  "Binary_Addition",
  "Bitwise_Xor",
  "Parity_All",
  "Sum_All",
  "Sum_Last2",
  "Prev1",
  "Diff_Last2",
  "Newton_Freebody",
];

let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "latticode-synthesis-"));
});

afterAll(() => rmSync(directory, { recursive: true }));

// Sequences on standard input, one JSON array a line, each spread as arguments of f.
const driver = `
import json, runpy, sys
f = runpy.run_path(sys.argv[1])["f"]
for line in sys.stdin:
    print(json.dumps(f(*json.loads(line))))
`;

/** The outputs of the Python program at `path` on each of these inputs. */
async function runPython(path: string, inputs: readonly (readonly number[])[][]) {
  const input = inputs.map((columns) => JSON.stringify(columns)).join("\n");
  const outcome = await run("python3", ["-c", driver, path], { input });
  expect(outcome).toMatchObject({ code: 0, stderr: "" });
  return outcome.stdout
    .trim()
    .split("\n")
    .map((line) => (JSON.parse(line) as unknown[]).flat());
}

test.each(solvable.map((name, i) => [name, i] as const))(
  "%s",
  async (name, i) => {
    const task = findTask(name);
    if (!task) throw new Error(`no task ${name}`);
    // Nothing in the file's name may help.
    const source = join(directory, `${i}.jsonl`);
    writeFileSync(
      source,
      [...formatJsonl(sampleTask(task, { count: 20_000, seed: 1000 + i }))].join("\n"),
    );

    const out = join(directory, String(i));
    const synthesize = () => latticode(["synth", source, "--out", out, "--json", "--quiet"]);
    const start = performance.now();
    const outcome = await synthesize();
    expect(performance.now() - start).toBeLessThan(60_000);
    expect(outcome).toMatchObject({ code: 0, stderr: "" });
    const result = JSON.parse(outcome.stdout);
    expect(result.solved).toBe(true);

    // Fresh sequences of the trained length, and longer ones.
    for (const [count, length] of [
      [2000, task.length],
      [100, 100],
    ]) {
      const fresh = sampleTask(task, { count, length, seed: 2000 + i });
      const width = fresh.inputDim;
      const sequences = Array.from({ length: count }, (_, sequence) =>
        fresh.x.subarray(sequence * length * width, (sequence + 1) * length * width),
      );
      const inputs = sequences.map((x) =>
        Array.from({ length: width }, (_, column) => [...x.filter((_, k) => k % width === column)]),
      );
      const expected = sequences.map((x) => labelSequence(task, x, length));
      expect(await runPython(join(out, "program.py"), inputs)).toEqual(expected);
    }

    const again = JSON.parse((await synthesize()).stdout);
    expect(again.digest).toBe(result.digest);
  },
  180_000,
);
