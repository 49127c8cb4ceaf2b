import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { hasCompiler, runOn, withDirectory } from "../../../testing/compilers.ts";
import { rustDocComment } from "./doc-comment.ts";

// Each would be run by rustdoc, as a block of code.
const doctests = [
  "```\npanic!()\n```",
  "~~~\npanic!()\n~~~",
  "````rust\npanic!()",
  "a\n\n    panic!()",
  "    panic!()\na",
  "\tpanic!()",
  "a\n\n \t panic!()",
  ">     panic!()",
  "> ~~~\n> panic!()",
  "-     panic!()",
  "1.\tpanic!()\n\n\t\tpanic!()",
  "- a\n\n      panic!()",
  "\u00a0    panic!()",
];

test("nothing in Rust's doc comments is code or HTML", () => {
  for (const text of doctests) {
    for (const line of rustDocComment(text)) expect(line).toMatch(/^\/\/\/( [^\s`~]+)*$/);
  }
  expect(rustDocComment("a `` b\n\n\t>     c < d <b>~")).toEqual([
    "/// a '' b",
    "///",
    "/// > c < d < b>-",
  ]);
});

test("rustdoc finds nothing to run in doc comments", async () => {
  if (!hasCompiler("rustdoc")) return;
  const items = doctests.map((text, k) =>
    [...rustDocComment(text), `pub fn f${k}() {}`].join("\n"),
  );
  const output = await withDirectory((directory) => {
    const file = join(directory, "documented.rs");
    writeFileSync(file, items.join("\n\n"));
    return runOn("rustdoc", ["--test", "--edition=2021", file], "");
  });
  expect(output).toContain("running 0 tests");
});
