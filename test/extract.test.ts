import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadNetwork, type Network, saveNetwork } from "@latticode/network";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { latticode, run } from "./run-command.ts";

let directory: string;
/** h = h + 0.375 (x1 - x2), y = 2 h / 0.375 + 1. */
let easy: string;

const sizes = { hiddenDepth: 1, hiddenWidth: 0, outputDepth: 1, outputWidth: 0 };

const difference: Network = {
  shape: { inputDim: 2, outputDim: 1, hiddenDim: 1, ...sizes },
  weights: Float64Array.of(1, 0.375, -0.375, 0, 2 / 0.375, 1),
  initial: Float64Array.of(0),
  seed: 0,
};

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "latticode-extract-"));
  easy = join(directory, "easy.safetensors");
  writeFileSync(easy, saveNetwork(difference));
});

afterAll(() => rmSync(directory, { recursive: true }));

test("--json prints one object, --out writes files, --quiet says nothing", async () => {
  const out = join(directory, "made", "here");
  const args = ["extract", easy, "--inputs", "-3..5,0..4", "--json", "--quiet", "--out", out];
  args.push("--emit", "python,javascript");
  const outcome = await latticode(args);
  expect(outcome).toMatchObject({ code: 0, stderr: "" });
  const result = JSON.parse(outcome.stdout);
  expect(Object.keys(result)).toEqual([
    ...["schemaVersion", "version", "command", "seed", "source"],
    ...["verdict", "domain", "relation", "labels", "heldBack", "shown", "determined", "missing"],
    ...["questions", "solved", "program", "code", "found", "contradictions", "inputs", "length"],
    ...["horizon", "network", "verification", "seconds", "digest"],
  ]);
  expect(result).toMatchObject({
    ...{ verdict: "solved", solved: true, labels: null },
    relation: { kind: "sampled", length: 10, words: 100_000, exhaustive: 3 },
    program: { inputDim: 2 },
    inputs: [
      { kind: "range", min: -3, max: 5 },
      { kind: "range", min: 0, max: 4 },
    ],
    length: 10,
    horizon: { length: 1280, words: 14_000, steady: 1280 },
    network: { inputDim: 2, hiddenDim: 1, activation: "file", margin: expect.any(Number) },
    verification: [
      { name: "drift", informational: true },
      { name: "long", wrong: 0, informational: true },
      { name: "drift", informational: true },
      { name: "long", wrong: 0, informational: true },
      { name: "recurrence", passed: true, proven: true },
      { name: "python", wrong: 0, passed: true },
      { name: "javascript", wrong: 0, passed: true },
    ],
    digest: expect.stringMatching(/^[0-9a-f]{64}$/),
  });

  const files = ["network.safetensors", "program.js", "program.json", "program.py", "result.json"];
  expect(readdirSync(out).sort()).toEqual(files);
  const network = readFileSync(join(out, "network.safetensors"));
  expect(network.equals(readFileSync(easy))).toBe(true);
  expect(loadNetwork(network).network.shape).toEqual(difference.shape);
  expect(JSON.parse(readFileSync(join(out, "result.json"), "utf8"))).toEqual(result);
  const script = `import runpy; print(runpy.run_path("${join(out, "program.py")}")["f"]([3, 0, -2], [1, 1, 0]))`;
  const python = await run("python3", ["-c", script]);
  expect(python).toMatchObject({ code: 0, stdout: "[5, 3, -1]\n" });

  // the network that a run has written is one to start from, in the same directory too
  const written = join(out, "network.safetensors");
  const again = await latticode(["extract", written, ...args.slice(2)]);
  expect(JSON.parse(again.stdout)).toEqual({
    ...result,
    source: { ...result.source, name: written },
    seconds: expect.anything(),
  });
  expect(readdirSync(out).sort()).toEqual(files);
});

