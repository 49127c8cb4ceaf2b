import { expect, test } from "vitest";
import { wrapComments } from "../scripts/wrap-comments.mjs";

const wrap = (...lines: string[]) => wrapComments(lines.join("\n"), 24).split("\n");

test("words beyond the width go on in the paragraph, and only there", () => {
  expect(wrap("// one two three four five six", "// seven.", "", "const a = 1;")).toEqual([
    "// one two three four",
    "// five six seven.",
    "",
    "const a = 1;",
  ]);
  expect(wrap("/**", " * one two three four five six", " *", " * seven", " */")).toEqual([
    "/**",
    " * one two three four",
    " * five six",
    " *",
    " * seven",
    " */",
  ]);
});

test("a comment of one line becomes a block", () => {
  expect(wrap("  /** one two three four */")).toEqual([
    "  /**",
    "   * one two three four",
    "   */",
  ]);
});

test("tags and items hang, and begin lines of their own", () => {
  expect(wrap("/**", " * @param a one two three", " * @throws b", " */")).toEqual([
    "/**",
    " * @param a one two",
    " *   three",
    " * @throws b",
    " */",
  ]);
  expect(wrap("// - one two three four five", "//   six", "// - seven")).toEqual([
    "// - one two three four",
    "//   five six",
    "// - seven",
  ]);
});

test("code, directives, narrow comments and long words stay", () => {
  for (const lines of [
    ["const text = 'one two three four five six';"],
    ["/**", " * ```js", " * one two three four five six", " * ```", " */"],
    ["// biome-ignore lint/a: one two three"],
    ["// https://a.example/one-two-three-four"],
    ["// one two three four five".slice(0, 24), "// six"],
  ]) {
    expect(wrap(...lines)).toEqual(lines);
  }
});
