import { expect, test } from "vitest";
import {
  findTask,
  formatJsonl,
  InputError,
  minimumSequences,
  parseJsonl,
  sampleTask,
  tasks,
} from "../index.ts";

const good = '{"x": [1, 2, 3], "y": [1, 3, 6]}';
const name = "file.jsonl";

/** Eleven good lines, the third replaced. */
function withThird(line: string): string[] {
  const lines = new Array<string>(11).fill(good);
  lines[2] = line;
  return lines;
}

test.each(tasks)("$name: what is written is read back", async (task) => {
  const examples = sampleTask(task, { count: 30, seed: 3 });
  expect(await parseJsonl(formatJsonl(examples), { name })).toEqual(examples);
});

test("rows are numbers where there is one column, arrays otherwise", () => {
  const [bits] = formatJsonl(
    sampleTask(findTask("Bitwise_Not")!, { count: 1, length: 2, seed: 1 }),
  );
  expect(bits).toMatch(/^\{"x":\[[01],[01]\],"y":\[[01],[01]\]\}$/);
  const examples = {
    count: 1,
    length: 2,
    inputDim: 1,
    outputDim: 2,
    x: Int32Array.of(-4, 5),
    y: Int32Array.of(1, 2, 3, 2 ** 31 - 1),
  };
  expect([...formatJsonl(examples)]).toEqual(['{"x":[-4,5],"y":[[1,2],[3,2147483647]]}']);
});

test("formatJsonl checks the examples before the first line is asked for", () => {
  const examples = { count: 2, length: 2, inputDim: 1, outputDim: 1 };
  const x = new Int32Array(3);
  expect(() => formatJsonl({ ...examples, x, y: new Int32Array(4) })).toThrow();
});

test("the buffers grow", async () => {
  const examples = sampleTask(findTask("Sum_All")!, { count: 1000, seed: 4 });
  const parsed = await parseJsonl(formatJsonl(examples), { name });
  expect(parsed.count).toBe(1000);
  expect(parsed.x.join()).toBe(examples.x.join());
  expect(parsed.y.join()).toBe(examples.y.join());
  expect(parsed.x.buffer.byteLength).toBe(parsed.x.byteLength);
});

test("lines may come asynchronously, and with a byte order mark, CR, LF and blank lines", async () => {
  async function* lines() {
    yield `\uFEFF${good}\r`;
    yield "";
    yield "  \r";
    for (let i = 1; i < 10; i++) yield `${good}\r\n`;
    yield "\n";
  }
  const examples = await parseJsonl(lines(), { name });
  expect(examples.count).toBe(10);
  expect([...examples.x.subarray(0, 3)]).toEqual([1, 2, 3]);
});

test("a byte order mark alone makes no sequence", async () => {
  await expect(parseJsonl(["\uFEFF"], { name })).rejects.toThrow("holds no sequences");
});

test.each([
  ['{"x": [[1], [2], [3]], "y": [1, 3, 6]}'],
  ['{"x": [1, 2, 3], "y": [[1], [3], [6]]}'],
  ['{"x": [1.0, 2e0, 3], "y": [1, 3, 6], "note": "kept out"}'],
  ['{"x": [7], "x": [1, 2, 3], "y": [1, 3, 6]}'],
])("%s is the same sequence", async (line) => {
  const expected = await parseJsonl(withThird(good), { name });
  expect(await parseJsonl(withThird(line), { name })).toEqual(expected);
});

test("minus zero is zero, and the largest magnitudes pass", async () => {
  const line = '{"x": [-0, 2147483647, -2147483647], "y": [-0, 0, 0]}';
  const { x } = await parseJsonl(withThird(line), { name });
  expect([...x.subarray(6, 9)]).toEqual([0, 2147483647, -2147483647]);
});

const form = 'a line is {"x": [...], "y": [...]}';

