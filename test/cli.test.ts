import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadNetwork } from "@latticode/network";
import { drawIntegers } from "@latticode/program";
import {
  findTask,
  formatCsv,
  formatJsonl,
  parseCsv,
  parseJsonl,
  sampleTask,
} from "@latticode/tasks";
import { parquetWriteBuffer } from "hyparquet-writer";
import { digestOf } from "latticode";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cli, latticode, run } from "./run-command.ts";

const line = (x: unknown, y: unknown) => `${JSON.stringify({ x, y })}\n`;

let directory: string;
/** A task that is solved within a second or two. */
let easy: string;
/** Labels that no network can learn, on which training takes long. */
let random: string;
/** Equal inputs with different labels. */
let contradictory: string;

const linesOf = (name: string, count: number, seed: number) => {
  const task = findTask(name);
  if (!task) throw new Error(`no task ${name}`);
  return `${[...formatJsonl(sampleTask(task, { count, seed }))].join("\n")}\n`;
};

const file = (name: string, text: string) => {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
};

/** Sums of the last two, as in `easy`. */
const parquet = (name: string, count: number) => {
  const { x, y, length } = sampleTask(findTask("Sum_Last2")!, { count, seed: 11 });
  const sequence = Array.from(x, (_, row) => Math.floor(row / length));
  const columnData = Object.entries({ sequence, x: [...x], y: [...y] }).map(([name, data]) => ({
    name,
    data,
    type: "INT32" as const,
  }));
  const path = join(directory, name);
  writeFileSync(path, new Uint8Array(parquetWriteBuffer({ columnData, rowGroupSize: 999 })));
  return path;
};

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "latticode-cli-"));
  easy = file("easy.jsonl", linesOf("Sum_Last2", 500, 11));
  // a bit of a hash of the inputs so far
  const hashedLine = (_: unknown, i: number) => {
    const x = Array.from({ length: 10 }, (_, k) => (i >> k) & 1);
    let hash = 7;
    const y = x.map((bit) => {
      hash = Math.imul(hash ^ (bit + 40503), 2654435761);
      return (hash >>> 13) & 1;
    });
    return line(x, y);
  };
  random = file("random.jsonl", Array.from({ length: 400 }, hashedLine).join(""));
  contradictory = file("contradictory.jsonl", (line([0], [0]) + line([0], [1])).repeat(10));
});

afterAll(() => rmSync(directory, { recursive: true }));

const good = Array.from({ length: 20 }, (_, i) => line([i, 1, 2], [i, 1, 2])).join("");

