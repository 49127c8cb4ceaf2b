import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Network, saveNetwork } from "@latticode/network";
import { drawIntegers } from "@latticode/program";
import { findTask, formatJsonl, sampleTask } from "@latticode/tasks";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { publishedSchema } from "../packages/latticode/testing/result-schema.ts";
import { latticode } from "./run-command.ts";

// What --json prints is what the published schema says, however a run ends.

const file = new URL("../packages/latticode/schema/result.json", import.meta.url);
const validate = new Ajv2020({ strict: true, allErrors: true }).compile(
  JSON.parse(readFileSync(file, "utf8")),
);

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "latticode-schema-"));
});
afterAll(() => rmSync(directory, { recursive: true }));

test("the published schema is the one of the source: else run npm run schema", () => {
  const published = JSON.parse(readFileSync(file, "utf8"));
  expect(published).toEqual(JSON.parse(JSON.stringify(publishedSchema())));
});

const valuesOf = (line: string): { x: number[]; y: number[] } => JSON.parse(line);
const lines = (count: number) =>
  [...formatJsonl(sampleTask(findTask("Sum_Last2")!, { count, seed: 11 }))].map(valuesOf);

function source(name: string, sequences: readonly { x: unknown; y: unknown }[]): string {
  const path = join(directory, name);
  writeFileSync(path, `${sequences.map((sequence) => JSON.stringify(sequence)).join("\n")}\n`);
  return path;
}

const withOneMore = (y: readonly number[], at: number) => y.map((v, i) => (i === at ? v + 1 : v));

/** The number of ones so far, at most 7; no sequence has more than 6. */
function rareOnes(): { x: number[]; y: number[] }[] {
  const draw = drawIntegers(5, 0);
  const all = Array.from({ length: 800 }, () => {
    const x: number[] = Array.from({ length: 10 }, () => (draw(0, 3) === 0 ? 1 : 0));
    return { x, y: x.map((_, i) => x.slice(0, i + 1).reduce((a, b) => a + b)) };
  });
  return all.filter(({ y }) => y[9] < 7);
}

/** Labels that no network learns soon: a bit of a hash of the inputs so far. */
function hashed(): { x: number[]; y: number[] }[] {
  return Array.from({ length: 400 }, (_, i) => {
    const x = Array.from({ length: 10 }, (_, k) => (i >> k) & 1);
    let hash = 7;
    const y = x.map((bit) => {
      hash = Math.imul(hash ^ (bit + 40503), 2654435761);
      return (hash >>> 13) & 1;
    });
    return { x, y };
  });
}

const wrong = () => lines(300).map(({ x, y }, i) => ({ x, y: i === 41 ? withOneMore(y, 9) : y }));
const twin = () => {
  const all = lines(400);
  return [...all, { x: all[3].x, y: withOneMore(all[3].y, 5) }];
};

describe("a synthesis", () => {
  const cases: readonly [
    ending: string,
    make: () => readonly { x: unknown; y: unknown }[],
    options: readonly string[],
    code: number,
    part: object,
  ][] = [
    [
      "solved",
      () => lines(500),
      [],
      0,
      {
        verdict: "solved",
        relation: { kind: "sampled" },
        heldBack: { sequences: 100, distinct: 100, wrong: 0 },
        contradictions: { prefixes: 0, pairs: [] },
        missing: [],
      },
    ],
    [
      "consistent",
      rareOnes,
      ["--seed", "3"],
      4,
      {
        verdict: "consistent",
        seed: 3,
        relation: { kind: "exhaustive", length: 10, words: 1024 },
        shown: { kind: "steps", growing: true },
        domain: { rows: [[0], [1]], length: 10, order: null },
      },
    ],
    [
      "solved but for noise",
      twin,
      ["--noise", "0.01"],
      0,
      {
        verdict: "solved",
        labels: { sequences: 401, distinct: 400, leftOut: 1 },
        contradictions: { unit: "line", pairs: [{ places: [4, 401], position: 5 }], prefixes: 1 },
        noise: { allowed: 0.01, unit: "line", places: [401] },
      },
    ],
    [
      "not solved, for one label",
      wrong,
      [],
      3,
      {
        verdict: "not solved",
        stopped: { reason: "the program fits all examples except 1 of 300" },
        noise: { places: [42] },
        program: expect.any(Object),
      },
    ],
    [
      "not solved, as the time is up",
      hashed,
      ["--time-limit", "1", "--workers", "1"],
      3,
      { verdict: "not solved", stopped: { limited: true }, relation: null, program: null },
    ],
    [
      "not solved, as there was no time at all",
      hashed,
      ["--time-limit", "0.001"],
      3,
      { verdict: "not solved", network: null },
    ],
  ];

  test.each(cases)("%s", async (ending, make, options, code, part) => {
    const path = source(`${ending.replaceAll(/\W/g, "-")}.jsonl`, make());
    const outcome = await latticode(["synth", path, "--json", "--quiet", ...options]);
    expect(outcome, outcome.stderr).toMatchObject({ code, stderr: "" });
    const result = JSON.parse(outcome.stdout);
    expect(validate(result), JSON.stringify(validate.errors)).toBe(true);
    expect(result).toMatchObject({ schemaVersion: 1, command: "synth", source: { name: path } });
    expect(result).toMatchObject(part);
    expect(result.solved).toBe(code === 0);
  });
});

const sizes = { hiddenDepth: 1, hiddenWidth: 0, outputDepth: 1, outputWidth: 0 };
const network = (weights: readonly number[]): Network => ({
  shape: { inputDim: 1, outputDim: 1, hiddenDim: 1, ...sizes },
  weights: Float64Array.from(weights),
  initial: Float64Array.of(0),
  seed: 0,
});

describe("an extraction", () => {
  const cases: readonly [
    ending: string,
    weights: readonly number[],
    options: readonly string[],
    code: number,
    part: object,
  ][] = [
    // h = h + 0.375 x, y = h / 0.375
    [
      "solved",
      [1, 0.375, 0, 1 / 0.375, 0],
      [],
      0,
      { verdict: "solved", labels: null, heldBack: null, relation: { kind: "sampled" } },
    ],
    [
      "not solved",
      [0.5, 1.3, 0, 1, 0],
      [],
      3,
      { verdict: "not solved", stopped: { stage: expect.any(String) }, relation: null },
    ],
    [
      "not solved, as there was no time",
      [1, 0.375, 0, 1 / 0.375, 0],
      ["--time-limit", "0.001"],
      3,
      { verdict: "not solved", stopped: { limited: true } },
    ],
  ];

  test.each(cases)("%s", async (ending, weights, options, code, part) => {
    const path = join(directory, `${ending.replaceAll(/\W/g, "-")}.safetensors`);
    writeFileSync(path, saveNetwork(network(weights)));
    const args = ["extract", path, "--inputs", "0..9", "--json", "--quiet", ...options];
    const outcome = await latticode(args);
    expect(outcome, outcome.stderr).toMatchObject({ code, stderr: "" });
    const result = JSON.parse(outcome.stdout);
    expect(validate(result), JSON.stringify(validate.errors)).toBe(true);
    expect(result).toMatchObject({ schemaVersion: 1, command: "extract", ...part });
  });
});

test("what the schema does not know is refused", () => {
  expect(validate({ schemaVersion: 1, command: "synth" })).toBe(false);
  expect(validate({ schemaVersion: 2, command: "bench" })).toBe(false);
});