test.each([
  ["hello", `not JSON: hello; ${form}`],
  ['{"x": [1, 2, 3], "y": [1, 3, 6]', `not JSON: {"x": [1, 2, 3], "y": [1, 3, 6]; ${form}`],
  [`{"x": ${"9".repeat(50)}`, `not JSON: {"x": ${"9".repeat(34)}...; ${form}`],
  ["\u0007\u2028oops", `not JSON: oops; ${form}`],
  [
    '{"x": [1, NaN, 3], "y": [1, 3, 6]}',
    'not JSON: {"x": [1, NaN, 3], "y": [1, 3, 6]}; JSON has no NaN or Infinity',
  ],
  ["[1, 2]", `not an object with x and y: [1, 2]; ${form}`],
  ["null", `not an object with x and y: null; ${form}`],
  ["3", `not an object with x and y: 3; ${form}`],
  ['{"x": [1, 2, 3]}', `y is missing; ${form}`],
  ['{"y": [1, 2, 3]}', `x is missing; ${form}`],
  ['{"x": 3, "y": [1]}', "x is 3, not an array"],
  ['{"x": [1], "y": null}', "y is null, not an array"],
  ['{"x": {"0": 1}, "y": [1]}', "x is an object, not an array"],
  ['{"x": [], "y": []}', "x is empty; a sequence has at least 1 row"],
  ['{"x": [1], "y": []}', "y is empty; a sequence has at least 1 row"],
  ['{"x": [[], []], "y": [1, 2]}', "x[0] is empty; a row has at least 1 number"],
  ['{"x": [1, 2, 3], "y": [1, 3]}', "y has 2 rows, x has 3"],
  ['{"x": [1, 2], "y": [1]}', "y has 1 row, x has 2"],
  ['{"x": [[1, 2], [3]], "y": [1, 3]}', "x[1] has 1 number, x[0] has 2"],
  ['{"x": [1, [2, 3]], "y": [1, 3]}', "x[1] has 2 numbers, x[0] has 1"],
  ['{"x": [1, 2], "y": [1, 3]}', "x and y have 2 rows, those of line 1 have 3"],
  [
    '{"x": [[1, 1], [2, 2], [3, 3]], "y": [1, 3, 6]}',
    "the rows of x have 2 numbers, those of line 1 have 1",
  ],
  [
    '{"x": [1, 2, 3], "y": [[1, 1], [2, 2], [3, 3]]}',
    "the rows of y have 2 numbers, those of line 1 have 1",
  ],
  [
    '{"x": [1, 2, 3], "y": [1, 3.5, 6]}',
    "y[1] is 3.5, not an integer; programs are over the integers, their outputs too",
  ],
  [
    '{"x": [1, 2.25, 3], "y": [1, 3, 6]}',
    "x[1] is 2.25, not an integer; programs are over the integers, their inputs too",
  ],
  ['{"x": [1, null, 3], "y": [1, 3, 6]}', "x[1] is null, not an integer"],
  ['{"x": [1, 2, 3], "y": [1, "3", 6]}', "y[1] is a string, not an integer"],
  ['{"x": [1, true, 3], "y": [1, 3, 6]}', "x[1] is true, not an integer"],
  ['{"x": [1, [[2]], 3], "y": [1, 3, 6]}', "x[1][0] is an array, not an integer"],
  [
    '{"x": [1, 2, 2147483648], "y": [1, 3, 6]}',
    "x[2] is 2147483648; its magnitude must be below 2^31",
  ],
  [
    '{"x": [1, 2, 3], "y": [1, 3, -2147483648]}',
    "y[2] is -2147483648; its magnitude must be below 2^31",
  ],
  ['{"x": [1, 2, 1e999], "y": [1, 3, 6]}', "x[2] is Infinity; its magnitude must be below 2^31"],
])("%s: one clear line", async (line, message) => {
  const error: unknown = await parseJsonl(withThird(line), { name }).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(InputError);
  expect(error).toMatchObject({ name: "InputError", message: `${name}:3: ${message}` });
});

test.each([
  [[], "file.jsonl:1: the file holds no sequences; at least 10 are needed"],
  [["", " "], "file.jsonl:2: the file holds no sequences; at least 10 are needed"],
  [[good], "file.jsonl:1: the file ends after 1 sequence; at least 10 are needed"],
  [
    new Array<string>(9).fill(good),
    "file.jsonl:9: the file ends after 9 sequences; at least 10 are needed",
  ],
])("too few sequences (%#)", async (lines, message) => {
  expect(minimumSequences).toBe(10);
  const error: unknown = await parseJsonl(lines, { name }).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(InputError);
  expect(error).toMatchObject({ message });
});

test("lines are counted with the blank ones, and compared with the first sequence's", async () => {
  const lines = ["", good, "", good, '{"x": [1], "y": [1]}'];
  await expect(parseJsonl(lines, { name })).rejects.toThrow(
    "file.jsonl:5: x and y have 1 row, those of line 2 have 3",
  );
});

test("a source of lines is closed at the first error", async () => {
  let closed = false;
  async function* lines() {
    try {
      for (;;) yield "oops";
    } finally {
      closed = true;
    }
  }
  await expect(parseJsonl(lines(), { name })).rejects.toThrow("file.jsonl:1: not JSON");
  expect(closed).toBe(true);
});

test("a text that was not split is a mistake of the caller", async () => {
  await expect(parseJsonl(good, { name })).rejects.toThrow(TypeError);
});