test("for people: what agreement means is said, --emit and --length are heard", async () => {
  const options = ["--inputs", "0..1", "--length", "4", "--emit", "javascript"];
  const outcome = await latticode(["extract", easy, ...options]);
  expect(outcome.code).toBe(0);
  expect(outcome.stdout).toMatch(/^(\/\*\*[\s\S]*?\*\/\n)?export function f\(s, t\) \{\n/);
  expect(outcome.stdout).not.toContain("def f");
  expect(outcome.stderr).toMatch(
    /^solved: there are no labels, so the network decides; equal to the network on all 256 words of length 4$/m,
  );
  expect(outcome.stderr).toMatch(/^proofs:\n {2}against the \d-variable recurrence read/m);
  expect(outcome.stderr).toMatch(
    /^beyond length 4: also equal on 18,000 longer words, up to length 2,048; no output drifts/m,
  );
  expect(outcome.stderr).toMatch(/^.*within 0\.000 of integers on all 256 words of length 4$/m);
  expect(outcome.stderr).not.toMatch(/accuracy|verified|^labels/m);
  expect(outcome.stderr).toMatch(
    /^reading: found by [a-z]+ \((?:white|black)-box route\) \(.* s\)$/m,
  );
});

test("what is not solved ends with exit code 3 and says how far it got", async () => {
  const decay = join(directory, "decay.safetensors");
  const weights = Float64Array.of(0.5, 1.3, 0, 1, 0);
  const shape = { ...difference.shape, inputDim: 1 };
  writeFileSync(decay, saveNetwork({ ...difference, shape, weights }));
  const out = join(directory, "unsolved");
  const outcome = await latticode(["extract", decay, "--inputs", "0..9", "--out", out]);
  expect(outcome.code).toBe(3);
  expect(outcome.stdout).toBe("");
  expect(outcome.stderr).toMatch(
    /^not solved, stopped at traces: the network does not compute integers: on [\d,]+ words of length 10, the outputs are up to 0\.50 from the nearest integer, and 0\.25 is allowed/m,
  );
  expect(readdirSync(out).sort()).toEqual(["network.safetensors", "result.json"]);

  const options = ["--inputs", "0..9", "--time-limit", "0.001", "--json", "--quiet"];
  const limited = await latticode(["extract", easy, ...options]);
  expect(limited.code).toBe(3);
  expect(JSON.parse(limited.stdout)).toMatchObject({
    verdict: "not solved",
    solved: false,
    relation: null,
    stopped: { reason: "the time limit of 0.001 s has been reached", limited: true },
    program: null,
  });
});

describe("the activation is known, or nothing is read", () => {
  const args = (path: string) => ["extract", path, "--inputs", "0..9", "--quiet"];
  /** |x| by a hidden layer of two units: what stands between the layers matters. */
  const absolute: Network = {
    shape: { ...difference.shape, inputDim: 1, hiddenDepth: 2, hiddenWidth: 2 },
    weights: Float64Array.of(0, 1, 0, -1, 0, 0, 1, 1, 0, 1, 0),
    initial: Float64Array.of(0),
    seed: 0,
  };
  /** The network's file, its metadata replaced. */
  const fileWith = (name: string, metadata: Record<string, string>) => {
    const bytes = saveNetwork(absolute);
    const start = 8 + Number(new DataView(bytes.buffer).getBigUint64(0, true));
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, start)));
    const text = new TextEncoder().encode(JSON.stringify({ ...header, __metadata__: metadata }));
    const length = new Uint8Array(BigUint64Array.of(BigInt(text.length)).buffer);
    return write(name, Uint8Array.of(...length, ...text, ...bytes.subarray(start)));
  };

  test.each([[[]], [["--activation", "relu"]]])(
    "a file that says tanh is refused: %j",
    async (more) => {
      const tanh = fileWith("tanh.safetensors", { activation: "tanh" });
      const outcome = await latticode([...args(tanh), ...more]);
      expect(outcome).toMatchObject({ code: 2, stdout: "" });
      expect(outcome.stderr).toMatch(
        /^latticode: .*tanh\.safetensors: safetensors: the metadata says that the activation is "tanh"(, though relu was asked for)?: only networks with relu can be read\n$/,
      );
      expect(outcome.stderr.includes("though relu")).toBe(more.length > 0);
    },
  );

  test("where a file does not say, it is said what is assumed", async () => {
    const silent = fileWith("silent.safetensors", {});
    const outcome = await latticode(args(silent));
    expect(outcome.code).toBe(0);
    expect(outcome.stderr).toContain(
      "the file does not say which activation the network has: relu is assumed from the names of its tens",
    );
    const told = await latticode([...args(silent), "--activation", "relu"]);
    expect(told.code).toBe(0);
    expect(told.stderr).not.toContain("activation");
  });
});

test("one-hot columns and sets are inputs, and a file that knows them needs no telling", async () => {
  // y = 2 b + 3 c + d of one-hot a, b, c and of d: -1 or 1
  const oneHot: Network = {
    shape: { ...difference.shape, inputDim: 4 },
    weights: Float64Array.of(0, 0, 2, 3, 1, 0, 1, 0),
    initial: Float64Array.of(0),
    seed: 0,
  };
  const inputs = [
    { kind: "onehot", columns: 3 },
    { kind: "values", values: [-1, 1] },
  ];
  const told = write("one-hot.safetensors", saveNetwork(oneHot));
  const metadata = { inputs: JSON.stringify(inputs), length: "4" };
  const knows = write("knows.safetensors", saveNetwork(oneHot, metadata));
  for (const more of [[told, "--inputs", "onehot:3,{-1,1}", "--length", "4"], [knows]]) {
    const outcome = await latticode(["extract", ...more, "--json", "--quiet"]);
    expect(outcome).toMatchObject({ code: 0, stderr: "" });
    expect(JSON.parse(outcome.stdout)).toMatchObject({
      verdict: "solved",
      relation: { kind: "exhaustive", length: 4, words: 6 ** 4 },
      ...{ inputs, length: 4 },
    });
  }
});

