import { brotliCompressSync, gzipSync } from "node:zlib";
import { drawIntegers } from "@latticode/program";
import { parquetWriteBuffer } from "hyparquet-writer";
import { expect, test } from "vitest";
import { findTask, InputError, parseParquet, type RandomAccessFile, sampleTask } from "../index.ts";

const name = "file.parquet";
type Column = NonNullable<Parameters<typeof parquetWriteBuffer>[0]["columnData"]>[number];

function fileOf(buffer: ArrayBuffer): RandomAccessFile {
  return {
    byteLength: buffer.byteLength,
    slice: async (start, end) => buffer.slice(start, end),
  };
}

const sum = sampleTask(findTask("Sum_Last3")!, { count: 40, length: 5, seed: 2 });
const ids = Array.from({ length: 200 }, (_, row) => Math.floor(row / 5));
const columns = (x: Column["data"], type: Column["type"] = "INT32"): Column[] => [
  { name: "sequence", data: ids.map(BigInt), type: "INT64" },
  { name: "x", data: x, ...(type && { type }) },
  { name: "y", data: [...sum.y], type: "INT32" },
];
const write = (
  columnData: Column[],
  options: Partial<Parameters<typeof parquetWriteBuffer>[0]> = {},
) => parquetWriteBuffer({ columnData, ...options });
const parse = (buffer: ArrayBuffer) => parseParquet(fileOf(buffer), { name });

test.each([
  ["one row group", write(columns([...sum.x]))],
  ["row groups that cut sequences", write(columns([...sum.x]), { rowGroupSize: 7 })],
  ["no compression", write(columns([...sum.x]), { codec: "UNCOMPRESSED" })],
  [
    "gzip",
    write(columns([...sum.x]), { codec: "GZIP", compressors: { GZIP: (b) => gzipSync(b) } }),
  ],
  [
    "brotli",
    write(columns([...sum.x]), {
      codec: "BROTLI",
      compressors: { BROTLI: (b) => brotliCompressSync(b) },
    }),
  ],
  ["64-bit integers", write(columns([...sum.x].map(BigInt), "INT64"))],
  ["floating point", write(columns([...sum.x], "DOUBLE"))],
  ["another order", write(columns([...sum.x]).reverse())],
])("%s", async (_, buffer) => {
  expect(await parse(buffer)).toEqual(sum);
});

test("several inputs and outputs", async () => {
  const examples = sampleTask(findTask("Newton_Magnetic")!, { count: 12, length: 3, seed: 2 });
  const pick = (values: Int32Array, i: number) => [...values].filter((_, j) => j % 2 === i);
  const buffer = write([
    {
      name: "sequence",
      data: ids.slice(0, 36).map((_, row) => Math.floor(row / 3)),
      type: "INT32",
    },
    { name: "x1", data: pick(examples.x, 0), type: "INT32" },
    { name: "x2", data: pick(examples.x, 1), type: "INT32" },
    { name: "y1", data: pick(examples.y, 0), type: "INT32" },
    { name: "y2", data: pick(examples.y, 1), type: "INT32" },
  ]);
  expect(await parse(buffer)).toEqual(examples);
});

const failure = async (buffer: ArrayBuffer) => {
  const error: unknown = await parse(buffer).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(InputError);
  return (error as InputError).message;
};
const changed = (row: number, value: unknown) => [...sum.x].with(row - 1, value as number);

test.each([
  [write(columns(changed(17, null))), "row 17: x is null, not an integer"],
  [
    write(columns(changed(17, 2.5), "DOUBLE")),
    "row 17: x is 2.5, not an integer; programs are over the integers, their inputs too",
  ],
  [write(columns(changed(17, Number.NaN), "DOUBLE")), "row 17: x is NaN, not an integer"],
  [
    write(columns([...sum.x].map(BigInt).with(16, 2n ** 31n), "INT64")),
    "row 17: x is 2147483648; its magnitude must be below 2^31",
  ],
  [
    write(columns([...sum.x].map(BigInt).with(16, -(2n ** 62n)), "INT64")),
    "row 17: x is -4611686018427387904; its magnitude must be below 2^31",
  ],
  [write(columns([...sum.x].map(String), "STRING")), "row 1: x is "],
  [
    write(
      columns(
        ids.map((id) => id > 1),
        "BOOLEAN",
      ),
    ),
    "row 1: x is false, not an integer",
  ],
  [
    write(columns([...sum.x]).with(0, { name: "sequence", data: ids.with(9, 0), type: "INT32" })),
    "row 10: sequence is 0 after 1; the rows of a sequence stand together",
  ],
  [
    write(columns([...sum.x]).with(0, { name: "sequence", data: ids.with(5, 0), type: "INT32" })),
    "row 10: sequence 1 ends with 4 rows, sequence 0 has 6",
  ],
  [write(columns([...sum.x]).slice(0, 2)), 'column "y" is missing; columns are "sequence"'],
  [write([{ name: "text", data: ["a"] }]), 'unknown column "text"; columns are "sequence"'],
  [
    write(columns([]).map((column) => ({ ...column, data: [] }))),
    "row 0: the file holds no sequences; at least 10 are needed",
  ],
  [new ArrayBuffer(0), "not a Parquet file that can be read: "],
  [
    new TextEncoder().encode("sequence,x,y\n0,1,1\n").buffer,
    "not a Parquet file that can be read: ",
  ],
] as const)("what is wrong is said in one line (%#)", async (buffer, message) => {
  const text = await failure(buffer as ArrayBuffer);
  expect(text).toMatch(/^[^\n]*$/);
  expect(text.slice(0, name.length + 2 + message.length)).toBe(`${name}: ${message}`);
});

test("row groups are read one after another, each by its own bytes only", async () => {
  const buffer = write(columns([...sum.x]), { rowGroupSize: 20 });
  const whole = fileOf(buffer);
  const sizes: number[] = [];
  const file: RandomAccessFile = {
    byteLength: buffer.byteLength,
    async slice(start, end) {
      const part = await whole.slice(start, end);
      sizes.push(part.byteLength);
      return part;
    },
  };
  expect((await parseParquet(file, { name })).count).toBe(40);
  // The end of the file, with its metadata, comes first.
  const [, ...data] = sizes;
  expect(data.length).toBeGreaterThanOrEqual(10);
  expect(Math.max(...data)).toBeLessThan(buffer.byteLength / 10);
  expect(data.reduce((a, b) => a + b)).toBeLessThan(buffer.byteLength);
});

// Damage within pages is not tried: some of it keeps hyparquet 1.31.5 in a loop without end.
test("however its metadata is damaged or the file cut off, the answer is examples or one line", async () => {
  const source = new Uint8Array(write(columns([...sum.x]), { rowGroupSize: 50 }));
  const metadata =
    source.length - 8 - new DataView(source.buffer).getUint32(source.length - 8, true);
  const draw = drawIntegers(22, 0);
  for (let round = 0; round < 300; round++) {
    let bytes = source.slice();
    for (let change = draw(1, 3); change > 0; change--) {
      if (draw(0, 4) > 0) bytes[draw(metadata, source.length - 1)] = draw(0, 255);
      else bytes = bytes.slice(0, draw(0, bytes.length));
    }
    const outcome: unknown = await parse(bytes.buffer).catch((error) => error);
    if (outcome instanceof Error) {
      expect(outcome).toBeInstanceOf(InputError);
      expect(outcome.message).toMatch(/^file\.parquet: [^\n\r]+$/);
    } else {
      expect(outcome).toMatchObject({ inputDim: 1, outputDim: 1 });
    }
  }
});
