import { createWriteStream, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { run } from "./run-command.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const sequences = 400_000;
let directory: string;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "latticode-streaming-"));
  const bits = (i: number, t: number) => (i >> (t % 8)) & 1;
  const places = Array.from({ length: 10 }, (_, t) => t);
  function* csv() {
    yield "sequence,x1,x2,y\n";
    for (let i = 0; i < sequences; i++) {
      yield places.map((t) => `${i},${bits(i, t)},${t},${t}\n`).join("");
    }
  }
  function* jsonl() {
    for (let i = 0; i < sequences; i++) {
      const x = places.map((t) => [bits(i, t), t]);
      yield `{"x": ${JSON.stringify(x)}, "y": ${JSON.stringify(places)}, "note": "${"-".repeat(60)}"}\n`;
    }
  }
  await pipeline(csv, createWriteStream(join(directory, "big.csv")));
  await pipeline(jsonl, createWriteStream(join(directory, "big.jsonl")));
});

afterAll(() => rmSync(directory, { recursive: true }));

const script = `
import { createReadStream } from "node:fs";
import { parseCsv, parseJsonl, splitLines } from "@latticode/tasks";
const [path] = process.argv.slice(1);
const sampling = { numbers: 300000, seed: 1 };
const options = { name: path, sampling };
const stream = createReadStream(path);
const examples = path.endsWith("csv")
  ? await parseCsv(stream, options)
  : await parseJsonl(splitLines(stream, options), options);
console.log(examples.count);
`;

test.each(["big.csv", "big.jsonl"])("%s is read in less memory than its size", async (name) => {
  const path = join(directory, name);
  const { size } = statSync(path);
  expect(size).toBeGreaterThan(48 * 2 ** 20);
  // Text, lines and rows of the file live in the heap, so a third of the file has to do.
  const heap = ["--max-old-space-size=16", "--max-semi-space-size=1"];
  const args = [...heap, "--input-type=module", "-e", script, path];
  const outcome = await run(process.execPath, args, { cwd: join(root, "packages", "latticode") });
  expect(outcome).toMatchObject({ code: 0, stdout: "10000\n", stderr: "" });
});