test("a time limit ends the stage that goes beyond it", async () => {
  const options = ["--inputs", "0..9", "--length", "4096", "--time-limit", "0.5", "--json"];
  const outcome = await latticode(["extract", easy, ...options]);
  expect(outcome.code).toBe(3);
  const { stopped, network } = JSON.parse(outcome.stdout);
  expect(stopped).toMatchObject({ limited: true });
  // the network is known, however soon it ended
  expect(network).toMatchObject({ hiddenDim: 1 });
});

type Header = Record<string, { dtype: string; shape: number[]; data_offsets: number[] }>;

/** The easy network's file, with its header and its tensors' bytes changed. */
function changed(name: string, change: (header: Header, data: DataView) => void): string {
  const bytes = saveNetwork(difference);
  const start = 8 + Number(new DataView(bytes.buffer).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, start)));
  const data = bytes.slice(start);
  change(header, new DataView(data.buffer));
  const text = new TextEncoder().encode(JSON.stringify(header));
  const length = new Uint8Array(BigUint64Array.of(BigInt(text.length)).buffer);
  return write(name, Uint8Array.of(...length, ...text, ...data));
}

function write(name: string, content: string | Uint8Array): string {
  const path = join(directory, name);
  writeFileSync(path, content);
  return path;
}

describe("bad input is one line on standard error and exit code 2", () => {
  const weight = "hmlp.mlp.0.weight";
  const cases: readonly [what: string, path: () => string, message: RegExp][] = [
    ["a missing file", () => "missing.safetensors", /missing\.safetensors: no such file/],
    ["a directory", () => directory, /is a directory; give a \.safetensors file/],
    [
      "a huge file",
      () => {
        const path = write("huge.safetensors", "");
        truncateSync(path, 2 ** 40);
        return path;
      },
      /has 1099511627776 bytes; networks of more than 16777216 bytes cannot be read/,
    ],
    ["no safetensors file", () => write("a", '{"x": [1, 2]}\n'), /is this a safetensors file/],
    [
      "overlaps",
      () =>
        changed("b", (header) => {
          header["hmlp.mlp.0.bias"].data_offsets = [8, 12];
        }),
      /b: safetensors: .*overlaps hmlp\.mlp\.0\.weight/,
    ],
    [
      "a wrong dtype",
      () =>
        changed("c", (header) => {
          header[weight].dtype = "F16";
        }),
      /c: safetensors: .*has dtype "F16", must be F32 or F64/,
    ],
    [
      "shapes that do not chain",
      () =>
        changed("d", (header) => {
          header[weight].shape = [3, 1];
        }),
      /d: safetensors: hmlp\.mlp\.0\.bias has shape \[1\], must be \[3\]/,
    ],
    [
      "NaN",
      () => changed("e", (_, data) => data.setFloat32(4, Number.NaN, true)),
      /e: safetensors: .*\[1\] is NaN, must be finite/,
    ],
  ];
  test.each(cases)("%s", async (_, path, message) => {
    const outcome = await latticode(["extract", path(), "--inputs", "0..9", "--json"]);
    expect(outcome.stderr).toMatch(message);
    expect(outcome.stderr).toMatch(/^latticode: [^\n]*\n$/);
    expect(outcome).toMatchObject({ code: 2, stdout: "" });
  });

  const usage: readonly [what: string, args: () => string[], message: RegExp][] = [
    ["no inputs", () => [], /does not say which inputs .* give --inputs, as in 0\.\.1,0\.\.1$/m],
    ["no range", () => ["--inputs", "0-9"], /Input 1, "0-9", cannot be read: give a range as in/],
    ["an empty range", () => ["--inputs", "0..9,5..1"], /Input 2, "5\.\.1", ends before it begins/],
    ["a range too wide", () => ["--inputs", "0..2147483648"], /beyond the integers of 32 bits/],
    [
      "a set with a range too wide to list",
      () => ["--inputs", "{-1,1},0..9999"],
      /--inputs: the inputs make 20000 different rows, no more than 4096 can be told apart/,
    ],
    [
      "too many ranges",
      () => ["--inputs", "0..1,0..1,0..1"],
      /3 columns, the network has 2 input columns: give one for all, or one for each/,
    ],
    [
      "another activation",
      () => ["--inputs", "0..9", "--activation", "tanh"],
      /'tanh' is invalid\. Only networks with relu between their layers can be read\./,
    ],
    ["a length too long", () => ["--inputs", "0..9", "--length", "4097"], /from 1 to 4096/],
    [
      "the directory of another run",
      () => {
        const out = join(directory, "run");
        mkdirSync(out);
        writeFileSync(join(out, "journal.jsonl"), "");
        return ["--inputs", "0..9", "--out", out];
      },
      /run: holds a run of synth; give another directory/,
    ],
  ];
  test.each(usage)("%s", async (_, args, message) => {
    const outcome = await latticode(["extract", easy, ...args()]);
    expect(outcome.stderr).toMatch(message);
    expect(outcome.stderr).toMatch(/^latticode: [^\n]*\n$/);
    expect(outcome).toMatchObject({ code: 2, stdout: "" });
  });
});
