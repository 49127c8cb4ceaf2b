import { drawIntegers } from "@latticode/program";
import { expect, test } from "vitest";
import { formatCsv, InputError, parseCsv, sampleTask, tasks } from "../index.ts";

const name = "file.csv";
const form =
  'columns are "sequence", the inputs "x" (or "x1", "x2", ...) and the outputs "y" (or "y1", "y2", ...)';

/** Twelve sequences of two rows, lines 2 to 25, with these lines replaced. */
function withLines(replaced: Readonly<Record<number, string>>): string {
  const lines = ["sequence,x,y"];
  for (let i = 0; i < 24; i++) lines.push(`${i >> 1},${i},${-i}`);
  for (const [line, text] of Object.entries(replaced)) lines[Number(line) - 1] = text;
  return `${lines.join("\n")}\n`;
}

const good = withLines({});
const parse = (text: string) => parseCsv([text], { name });
const failure = async (pieces: Iterable<Uint8Array | string>) => {
  const error: unknown = await parseCsv(pieces, { name }).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(InputError);
  return (error as InputError).message;
};

test.each(tasks)("$name: what is written is read back", async (task) => {
  const examples = sampleTask(task, { count: 30, seed: 3 });
  const text = [...formatCsv(examples)].join("\n");
  expect(await parse(text)).toEqual(examples);
});

test("the header numbers columns where there are several, sequences start at first", () => {
  const examples = {
    count: 2,
    length: 1,
    inputDim: 1,
    outputDim: 2,
    x: Int32Array.of(-4, 5),
    y: Int32Array.of(1, 2, 3, 2 ** 31 - 1),
  };
  expect([...formatCsv(examples, { first: 7 })]).toEqual([
    "sequence,x,y1,y2",
    "7,-4,1,2",
    "8,5,3,2147483647",
  ]);
});

test.each([
  ["CR LF", good.replaceAll("\n", "\r\n")],
  ["CR", good.replaceAll("\n", "\r")],
  ["mixed line ends", good.replace("\n", "\r\n").replace(/\n$/, "\r")],
  ["a byte order mark", `\uFEFF${good}`],
  ["no last line end", good.trimEnd()],
  ["blank lines", `\n${good.replaceAll("\n", "\n\n")}  \n\n`],
  ["quoted fields", good.replace(/[^,\n]+/g, '"$&"')],
  ["quoted fields and CR LF", good.replace(/[^,\n]+/g, '"$&"').replaceAll("\n", "\r\n")],
  ["spaces around fields", good.replaceAll(",", " ,\t")],
  ["other spellings", withLines({ 4: "1,2.0,-2e0", 5: "1,+3,-3." })],
])("%s, in pieces of every small size, make no difference", async (_, text) => {
  const expected = await parse(good);
  const bytes = new TextEncoder().encode(text);
  for (const size of [1, 2, 3, 7, 64, bytes.length]) {
    const pieces: Uint8Array[] = [];
    for (let i = 0; i < bytes.length; i += size) pieces.push(bytes.subarray(i, i + size));
    expect(await parseCsv(pieces, { name }), `pieces of ${size}`).toEqual(expected);
  }
});