describe("bad input is one line on standard error and exit code 2", () => {
  const cases: readonly [what: string, text: string, message: RegExp][] = [
    ["an empty file", "", /^latticode: \S*bad\.jsonl:1: /],
    ["a line that is not JSON", `${good}{"x": [1, 2\n`, /bad\.jsonl:21: .*not JSON/],
    ["ragged lengths", good + line([1, 2], [1, 2]), /bad\.jsonl:21: .*2 rows.*3/],
    ["ragged rows", good + line([[1], [1, 2], [3]], [1, 2, 3]), /bad\.jsonl:21: .*x\[1\]/],
    ["x and y of different lengths", good + line([1, 2, 3], [1, 2]), /bad\.jsonl:21: .*y has 2/],
    ["a fractional output", good + line([1, 2, 3], [1, 2.5, 3]), /bad\.jsonl:21: y\[1\].*integer/],
    ["a fractional input", good + line([1, 2, 3.5], [1, 2, 3]), /bad\.jsonl:21: x\[2\].*integer/],
    ["NaN", `${good}{"x": [1, NaN, 3], "y": [1, 2, 3]}\n`, /bad\.jsonl:21: .*NaN/],
    ["a number beyond 2^31", good + line([1, 2, 2 ** 31], [1, 2, 3]), /bad\.jsonl:21: .*2\^31/],
    ["a string", good + line([1, "2", 3], [1, 2, 3]), /bad\.jsonl:21: x\[1\].*string/],
    ["a missing y", `${good}{"x": [1, 2, 3]}\n`, /bad\.jsonl:21: y is missing/],
    ["one example only", line([1, 2, 3], [1, 2, 3]), /bad\.jsonl:1: .*1 sequence/],
  ];
  test.each(cases)("%s", async (_, text, message) => {
    const outcome = await latticode(["synth", file("bad.jsonl", text), "--json"]);
    expect(outcome.stderr).toMatch(message);
    expect(outcome.stderr).toMatch(/^latticode: [^\n]*\n$/);
    expect(outcome).toMatchObject({ code: 2, stdout: "" });
  });

  const usage: readonly [what: string, args: () => string[], message: RegExp][] = [
    ["a missing file", () => ["missing.jsonl"], /missing\.jsonl: no such file/],
    ["a missing CSV file", () => ["missing.csv"], /missing\.csv: no such file/],
    ["a directory", () => [directory], /is a directory/],
    [
      "an empty CSV file",
      () => [file("bad.csv", "")],
      /bad\.csv:1: the file is empty; columns are/,
    ],
    ["a wrong CSV field", () => [file("bad.csv", "sequence,x,y\n0,1,a\n")], /bad\.csv:2: y is "a"/],
    ["no Parquet file", () => [file("bad.parquet", good)], /bad\.parquet: not a Parquet file/],
    [
      "a short Parquet file",
      () => [parquet("short.parquet", 9)],
      /short\.parquet: row 90: .*9 seq/,
    ],
    ["an unknown task", () => ["parity_al"], /no such file or task.*Parity_All/],
    ["no source", () => [], /missing required argument/],
    ["two sources", () => [easy, easy], /too many arguments/],
    ["an unknown option", () => [easy, "--sead", "1"], /unknown option '--sead'.*--seed/],
    ["an unknown language", () => [easy, "--emit", "python,cobol"], /python, javascript/],
    ["several languages and nowhere to put them", () => [easy, "--emit", "c,rust"], /give --out/],
    ["noise of one half", () => [easy, "--noise", "0.5"], /share from 0 to below 0\.5/],
    ["a fractional seed", () => [easy, "--seed", "1.5"], /integer from 0 to 4294967295/],
    ["a seed too large", () => [easy, "--seed", "4294967296"], /integer from 0 to 4294967295/],
    ["half a worker", () => [easy, "--workers", "0.5"], /integer from 0 to 1024/],
    ["no time", () => [easy, "--time-limit", "0"], /seconds, above 0/],
    ["an option without its value", () => [easy, "--out"], /argument missing/],
    [
      "an impossible directory",
      () => [easy, "--out", join(easy, "x")],
      /--out .*: cannot write there: .*; give another directory/,
    ],
  ];
  test.each(usage)("%s", async (_, args, message) => {
    const outcome = await latticode(["synth", ...args()]);
    expect(outcome.stderr).toMatch(message);
    expect(outcome.stderr).toMatch(/^latticode: [^\n]*\n$/);
    expect(outcome).toMatchObject({ code: 2, stdout: "" });
  });

  test("an unknown command", async () => {
    const outcome = await latticode(["sinth"]);
    expect(outcome.stderr).toMatch(/^latticode: [^\n]*unknown command[^\n]*\n$/);
    expect(outcome.code).toBe(2);
  });

  test("standard input is named in messages", async () => {
    const outcome = await latticode(["synth", "-"], { input: `${good}[]\n` });
    expect(outcome.stderr).toMatch(/^latticode: stdin:21: [^\n]*\n$/);
    expect(outcome.code).toBe(2);
  });
});

test("no command at all shows the help, exit code 2", async () => {
  const outcome = await latticode([]);
  expect(outcome.stderr).toContain("Usage: latticode");
  expect(outcome).toMatchObject({ code: 2, stdout: "" });
});

