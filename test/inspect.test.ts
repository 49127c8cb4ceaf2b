import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadNetwork, saveNetwork } from "@latticode/network";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { linearNetwork } from "./random-networks.ts";
import { latticode } from "./run-command.ts";
import { xmlMistake } from "./xml.ts";

let directory: string;
/** A run of `synth`. */
let run: string;
/** A network of elsewhere: it says nothing of its inputs. */
let foreign: string;

const sumOfLastTwo = linearNetwork(
  [
    [0, 1, 0, 0],
    [0, 0, 1, 0],
  ],
  [[1, 1, 0]],
);

const file = (name: string, content: string | Uint8Array) => {
  const path = join(directory, name);
  writeFileSync(path, content);
  return path;
};

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "latticode-inspect-"));
  run = join(directory, "run");
  foreign = file("foreign.safetensors", saveNetwork(sumOfLastTwo));
  // all words of 6 bits: their labels determine the parity
  const lines = Array.from({ length: 64 }, (_, i) => {
    const x = Array.from({ length: 6 }, (_, t) => (i >> t) & 1);
    let parity = 0;
    const y = x.map((bit) => {
      parity ^= bit;
      return parity;
    });
    return JSON.stringify({ x, y });
  });
  const source = file("parity.jsonl", `${lines.join("\n")}\n`);
  const outcome = await latticode(["synth", source, "--out", run, "--seed", "1", "--quiet"]);
  expect(outcome.code, outcome.stderr).toBe(0);
});

afterAll(() => rmSync(directory, { recursive: true }));

test("a run is told and drawn without being told its inputs", async () => {
  const out = join(directory, "pictures");
  const outcome = await latticode(["inspect", run, "--out", out]);
  expect(outcome).toMatchObject({ code: 0, stderr: "" });
  expect(outcome.stdout).toContain("sequences of length 6, inputs from 0..1, seed 0");
  expect(outcome.stdout).toMatch(/^ +s0 \(start\) +0 +s0 +s1$/m);
  expect(outcome.stdout).toMatch(/^ {2}from the hidden states above:\n {2}a = round\(-?[\d. ]*h/m);
  expect(readFileSync(join(out, "inspection.txt"), "utf8")).toBe(outcome.stdout);
  const names = readdirSync(out);
  expect(names).toEqual(
    expect.arrayContaining(["machine.dot", "machine.mmd", "machine.svg", "weights.svg"]),
  );
  expect(names).toContain("states-0-as-trained.svg");
  for (const name of names.filter((name) => name.endsWith(".svg"))) {
    expect(xmlMistake(readFileSync(join(out, name), "utf8")), name).toBe("");
  }

  // of another network in the same place, nothing is left of the first one; other files stay
  writeFileSync(join(out, "states.svg"), "mine");
  const args = ["inspect", foreign, "--inputs", "0..9", "--length", "4", "--out", out];
  expect(await latticode(args)).toMatchObject({ code: 0, stderr: "" });
  const later = readdirSync(out);
  expect(later).not.toContain("machine.svg");
  expect(later).toContain("states.svg");
  const again = await latticode([...args.slice(0, -1), join(directory, "again")]);
  expect(again.code).toBe(0);
  for (const name of readdirSync(join(directory, "again"))) {
    const [first, second] = [out, join(directory, "again")].map((d) => readFileSync(join(d, name)));
    expect(first.equals(second), name).toBe(true);
  }
});

test("a network file with its inputs is told", async () => {
  const outcome = await latticode(["inspect", foreign, "--inputs", "0..99"]);
  expect(outcome).toMatchObject({ code: 0, stderr: "" });
  expect(outcome.stdout).toContain("sequences of length 10, inputs from 0..99, seed 0");
  expect(outcome.stdout).toContain("    y   1   1     0\n");
  expect(outcome.stdout).toContain("h = A z + b, 2 dimensions");
  expect(outcome.stdout).toContain("ys.append(sum(w))");
});

test("inputs may be a set of values", async () => {
  const outcome = await latticode(["inspect", foreign, "--inputs", "{-1,1}"]);
  expect(outcome).toMatchObject({ code: 0, stderr: "" });
  expect(outcome.stdout).toContain("sequences of length 10, inputs from {-1, 1}, seed 0");
});

test("inputs that are told come before those of the file", async () => {
  const outcome = await latticode(["inspect", run, "--inputs", "0", "--length", "3"]);
  expect(outcome.stdout).toContain("sequences of length 3, inputs from 0, seed 0");
});

describe("what is wrong is one line on standard error and exit code 2", () => {
  const bytes = () => readFileSync(join(run, "network.safetensors"));
  const cases: readonly [what: string, args: () => string[], message: RegExp][] = [
    ["nothing", () => [], /missing required argument/],
    ["a missing file", () => ["missing"], /missing: no such file or directory/],
    [
      "a directory without a network",
      () => {
        mkdirSync(join(directory, "empty"));
        return [join(directory, "empty")];
      },
      /empty: has no network\.safetensors; give a directory/,
    ],
    ["an empty file", () => [file("empty.safetensors", "")], /safetensors: the file has 0 bytes/],
    ["a text", () => [file("text.safetensors", "hello there")], /is this a safetensors file/],
    [
      "half a file",
      () => [file("half.safetensors", bytes().subarray(0, 100))],
      /ends within its header/,
    ],
    ["no inputs", () => [foreign], /does not say which inputs.*give --inputs, as in 0\.\.1$/m],
    [
      "inputs for another network",
      () => [foreign, "--inputs", "0..1,0..1"],
      /2 columns.*has 1 input column/,
    ],
    ["inputs that are no ranges", () => [foreign, "--inputs", "0-9"], /"0-9", cannot be read/],
    ["inputs that are upside down", () => [foreign, "--inputs", "9..0"], /ends before it begins/],
    ["no length", () => [foreign, "--inputs", "0..9", "--length", "0"], /integer from 1 to 4096/],
    ["a seed too large", () => [run, "--seed", "4294967295"], /integer from 0 to 4294967294/],
    [
      "an impossible directory",
      () => [run, "--out", join(foreign, "x")],
      /--out .*: cannot write there: .*; give another directory/,
    ],
    [
      "a network that diverges",
      () => [
        file("growing.safetensors", saveNetwork(linearNetwork([[1e60, 1, 0]], [[1, 0]]))),
        "--inputs",
        "1..2",
      ],
      /growing\.safetensors: the network's hidden states are not finite/,
    ],
  ];
  test.each(cases)("%s", async (_, args, message) => {
    const outcome = await latticode(["inspect", ...args()]);
    expect(outcome.stderr).toMatch(message);
    expect(outcome.stderr).toMatch(/^latticode: [^\n]*\n$/);
    expect(outcome).toMatchObject({ code: 2, stdout: "" });
  });
});

test("synth saves the inputs that it saw", () => {
  const { metadata } = loadNetwork(readFileSync(join(run, "network.safetensors")));
  expect(metadata).toMatchObject({
    inputs: '[{"kind":"values","values":[0,1]}]',
    length: "6",
  });
});
