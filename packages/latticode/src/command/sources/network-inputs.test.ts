import type { InputGroup } from "@latticode/verification";
import { expect, test } from "vitest";
import { inputMetadata, readInputMetadata } from "./network-inputs.ts";

const columns: readonly InputGroup[] = [
  { kind: "values", values: [-3, 0, 7] },
  { kind: "range", min: -500, max: 500 },
  { kind: "onehot", columns: 3 },
];

test("inputs come back from a file's metadata", () => {
  const metadata = inputMetadata({ columns, length: 12 });
  expect(readInputMetadata(metadata)).toEqual({ columns, length: 12 });
});

test.each([
  undefined,
  "",
  "{",
  "[]",
  "[0]",
  "[null]",
  '[{"kind":"values","values":[]}]',
  '[{"kind":"values","values":[0.5]}]',
  '[{"kind":"values","values":[4294967296]}]',
  '[{"kind":"range","min":1,"max":0}]',
  '[{"kind":"range","min":0}]',
  '[{"kind":"onehot","columns":0}]',
  '[{"kind":"onehot","columns":1e9}]',
  '[{"kind":"onehot"}]',
  '[{"kind":"other","min":0,"max":1}]',
])("inputs that are %j are none", (inputs) => {
  expect(readInputMetadata(inputs === undefined ? {} : { inputs })).toEqual({});
});

test.each(["", "0", "1.5", "5000", "ten"])("a length of %j is none", (length) => {
  expect(readInputMetadata({ length })).toEqual({});
});
