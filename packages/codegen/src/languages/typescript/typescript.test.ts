import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Expression, Program } from "@latticode/program";
import {
  and,
  compileProgram,
  conditional,
  equal,
  floorDivide,
  input,
  integer,
  negate,
  not,
  or,
  state,
} from "@latticode/program";
import { expect, test } from "vitest";
import type { Emitted } from "../../../testing/cases.ts";
import { compare, programs, runModules, textsIn } from "../../../testing/cases.ts";
import { runOn, withDirectory } from "../../../testing/compilers.ts";
import { block, expectHarmless, rest, string } from "../../../testing/hostile.ts";
import { typescript } from "./typescript.ts";

const [x0, a] = [input(0), state("a")];
const [one, two, five] = [1, 2, 5].map(integer);

/** What tsc refuses where it sees that the answer is always the same. */
const refused: readonly Expression[] = [
  equal(one, two),
  equal(negate(one), two),
  equal(conditional(x0, one, two), five),
  equal(and(equal(x0, two), one), five),
  and(equal(x0, one), equal(x0, two)),
  or(not(equal(x0, one)), equal(x0, two)),
  or(x0, equal(x0, two)),
  and(equal(x0, one), and(equal(a, two), equal(a, x0))),
  and(or(equal(one, two), equal(x0, one)), equal(x0, two)),
  and(
    Array.from({ length: 40 }, (_, k) => equal(x0, integer(k))).reduce(or),
    equal(x0, integer(-1)),
  ),
  equal(conditional(equal(x0, one), x0, two), five),
  conditional(equal(a, one), equal(a, two), a),
  conditional(not(equal(a, one)), one, conditional(equal(a, two), two, five)),
  not(conditional(x0, two, five)),
  conditional(five, x0, one),
  conditional(conditional(floorDivide(five, x0), two, five), x0, one),
];

test("TypeScript, by tsc in strict mode", async () => {
  await withDirectory(async (directory) => {
    const constant = refused.map((value): Program => {
      const updates = [{ target: "a", value }];
      const start = [{ name: "a", initial: 0 }];
      return { inputDim: 1, state: start, order: "in-place", updates, outputs: [value] };
    });
    const emitted = [...textsIn(typescript), ...constant.map((p) => typescript.emit(p))];
    const files = emitted.map((text, k) => {
      writeFileSync(join(directory, `program${k}.ts`), text);
      return `program${k}.ts`;
    });
    const out = join(directory, "out");
    mkdirSync(out);
    writeFileSync(join(out, "package.json"), '{"type":"module"}');
    const options = {
      strict: true,
      target: "es2022",
      module: "esnext",
      moduleDetection: "force",
      outDir: "out",
      rootDir: ".",
      types: [],
    };
    const config = join(directory, "tsconfig.json");
    writeFileSync(config, JSON.stringify({ compilerOptions: options, files }));
    const tsc = fileURLToPath(new URL("../../../../../node_modules/.bin/tsc", import.meta.url));
    runOn(tsc, ["-p", config], "");
    const modules = files.map(
      (file) => import(/* @vite-ignore */ pathToFileURL(join(out, file.replace(/ts$/, "js"))).href),
    );
    const loaded: Emitted[] = await Promise.all(modules);
    compare(runModules(loaded), emitted);
    const x = [1, 2, 5, -1, 3, 1];
    for (const [k, program] of constant.entries()) {
      const where = emitted[programs.length + k];
      expect(loaded[programs.length + k].f(x), where).toEqual([...compileProgram(program)(x, 6)]);
    }
  });
});

test("of hostile names and docstrings nothing is code", () => {
  expectHarmless(typescript, new RegExp(`${string}|\`[^\`]*\`|${block}|//${rest}`, "g"));
});
