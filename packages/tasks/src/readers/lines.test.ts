import { expect, test } from "vitest";
import { splitLines } from "../index.ts";

async function linesOf(pieces: Iterable<Uint8Array | string>): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of splitLines(pieces, { name: "file" })) lines.push(line);
  return lines;
}

test.each([
  ["", []],
  ["a", ["a"]],
  ["a\n", ["a"]],
  ["a\n\nb", ["a", "", "b"]],
  ["\uFEFFa\r\nß\r\n", ["a", "ß"]],
])("%j, in pieces of every size", async (text, expected) => {
  const bytes = new TextEncoder().encode(text);
  for (let size = 1; size <= Math.max(1, bytes.length); size++) {
    const pieces: Uint8Array[] = [];
    for (let i = 0; i < bytes.length; i += size) pieces.push(bytes.subarray(i, i + size));
    expect(await linesOf(pieces)).toEqual(expected);
  }
});

test("a file without line ends is refused before it fills memory", async () => {
  const piece = "0".repeat(2 ** 20);
  let taken = 0;
  function* endless() {
    yield "{}\n";
    for (; ; taken++) yield piece;
  }
  await expect(linesOf(endless())).rejects.toThrow(
    "file:2: the line is longer than 67108864 characters; a line is one sequence",
  );
  expect(taken).toBeLessThan(70);
});
