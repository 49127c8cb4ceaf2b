import { test } from "vitest";
import { compare, length, lines, programs, textsIn } from "../../../testing/cases.ts";
import { compileAndRun, hasCompiler, withDirectory } from "../../../testing/compilers.ts";
import { block, expectHarmless, rest, string } from "../../../testing/hostile.ts";
import { c } from "./c.ts";

test("C, by gcc, with undefined behaviour being an error", async () => {
  if (!hasCompiler("gcc")) return;
  const texts = textsIn(c);
  const seen = new Set<string>();
  const blocks: string[] = [];
  for (const [k, text] of texts.entries()) {
    // Programs share helper functions, which are the same wherever they are.
    for (const block of text.trimEnd().split("\n\n")) {
      const own = block.replace(/^int f\(/m, `int f${k}(`);
      if (!seen.has(own)) blocks.push(own);
      seen.add(own);
    }
  }
  // A blank line may stand within a comment's block.
  const calls = programs.map((program, k) => {
    const args = Array.from({ length: program.inputDim }, (_, i) => `x + ${i * length}`);
    return `case ${k}: return f${k}(${args.join(", ")}, ${length}, ys);`;
  });
  const counts = programs.map(({ outputs }) => outputs.length * length);
  const dims = programs.map(({ inputDim }) => inputDim * length);
  const main = `
#include <stdio.h>
#include <inttypes.h>
static int call(int k, const int64_t *x, int64_t *ys) { switch (k) { ${calls.join("\n")} } return -1; }
static const int counts[] = {${counts}}, dims[] = {${dims}};
int main(void) {
  int k;
  while (scanf("%d", &k) == 1) {
    int64_t x[64], ys[64];
    for (int i = 0; i < dims[k]; i++) if (scanf("%" SCNd64, &x[i]) != 1) return 1;
    if (call(k, x, ys)) { puts("error"); continue; }
    for (int i = 0; i < counts[k]; i++) printf(i ? " %" PRId64 : "%" PRId64, ys[i]);
    puts("");
  }
}`;
  const headers = "#include <stdlib.h>\n#include <string.h>";
  const source = [headers, ...blocks, main].join("\n\n");
  const output = await withDirectory((directory) => compileAndRun(directory, "gcc", source, lines));
  compare(output.trimEnd().split("\n"), texts);
});

test("of hostile names and docstrings nothing is code", () => {
  // C joins lines before it looks for comments.
  const join = (text: string) => text.replaceAll("??/", "\\").replace(/\\\r?\n/g, "");
  expectHarmless(c, new RegExp(`${string}|${block}|//${rest}`, "g"), join);
});
