import { expect, test } from "vitest";
import { jsDocComment } from "./comment.ts";

test("one line stays one line, several become a block, none nothing", () => {
  expect(jsDocComment("Running sum.")).toEqual(["/** Running sum. */"]);
  expect(jsDocComment("Running sum.\n\nof s")).toEqual([
    "/**",
    " * Running sum.",
    " *",
    " * of s",
    " */",
  ]);
  expect(jsDocComment("")).toEqual([]);
});

test("nothing ends the comment early", () => {
  expect(jsDocComment("a */ b **/ c")).toEqual(["/** a *\\/ b **\\/ c */"]);
});

test("characters that are not seen become spaces", () => {
  const hidden = "a\u0000b\tc\u202ed\u2066e\ufefff\ud800g\u007fh";
  expect(jsDocComment(hidden)).toEqual(["/** a b c d e f g h */"]);
  expect(jsDocComment("a\u2028b\u0085c")).toEqual(["/**", " * a", " * b", " * c", " */"]);
});
