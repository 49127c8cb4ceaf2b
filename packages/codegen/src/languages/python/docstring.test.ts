import { expect, test } from "vitest";
import { pythonDocstring } from "./docstring.ts";

test("one line stays one line, several become a block, none nothing", () => {
  expect(pythonDocstring("Running sum.")).toEqual(['"""Running sum."""']);
  expect(pythonDocstring("\nRunning sum.\r\n\r\n  of s  \n")).toEqual([
    '"""Running sum.',
    "",
    "  of s",
    '"""',
  ]);
  expect(pythonDocstring(" \n ")).toEqual([]);
});

test("nothing ends the docstring early", () => {
  expect(pythonDocstring('a """ b')).toEqual(['"""a \\"\\"" b"""']);
  expect(pythonDocstring('say "hi"')).toEqual(['"""say "hi\\""""']);
  expect(pythonDocstring("back\\")).toEqual(['"""back\\\\"""']);
});

test("characters that are not seen become spaces", () => {
  const hidden = "a\u0000b\tc\u202ed\u2066e\ufefff\ud800g\u007fh";
  expect(pythonDocstring(hidden)).toEqual(['"""a b c d e f g h"""']);
});