test("help and version are no failures", async () => {
  const help = await latticode(["synth", "--help"]);
  expect(help).toMatchObject({ code: 0, stderr: "" });
  expect(help.stdout).toContain("Exit codes");
  const version = await latticode(["--version"]);
  expect(version).toMatchObject({ code: 0, stderr: "" });
  expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test("standard output is the program, the report goes to standard error", async () => {
  const outcome = await latticode(["synth", easy]);
  expect(outcome.code).toBe(0);
  expect(outcome.stdout).toMatch(
    /^def f\(s\):\n {4}"""Read from [^\n]*\n {4}Not checked: [^\n]*\n/,
  );
  const { stderr } = outcome;
  expect(stderr).toMatch(
    /^solved up to length 10: right at every label, and the labels determine the program; equal to the network on 100,000 random words of length 10$/m,
  );
  expect(stderr).toMatch(/^found by [a-z]+ \((white|black)-box route\), cost \d+$/m);
  expect(stderr).toMatch(/^ {4}w\[0\] = round\(-?[\d.]+ h/m);
  // labels, what is compared with the network, and proofs: never added up
  const blocks = stderr.split(/^(?=\S)/m);
  const block = (title: string) => blocks.find((text) => text.startsWith(`${title}:\n`));
  expect(block("labels")).toMatch(
    /^ {2}500 sequences of length 10, 500 of them with different inputs$/m,
  );
  expect(block("labels")).toMatch(
    /^ {2}100 sequences held back from all earlier stages, 100 of them with different inputs: the program is wrong on 0$/m,
  );
  expect(block("labels")).toMatch(
    /^ {2}the program is wrong on fewer than 3 % of sequences drawn like these /m,
  );
  expect(block("compared with the network")).toMatch(
    /^ {2}100,000 random words of length 10: equal; /m,
  );
  expect(block("proofs")).toMatch(
    /^ {2}against the \d-variable recurrence .*: proven equal for all lengths/m,
  );
  expect(block("domain")).toMatch(/^ {2}inputs in 0\.\.99, up to length 10$/m);
  expect(block("missing")).toBeUndefined();
  expect(stderr).toMatch(/^seconds: examples .* training .* verification /m);
  expect(stderr).toMatch(/^digest: [0-9a-f]{64}$/m);
  // Plain lines, no control sequences, as standard error is no terminal.
  expect(stderr).toMatch(/^training: .*\(.* s\)$/m);
  expect(stderr).not.toContain("\u001b");
});

test("the program that is printed runs as it is", async () => {
  const { stdout } = await latticode(["synth", easy, "--emit", "python", "--quiet"]);
  const program = file("p.py", stdout);
  const script = `import runpy; print(runpy.run_path("${program}")["f"]([3, 4, 5]))`;
  expect(await run("python3", ["-c", script])).toMatchObject({ code: 0, stdout: "[3, 7, 9]\n" });
});

test("labels that leave it open: the program, what is missing, which labels decide, exit code 4", async () => {
  // the number of ones so far, at most 7, of which no sequence has more than 6
  const draw = drawIntegers(5, 0);
  const all = Array.from({ length: 800 }, () => {
    const x: number[] = Array.from({ length: 10 }, () => (draw(0, 3) === 0 ? 1 : 0));
    return { x, y: x.map((_, i) => x.slice(0, i + 1).reduce((a, b) => a + b)) };
  });
  const rare = all.filter(({ y }) => y[9] < 7);
  const source = file("rare.jsonl", rare.map(({ x, y }) => line(x, y)).join(""));
  const outcome = await latticode(["synth", source, "--quiet"]);
  expect(outcome.code).toBe(4);
  expect(outcome.stdout).toMatch(/^def f\(s\):/);
  expect(outcome.stderr).toMatch(
    /^consistent: right at every label, but the labels do not determine the program; equal to the network on all 1,024 words of length 10\n/,
  );
  const [, left, steps] =
    /^ {2}(\d+) of the program's (\d+) steps are not shown by any label$/m.exec(outcome.stderr)!;
  expect(outcome.stderr).toContain(
    `the labels show ${Number(steps) - Number(left)} of ${steps} steps of the program`,
  );
  const [, asked] = /^ {2}labels for these words would decide:\n((?: {4}[01 ]+\n)+)/m.exec(
    outcome.stderr,
  )!;
  const words = asked
    .trim()
    .split("\n")
    .map((word) => word.replaceAll(" ", ""));
  expect(words.length).toBeGreaterThan(0);
  const given = rare.map(({ x }) => x.join(""));
  for (const word of words) {
    expect(
      given.filter((x) => x.startsWith(word)),
      word,
    ).toEqual([]);
  }
  expect(outcome.stderr).toContain("nothing is claimed beyond length 10");
});

test("labels that contradict each other are named before training, exit code 2", async () => {
  const start = performance.now();
  const outcome = await latticode(["synth", contradictory]);
  expect(performance.now() - start).toBeLessThan(10_000);
  expect(outcome).toMatchObject({ code: 2, stdout: "" });
  expect(outcome.stderr).toMatch(
    /contradictory\.jsonl: labels contradict each other after 1 beginning, which 20 of 20 sequences share:$/m,
  );
  expect(outcome.stderr).toMatch(
    /^ {4}lines 1 and 2: the same inputs up to position 0, but outputs 0 and 1 there$/m,
  );
  // sequences of a table go by their number
  const rows = Array.from({ length: 12 }, (_, i) => [
    `${i + 50},${i},0`,
    `${i + 50},1,${i}`,
  ]).flat();
  const table = file("table.csv", ["sequence,x,y", ...rows, "80,4,0", "80,1,9", ""].join("\n"));
  const csv = await latticode(["synth", table]);
  expect(csv.code).toBe(2);
  expect(csv.stderr).toMatch(
    /^ {4}sequences 54 and 80: the same inputs up to position 1, but outputs 4 and 9 there$/m,
  );
  expect(csv.stderr).toMatch(/--noise 0\.077 leaves out 1 sequence and goes on with the others/);
});

test("the README shows what its first run prints", async () => {
  const root = new URL("..", import.meta.url);
  const readme = readFileSync(new URL("README.md", root), "utf8");
  const [, command] = /^ {4}npx latticode (synth \S+)$/m.exec(readme)!;
  const [, printed] = /^Output [^\n]*\n\n```\n(.*?)^```$/ms.exec(readme)!;
  const outcome = await latticode(command.split(" "), { cwd: fileURLToPath(root) });
  expect(outcome.code, outcome.stderr).toBe(0);
  // a terminal shows the verdict, the program, and what it rests on
  const report = outcome.stderr.replace(
    /^(examples|training|traces|normalization|reading|code|verification): .*\n/gm,
    "",
  );
  const [headline, ...rest] = report.replace(/^seconds: .*\n/m, "").split(/(?<=\n)/);
  expect(headline + outcome.stdout + rest.join("")).toBe(printed);
});

test("--json prints one object, --out writes files, --quiet says nothing", async () => {
  const out = join(directory, "made", "here");
  const languages = ["--emit", "python,javascript"];
  const args = ["synth", easy, "--json", "--quiet", "--seed", "3", "--out", out, ...languages];
  const outcome = await latticode(args);
  expect(outcome).toMatchObject({ code: 0, stderr: "" });
  const result = JSON.parse(outcome.stdout);
  expect(outcome.stdout).toBe(`${JSON.stringify(result)}\n`);
  expect(Object.keys(result)).toEqual([
    ...["schemaVersion", "version", "command", "seed", "source"],
    ...["verdict", "domain", "relation", "labels", "heldBack", "shown", "determined", "missing"],
    ...["questions", "solved", "program", "code", "found", "contradictions", "network"],
    ...["verification", "seconds", "digest"],
  ]);
  const sha256 = createHash("sha256").update(readFileSync(easy)).digest("hex");
  expect(result).toMatchObject({
    ...{ schemaVersion: 1, command: "synth", seed: 3, source: { name: easy, sha256 } },
    ...{ verdict: "solved", solved: true, missing: [], questions: [] },
    relation: { kind: "sampled", length: 10, words: 100_000, exhaustive: 3 },
    domain: { inputDim: 1, length: 10, ranges: [{ min: 0, max: 99 }], order: null },
    heldBack: { sequences: 100, distinct: 100, wrong: 0 },
    contradictions: { unit: "line", pairs: [], prefixes: 0, sequences: 0, positions: 0 },
    program: { inputDim: 1 },
    code: { python: expect.stringContaining("def f(s)"), javascript: expect.any(String) },
    network: { hiddenDim: expect.any(Number), accuracy: 1, margin: expect.any(Number) },
    verification: [
      { name: "examples", wrong: 0, passed: true, proven: false },
      { name: "drift", passed: true, informational: true },
      { name: "long", wrong: 0, passed: true },
      { name: "drift", passed: true, informational: true },
      { name: "long", wrong: 0, passed: true },
      { name: "recurrence", passed: true, proven: true },
      { name: "python", wrong: 0, passed: true },
      { name: "javascript", wrong: 0, passed: true },
    ],
    digest: expect.stringMatching(/^[0-9a-f]{64}$/),
  });

  expect(readdirSync(out).sort()).toEqual([
    "journal.jsonl",
    "network.safetensors",
    "program.js",
    "program.json",
    "program.py",
    "result.json",
  ]);
  const read = (name: string) => readFileSync(join(out, name), "utf8");
  expect(JSON.parse(read("result.json"))).toEqual(result);
  expect(JSON.parse(read("program.json"))).toEqual({ ...result.program, domain: result.domain });
  expect(read("program.py")).toBe(result.code.python);
  const { network, metadata } = loadNetwork(readFileSync(join(out, "network.safetensors")));
  expect(network).toMatchObject({ shape: { hiddenDim: result.network.hiddenDim } });
  expect(metadata).toMatchObject({ digest: await digestOf(network, undefined), perfect: "true" });
  expect(read("program.js")).toBe(result.code.javascript);

  // Without --json the files are named.
  const told = await latticode(args.filter((arg) => arg !== "--json"));
  expect(told).toMatchObject({ code: 0, stdout: "" });
  expect(told.stderr.split("\n").at(-2)).toBe(
    `wrote program.py, program.js, program.json, network.safetensors, result.json to ${out}`,
  );

  // Again, from standard input and in one language: the same digest, and no stale file.
  const input = readFileSync(easy, "utf8");
  const again = await latticode([...args.with(1, "-"), "--emit", "javascript"], { input });
  expect(again).toMatchObject({ code: 0, stderr: "" });
  expect(JSON.parse(again.stdout).digest).toBe(result.digest);
  expect(Object.keys(JSON.parse(again.stdout).code)).toEqual(["javascript"]);
  expect(readdirSync(out).sort()).toEqual([
    ...["journal.jsonl", "network.safetensors", "program.js", "program.json", "result.json"],
  ]);

  // Another seed is another run, and so is what is no journal.
  const foreign = await latticode([...args, "--seed", "4"]);
  expect(foreign).toMatchObject({ code: 2, stdout: "" });
  expect(foreign.stderr).toMatch(/^latticode: \S*journal\.jsonl: belongs to another run[^\n]*\n$/);
  writeFileSync(join(out, "journal.jsonl"), "{}\n");
  const spoilt = await latticode(args);
  expect(spoilt).toMatchObject({ code: 2, stdout: "" });
  expect(spoilt.stderr).toMatch(/^latticode: \S*journal\.jsonl:1: is not the first line[^\n]*\n$/);
});

test("CSV and Parquet files of the same examples give the same digest", async () => {
  const examples = sampleTask(findTask("Sum_Last2")!, { count: 500, seed: 11 });
  const csv = file("easy.csv", `${[...formatCsv(examples)].join("\r\n")}\r\n`);
  const digests: string[] = [];
  for (const source of [easy, csv, parquet("easy.parquet", 500)]) {
    const outcome = await latticode(["synth", source, "--json", "--quiet"]);
    expect(outcome).toMatchObject({ code: 0, stderr: "" });
    digests.push(JSON.parse(outcome.stdout).digest);
  }
  expect(new Set(digests).size).toBe(1);
});

describe("latticode tasks", () => {
  test("lists all, with what is known of each", async () => {
    const outcome = await latticode(["tasks"]);
    expect(outcome).toMatchObject({ code: 0, stderr: "" });
    const [header, ...lines] = outcome.stdout.split("\n");
    expect(header).toMatch(/^task +inputs +length +GPT-4 +published +output at each position$/);
    expect(lines.indexOf("")).toBe(62);
    expect(outcome.stdout).toMatch(/^Sum_Last5 +\[0, 99\] +20 +solved +right +sum of the last 5/m);
    const one = await latticode(["tasks", "Sum_Last5"]);
    expect(one.stdout.split("\n")[1]).toMatch(/^Sum_Last5 /);
  });

  test("--json lists them as data", async () => {
    const outcome = await latticode(["tasks", "--json"]);
    expect(outcome).toMatchObject({ code: 0, stderr: "" });
    const listed = JSON.parse(outcome.stdout);
    expect(listed).toHaveLength(62);
    const one = await latticode(["tasks", "Binary_Addition", "--json"]);
    expect(JSON.parse(one.stdout)).toEqual({
      name: "Binary_Addition",
      description: "digits of the sum of two numbers in base 2, least significant first",
      inputDim: 2,
      inputRange: [0, 1],
      outputDim: 1,
      length: 10,
      gpt4TurboSolved: false,
      publishedProgramRight: true,
    });
    expect(listed[0]).toEqual(JSON.parse(one.stdout));
  });

  const sample = ["tasks", "Bitwise_Xor", "--sample", "2500", "--length", "7", "--seed", "3"];
  const expected = sampleTask(findTask("Bitwise_Xor")!, { count: 2500, length: 7, seed: 3 });

  test("writes a sample as JSON lines or CSV", async () => {
    const lines = await latticode(sample);
    expect(lines).toMatchObject({ code: 0, stderr: "" });
    expect(await parseJsonl(lines.stdout.split("\n"), { name: "out" })).toEqual(expected);
    const csv = await latticode([...sample, "--format", "csv"]);
    expect(csv).toMatchObject({ code: 0, stderr: "" });
    expect(await parseCsv([csv.stdout], { name: "out" })).toEqual(expected);
  });

  const usage: readonly [args: string[], message: RegExp][] = [
    [["parity_al"], /parity_al: no such task; the nearest is Parity_All/],
    [["--sample", "3"], /--sample needs a task; give its name/],
    [["Parity_All", "--length", "3"], /--length belongs to a sample; give --sample too/],
    [
      ["Parity_All", "--sample", "3", "--json"],
      /--json belongs to the list; for a sample give --format/,
    ],
    [["Parity_All", "--sample", "0"], /integer from 1 to 4294967296/],
    [["Parity_All", "--sample", "1", "--length", "x"], /integer from 1 to 1000000/],
    [["Parity_All", "--sample", "1", "--format", "xml"], /Allowed choices are jsonl, csv/],
    [["Newton_Magnetic", "--sample", "9", "--length", "99"], /below 2\^31: ask for a length below/],
  ];
  test.each(usage)("%j is one line on standard error and exit code 2", async (args, message) => {
    const outcome = await latticode(["tasks", ...args]);
    expect(outcome.stderr).toMatch(message);
    expect(outcome.stderr).toMatch(/^latticode: [^\n]*\n$/);
    expect(outcome).toMatchObject({ code: 2, stdout: "" });
  });

  test("a reader that goes away ends an endless sample", async () => {
    const child = spawn(process.execPath, [cli, "tasks", "Sum_All", "--sample", "4000000000"]);
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (text) => {
      stderr += text;
    });
    child.stdout.once("data", () => child.stdout.destroy());
    const code = await new Promise((resolve) => child.on("close", resolve));
    expect(stderr).toBe("");
    expect(code).toBe(0);
  });
});

test("a task's name is a source", async () => {
  const outcome = await latticode(["synth", "Bitwise_Not", "--emit", "javascript", "--quiet"]);
  expect(outcome.code, outcome.stderr).toBe(0);
  expect(outcome.stdout).toMatch(/^(\/\*\*[\s\S]*?\*\/\n)?export function f\(s\)/);
});

test("what cannot be solved ends with exit code 3, the program and how far it got", async () => {
  const lines = linesOf("Sum_Last2", 300, 11).split("\n");
  const { x, y } = JSON.parse(lines[41]);
  lines[41] = line(x, [...y.slice(0, 9), y[9] + 1]).trimEnd();
  const source = file("one-wrong.jsonl", lines.join("\n"));
  const outcome = await latticode(["synth", source, "--quiet"]);
  expect(outcome.code).toBe(3);
  expect(outcome.stdout).toMatch(/^def f\(s\):/);
  expect(outcome.stderr).toMatch(
    /^not solved, stopped at verification: the program fits all examples except 1 of 300, line 42; /,
  );
  expect(outcome.stderr).toMatch(/^ {2}the program is wrong on line 42$/m);
});

test("a time limit ends it with how far it got, exit code 3", async () => {
  const start = performance.now();
  const args = ["synth", random, "--time-limit", "1.5", "--json", "--quiet", "--workers", "1"];
  const outcome = await latticode(args);
  expect(performance.now() - start).toBeLessThan(5000);
  expect(outcome).toMatchObject({ code: 3, stderr: "" });
  const { solved, stopped, network } = JSON.parse(outcome.stdout);
  expect({ solved, stopped }).toMatchObject({
    solved: false,
    stopped: { stage: "training", limited: true },
  });
  expect(stopped.reason).toMatch(/^the time limit of 1.5 s has been reached; so far: .*attempts$/);
  expect(network.accuracy).toBeGreaterThan(0);

  // Before an attempt has ended there is no network.
  const out = join(directory, "at once");
  const options = ["--json", "--quiet", "--out", out];
  const atOnce = await latticode(["synth", random, "--time-limit", "0.001", ...options]);
  expect(atOnce).toMatchObject({ code: 3, stderr: "" });
  expect(JSON.parse(atOnce.stdout)).toMatchObject({
    stopped: { stage: "training", reason: expect.stringContaining("no attempt has finished") },
    network: null,
  });
  expect(readdirSync(out).sort()).toEqual(["journal.jsonl", "result.json"]);
});

test("the number of workers and a limit that is not reached change nothing", async () => {
  const options = ["--json", "--quiet", "--emit", "javascript"];
  const digests = [
    ["--workers", "0"],
    ["--workers", "3", "--time-limit", "600"],
  ].map(async (more) => JSON.parse((await latticode(["synth", easy, ...options, ...more])).stdout));
  const [first, second] = await Promise.all(digests);
  expect(first).toMatchObject({ solved: true });
  expect({ ...second, seconds: {} }).toEqual({ ...first, seconds: {} });
});

test("SIGINT ends it at once with exit code 130", async () => {
  const outcome = await latticode(["synth", random], {
    interrupt: { signal: "SIGINT", when: /^examples: /m },
  });
  expect(outcome).toMatchObject({ code: 130, stdout: "" });
  expect(outcome.stderr).toMatch(/^latticode: interrupted\n$/m);
  expect(outcome.sinceInterrupt).toBeLessThan(2000);
});

test("a reader that goes away is no fault", async () => {
  const child = spawn(process.execPath, [cli, "synth", easy, "--quiet"]);
  child.stdout.destroy();
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text) => {
    stderr += text;
  });
  const code = await new Promise((resolve) => child.on("close", resolve));
  expect(stderr).toMatch(/^solved/);
  expect(stderr).not.toContain("EPIPE");
  expect(code).toBe(0);
});

test("the command runs from another directory", async () => {
  const outcome = await run(process.execPath, [cli, "synth", "easy.jsonl", "--quiet"], {
    cwd: directory,
  });
  expect(outcome.code, outcome.stderr).toBe(0);
});
