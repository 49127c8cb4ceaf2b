import { createHash } from "node:crypto";
import type { Network } from "@latticode/network";
import type { Program } from "@latticode/program";
import { expect, test } from "vitest";
import { canonicalJson, digestOf } from "./digest.ts";

const network: Network = {
  shape: {
    inputDim: 1,
    outputDim: 1,
    hiddenDim: 1,
    hiddenDepth: 1,
    hiddenWidth: 0,
    outputDepth: 1,
    outputWidth: 0,
  },
  weights: Float64Array.of(1, -0.5, 0, 2, 0.25),
  initial: Float64Array.of(0),
  seed: 1,
};

const program: Program = {
  inputDim: 1,
  state: [],
  order: "simultaneous",
  updates: [],
  outputs: [{ op: "input", index: 0 }],
};

test("canonical JSON does not depend on the order of keys", () => {
  expect(canonicalJson({ b: [1, { d: null, c: "x" }], a: true })).toBe(
    '{"a":true,"b":[1,{"c":"x","d":null}]}',
  );
  expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}');
  expect(() => canonicalJson([1n])).toThrow(TypeError);
});

test("the digest is SHA-256 over the documented bytes", async () => {
  const bytes = Buffer.alloc(7 * 4 + 6 * 8);
  [1, 1, 1, 1, 0, 1, 0].forEach((value, i) => {
    bytes.writeInt32LE(value, 4 * i);
  });
  [1, -0.5, 0, 2, 0.25, 0].forEach((value, i) => {
    bytes.writeDoubleLE(value, 28 + 8 * i);
  });
  const text =
    '{"inputDim":1,"order":"simultaneous","outputs":[{"index":0,"op":"input"}],"state":[],"updates":[]}';
  const expected = createHash("sha256").update(bytes).update(text).digest("hex");
  expect(await digestOf(network, program)).toBe(expected);
});

test("weights, initial state, shape and program all count", async () => {
  const digests = await Promise.all([
    digestOf(network, program),
    digestOf(network, undefined),
    digestOf({ ...network, weights: Float64Array.of(1, -0.5, 0, 2, 0.5) }, program),
    digestOf({ ...network, initial: Float64Array.of(1) }, program),
    digestOf({ ...network, shape: { ...network.shape, outputWidth: 1 } }, program),
    digestOf(network, { ...program, outputs: [{ op: "integer", value: 0 }] }),
  ]);
  expect(new Set(digests).size).toBe(digests.length);
});