test("columns may stand in any order, and sequence numbers may skip", async () => {
  const rows = Array.from({ length: 10 }, (_, i) => `${i},${10 * i},${3 * i - 5},${i + 1}`);
  const { inputDim, outputDim, x, y } = await parse(`y,x2,sequence,x1\n${rows.join("\n")}`);
  expect([inputDim, outputDim]).toEqual([2, 1]);
  expect([...x.subarray(0, 6)]).toEqual([1, 0, 2, 10, 3, 20]);
  expect([...y]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test.each([
  ["", `1: the file is empty; ${form}`],
  ["\n \n", `2: the file is empty; ${form}`],
  ["sequence,x,y\n", "1: the file holds no sequences; at least 10 are needed"],
  ["sequence,x,y\n0,1,1\n", "2: the file ends after 1 sequence; at least 10 are needed"],
  ["0,1,1\n", `1: unknown column "0"; ${form}`],
  ["sequence;x;y\n0;1;1\n", `1: unknown column "sequence;x;y"; ${form}`],
  [good.replace("x", "X"), `1: unknown column "X"; ${form}`],
  [good.replace("x", "x0"), `1: unknown column "x0"; ${form}`],
  [good.replace("x", "y"), '1: two columns "y"'],
  [good.replace("sequence", "x2").replace("x,", "x1,"), `1: column "sequence" is missing; ${form}`],
  ["sequence,y\n0,1\n", `1: column "x" is missing; ${form}`],
  ["sequence,x\n0,1\n", `1: column "y" is missing; ${form}`],
  ["sequence,x1,x3,y\n", `1: column "x2" is missing beside x1, x3; ${form}`],
  ["sequence,x,x1,y\n", `1: column "x2" is missing beside x, x1; ${form}`],
  [withLines({ 5: "1,2" }), "5: the row has 2 fields, the header 3"],
  [withLines({ 5: "1" }), "5: the row has 1 field, the header 3"],
  [withLines({ 5: "1,2,3,4" }), "5: the row has 4 fields, the header 3"],
  [withLines({ 5: "1,,3" }), "5: x is empty, not an integer"],
  [withLines({ 5: "1,2,abc" }), '5: y is "abc", not an integer'],
  [withLines({ 5: "1,0x10,3" }), '5: x is "0x10", not an integer'],
  [withLines({ 5: "1,NaN,3" }), '5: x is "NaN", not an integer'],
  [withLines({ 5: "1,1 000,3" }), '5: x is "1 000", not an integer'],
  [
    withLines({ 5: "1,2,2.5" }),
    "5: y is 2.5, not an integer; programs are over the integers, their outputs too",
  ],
  [
    withLines({ 5: "1,.25,2" }),
    "5: x is .25, not an integer; programs are over the integers, their inputs too",
  ],
  [withLines({ 5: "1,2147483648,2" }), "5: x is 2147483648; its magnitude must be below 2^31"],
  [withLines({ 5: "1,2,-2147483648" }), "5: y is -2147483648; its magnitude must be below 2^31"],
  [
    withLines({ 5: `1,2,${"9".repeat(400)}` }),
    `5: y is ${"9".repeat(40)}...; its magnitude must be below 2^31`,
  ],
  [
    withLines({ 5: "a,2,3" }),
    '5: sequence is "a", not an integer below 2^53; it numbers the sequence that the row is a position of',
  ],
  [
    withLines({ 5: "9007199254740993,2,3" }),
    "5: sequence is 9007199254740993, not an integer below 2^53; it numbers the sequence that the row is a position of",
  ],
  [
    withLines({ 6: "0,2,3" }),
    "6: sequence is 0 after 1; the rows of a sequence stand together, and sequences in ascending order",
  ],
  [withLines({ 6: "1,2,3" }), "6: sequence 1 has more than 2 rows, sequence 0 has 2"],
  [withLines({ 5: "2,2,3" }), "4: sequence 1 ends with 1 row, sequence 0 has 2"],
  [withLines({ 25: "12,2,3" }), "24: sequence 11 ends with 1 row, sequence 0 has 2"],
  [
    withLines({ 5: '1,"2,3' }),
    `5: a quoted field is not closed as "..." before the next comma or line end`,
  ],
  [
    withLines({ 5: '1,"2"2,3' }),
    `5: a quoted field is not closed as "..." before the next comma or line end`,
  ],
  [withLines({ 4: '1,"2\n",3', 5: "1,a,3" }), '6: x is "a", not an integer'],
  [withLines({ 4: '1,"2\n2",3' }), '4: x is "2 2", not an integer'],
])("%j: one clear line", async (text, message) => {
  expect(await failure([text])).toBe(`${name}:${message}`);
});

test("an open quote is refused before it fills memory", async () => {
  let taken = 0;
  function* endless() {
    yield 'sequence,x,y\n0,1,"';
    for (; ; taken++) yield "1\n".repeat(2 ** 15);
  }
  expect(await failure(endless())).toMatch(/^file\.csv:2: (the row is longer|a quoted field)/);
  expect(taken).toBeLessThan(40);
});

test("whatever bytes a file has, the answer is examples or one line", async () => {
  const source = new TextEncoder().encode(good);
  const draw = drawIntegers(21, 0);
  for (let round = 0; round < 500; round++) {
    let bytes = source.slice();
    for (let change = draw(1, 3); change > 0; change--) {
      const at = draw(0, bytes.length - 1);
      const kind = draw(0, 3);
      if (kind === 0) bytes[at] = draw(0, 255);
      else if (kind === 1) bytes[at] = '",\n\r-.e0;'.charCodeAt(draw(0, 8));
      else if (kind === 2) bytes = bytes.slice(0, at + 1);
      else bytes.copyWithin(at, draw(0, bytes.length - 1));
    }
    const half = draw(0, bytes.length);
    const pieces = [bytes.subarray(0, half), bytes.subarray(half)];
    const outcome: unknown = await parseCsv(pieces, { name }).catch((error) => error);
    if (outcome instanceof Error) {
      expect(outcome).toBeInstanceOf(InputError);
      expect(outcome.message).toMatch(/^file\.csv:\d+: [^\n\r]+$/);
    } else {
      expect(outcome).toMatchObject({ length: 2, inputDim: 1, outputDim: 1 });
    }
  }
});

test("a sampling keeps a uniform sample and checks what it leaves out", async () => {
  const count = 3000;
  function* rows() {
    yield "sequence,x,y\n";
    for (let i = 0; i < 2 * count; i++) yield `${i >> 1},${i >> 1},${-i}\n`;
  }
  const reports: number[][] = [];
  const onSample = (kept: number, found: number) => reports.push([kept, found]);
  const read = (seed: number) =>
    parseCsv(rows(), { name, sampling: { numbers: 1200, seed, onSample } });
  const sample = await read(5);
  expect(reports).toEqual([[300, 3000]]);
  expect(sample).toMatchObject({ count: 300, length: 2 });
  // Whole sequences, each once.
  const kept = Array.from({ length: 300 }, (_, i) => sample.x[2 * i]);
  expect(new Set(kept).size).toBe(300);
  kept.forEach((sequence, i) => {
    expect([...sample.x.subarray(2 * i, 2 * i + 2)]).toEqual([sequence, sequence]);
    expect([...sample.y.subarray(2 * i, 2 * i + 2)]).toEqual([-2 * sequence, -2 * sequence - 1]);
  });
  // The mean of 300 of 0 ... 2999 is within 5 standard errors (50 each) of theirs.
  expect(Math.abs(kept.reduce((a, b) => a + b) / 300 - 1499.5)).toBeLessThan(250);
  expect(await read(5)).toEqual(sample);
  expect((await read(6)).x).not.toEqual(sample.x);

  const wrong = [...rows(), "3000,1,oops\n"];
  expect(
    await parseCsv(wrong, { name, sampling: { numbers: 1200, seed: 5 } }).catch(String),
  ).toContain('file.csv:6002: y is "oops"');
});

test("a sampling leaves a file that fits as it is", async () => {
  const onSample = () => expect.unreachable();
  const sampling = { numbers: 48, seed: 1, onSample };
  expect(await parseCsv([good], { name, sampling })).toEqual(await parse(good));
  expect((await parseCsv([good], { name, sampling: { numbers: 1, seed: 1 } })).count).toBe(10);
});
