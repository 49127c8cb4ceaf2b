import { expect, test } from "vitest";
import { inputsOfNetwork, parseInputGroups } from "./input-groups.ts";
import { inputMetadata } from "./sources/network-inputs.ts";

const range = (min: number, max: number) => ({ kind: "range", min, max });

test("ranges of inputs, both ends included", () => {
  expect(parseInputGroups("0..1")).toEqual([range(0, 1)]);
  expect(parseInputGroups("-5..5, 3,-0..0")).toEqual([range(-5, 5), range(3, 3), range(0, 0)]);
  expect(parseInputGroups("-2147483648..2147483647")).toHaveLength(1);
});

test("sets of values and one-hot columns, whose commas are told apart", () => {
  expect(parseInputGroups("{-1,1}")).toEqual([{ kind: "values", values: [-1, 1] }]);
  expect(parseInputGroups("0..1,{ 5, -3,5 },onehot:7,{2},4")).toEqual([
    range(0, 1),
    { kind: "values", values: [-3, 5] },
    { kind: "onehot", columns: 7 },
    { kind: "values", values: [2] },
    range(4, 4),
  ]);
});

test.each([
  ["", 'Input 1, "", cannot be read: give a range as in 0..99, a set as in {-1,1}, or one-hot'],
  ["0..1,", 'Input 2, "", cannot be read'],
  ["0-1", 'Input 1, "0-1", cannot be read'],
  ["0..1.5", "cannot be read"],
  ["0..1..2", "cannot be read"],
  ["0..1;0..1", "cannot be read"],
  ["a..b", "cannot be read"],
  ["0..", "cannot be read"],
  ["{}", 'Input 1, "{}", cannot be read'],
  ["{1,2", "cannot be read"],
  ["{1,{2}}", "cannot be read"],
  ["{1..2}", "cannot be read"],
  ["onehot", "cannot be read"],
  ["5..3", 'Input 1, "5..3", ends before it begins'],
  ["0..2147483648", "goes beyond the integers of 32 bits"],
  ["{0,-2147483649}", "goes beyond the integers of 32 bits"],
  ["onehot:0", "must have from 1 to 4096 columns"],
  ["0..1,onehot:5000", 'Input 2, "onehot:5000", must have from 1 to 4096 columns'],
])("%j is refused", (text, message) => {
  expect(() => parseInputGroups(text)).toThrow(message);
});

const network = (inputDim: number, metadata = {}) => ({ path: "n", metadata, inputDim });

test("one column is for all, groups fill the columns of a network", () => {
  const groups = (text: string, inputDim: number) =>
    inputsOfNetwork(parseInputGroups(text), network(inputDim)).groups;
  expect(groups("0..9", 3)).toEqual([range(0, 9), range(0, 9), range(0, 9)]);
  expect(groups("onehot:3,0..9", 4)).toHaveLength(2);
  expect(() => groups("onehot:3", 4)).toThrow("--inputs: 3 columns, the network has 4 input");
  expect(() => groups("0..1,0..1", 1)).toThrow("2 columns, the network has 1 input column: give");
});

test("a file knows its inputs and their length, unless others are given", () => {
  const columns = [{ kind: "onehot", columns: 2 }] as const;
  const metadata = inputMetadata({ columns, length: 6 });
  expect(inputsOfNetwork(undefined, network(2, metadata))).toEqual({ groups: columns, length: 6 });
  expect(inputsOfNetwork(parseInputGroups("0..1"), network(2, metadata)).groups).toHaveLength(2);
  expect(() => inputsOfNetwork(undefined, network(3, metadata))).toThrow("n: its metadata: 2 col");
  expect(() => inputsOfNetwork(undefined, network(2))).toThrow(
    "n: does not say which inputs it was trained on: give --inputs, as in 0..1,0..1",
  );
});
