// Emitted text compiled and run, against the interpreter: TypeScript, C, Rust and WebAssembly, and
// lists in Python and JavaScript.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Expression, Program } from "@latticode/program";
import {
  and,
  compileProgram,
  conditional,
  drawIntegers,
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
import wabt from "wabt";
import { compileAndRun, hasCompiler, runOn, withDirectory } from "../../../test/compilers.ts";
import { randomListProgram } from "../../../test/random-lists.ts";
import { randomProgram } from "../../program/testing/random-program.ts";
import type { Language } from "./languages.ts";
import { emit } from "./languages.ts";

const length = 7;
const inputs = { min: -(2 ** 40), max: 2 ** 40 };

interface Case {
  readonly program: number;
  /** Row-major, [length, inputDim]. */
  readonly x: readonly number[];
  /** Outputs, or "error". */
  readonly expected: string;
}

const programs: readonly Program[] = [
  ...Array.from({ length: 90 }, (_, k) => randomProgram({ seed: 900 + k, depth: 1 + (k % 4) })),
  ...Array.from({ length: 110 }, (_, k) => randomListProgram(500 + k)),
];

const cases: readonly Case[] = programs.flatMap((program, k) => {
  const draw = drawIntegers(77, k);
  const run = compileProgram(program);
  return [2 ** 30, 4, 9].map((largest, round): Case => {
    const least = round === 2 ? 0 : -largest;
    const x = Array.from(
      { length: length * program.inputDim },
      () => draw(least, largest) * (round === 0 ? 1000 : 1),
    );
    try {
      const outputs = run(x, length);
      return { program: k, x, expected: outputs.join(" ") };
    } catch {
      return { program: k, x, expected: "error" };
    }
  });
});

/** One list an input. */
function columns({ program, x }: Case): number[][] {
  const { inputDim } = programs[program];
  return Array.from({ length: inputDim }, (_, i) =>
    Array.from({ length }, (_, t) => x[t * inputDim + i]),
  );
}

const texts = (language: Language) =>
  programs.map((program) => emit(program, language, { inputs, docstring: "Found in noise." }));

/**
 * Equal to the interpreter's wherever a result is given, and given nearly always; an error where the
 * interpreter has one.
 */
function compare(results: readonly string[], language: Language): void {
  expect(results).toHaveLength(cases.length);
  const source = texts(language);
  const counts = { equal: 0, errors: 0, beyond: 0 };
  for (const [i, { program, x, expected }] of cases.entries()) {
    const where = () => `${source[program]}\n${JSON.stringify(programs[program])}\n${x}`;
    if (results[i] === "error" && expected !== "error") {
      // Only what is large, or may be on the way, is refused.
      const largest = Math.max(...x.map(Math.abs));
      if (largest <= 9) expect(mayBeLarge(programs[program]), where()).toBe(true);
      counts.beyond++;
      continue;
    }
    if (results[i] !== expected) expect(results[i], where()).toBe(expected);
    counts[expected === "error" ? "errors" : "equal"]++;
  }
  expect(counts.equal).toBeGreaterThan(250);
  expect(counts.errors).toBeGreaterThan(30);
  expect(counts.beyond).toBeLessThan(150);
}

/** Small inputs grow large by repeated products only. */
function mayBeLarge(program: Program): boolean {
  return JSON.stringify([program.updates, program.outputs]).includes('"*"');
}

const lines = cases.map((given) => [given.program, ...columns(given).flat()].join(" ")).join("\n");

test("C, by gcc, with undefined behaviour being an error", async () => {
  if (!hasCompiler("gcc")) return;
  const seen = new Set<string>();
  const blocks: string[] = [];
  for (const [k, text] of texts("c").entries()) {
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
  compare(output.trimEnd().split("\n"), "c");
});

test("Rust, by rustc", async () => {
  if (!hasCompiler("rustc")) return;
  const modules = texts("rust").map((text, k) => `mod p${k} {\n${text}}`);
  const calls = programs.map((program, k) => {
    const args = Array.from(
      { length: program.inputDim },
      (_, i) => `&x[${i * length}..${(i + 1) * length}]`,
    );
    const row =
      program.outputs.length === 1
        ? "vec![y]"
        : `vec![${program.outputs.map((_, o) => `y.${o}`).join(", ")}]`;
    return `${k} => p${k}::f(${args.join(", ")}).map(|ys| ys.into_iter().flat_map(|y| ${row}).collect()),`;
  });
  const main = `
fn call(k: i64, x: &[i64]) -> Result<Vec<i64>, &'static str> { match k { ${calls.join("\n")} _ => Err("") } }
fn main() {
  for line in std::io::stdin().lines() {
    let numbers: Vec<i64> = line.unwrap().split(' ').map(|n| n.parse().unwrap()).collect();
    match call(numbers[0], &numbers[1..]) {
      Ok(ys) => println!("{}", ys.iter().map(|y| y.to_string()).collect::<Vec<_>>().join(" ")),
      Err(_) => println!("error"),
    }
  }
}`;
  const source = [...modules, main].join("\n");
  const output = await withDirectory((directory) =>
    compileAndRun(directory, "rustc", source, lines),
  );
  compare(output.trimEnd().split("\n"), "rust");
});

interface Exports {
  readonly memory: WebAssembly.Memory;
  readonly heap: WebAssembly.Global;
  readonly f: (...addresses: number[]) => void;
}

test("WebAssembly text, assembled by wabt", async () => {
  const { parseWat } = await wabt();
  const instances = texts("wat").map((text, k) => {
    const parsed = parseWat(`program${k}.wat`, text, { bulk_memory: true });
    const { buffer } = parsed.toBinary({});
    parsed.destroy();
    return new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(buffer)));
  });
  const results = cases.map((given) => {
    const { memory, heap, f } = instances[given.program].exports as unknown as Exports;
    const start = heap.value as number;
    const { inputDim, outputs } = programs[given.program];
    const column = 8 * length;
    const ys = start + inputDim * column;
    const missing = ys + outputs.length * column - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / 65536));
    new BigInt64Array(memory.buffer, start, inputDim * length).set(
      columns(given).flat().map(BigInt),
    );
    try {
      f(...Array.from({ length: inputDim }, (_, i) => start + i * column), length, ys);
    } catch {
      return "error";
    }
    return new BigInt64Array(memory.buffer, ys, outputs.length * length).join(" ");
  });
  compare(results, "wat");
});

type Emitted = { f: (...lists: readonly number[][]) => (number | number[])[] };

function runModules(modules: readonly Emitted[]): string[] {
  return cases.map((given) => {
    try {
      return modules[given.program]
        .f(...columns(given))
        .flat()
        .join(" ");
    } catch (error) {
      expect(error).toBeInstanceOf(RangeError);
      return "error";
    }
  });
}

test("JavaScript", async () => {
  const modules = texts("javascript").map(
    (text) => import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(text)}`),
  );
  compare(runModules(await Promise.all(modules)), "javascript");
});

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
    const emitted = [...texts("typescript"), ...constant.map((p) => emit(p, "typescript"))];
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
    const tsc = fileURLToPath(new URL("../../../node_modules/.bin/tsc", import.meta.url));
    runOn(tsc, ["-p", config], "");
    const modules = files.map(
      (file) => import(/* @vite-ignore */ pathToFileURL(join(out, file.replace(/ts$/, "js"))).href),
    );
    const loaded: Emitted[] = await Promise.all(modules);
    compare(runModules(loaded), "typescript");
    const x = [1, 2, 5, -1, 3, 1];
    for (const [k, program] of constant.entries()) {
      const where = emitted[programs.length + k];
      expect(loaded[programs.length + k].f(x), where).toEqual([...compileProgram(program)(x, 6)]);
    }
  });
});

const pythonRunner = `
import json, sys
for line in sys.stdin:
    case = json.loads(line)
    scope = {}
    exec(case["text"], scope)
    try:
        ys = scope["f"](*case["lists"])
        rows = [y if type(y) is tuple else (y,) for y in ys]
        values = [value for row in rows for value in row]
        print(" ".join(hex(v) if type(v) is int else repr(type(v)) for v in values))
    except (ZeroDivisionError, IndexError, ValueError):
        print("error")
`;

test("Python", () => {
  if (!hasCompiler("python3")) return;
  const source = texts("python");
  const input = cases.map((given) =>
    JSON.stringify({ text: source[given.program], lists: columns(given) }),
  );
  const output = runOn("python3", ["-c", pythonRunner], input.join("\n"));
  const decimal = (line: string) =>
    line === "error"
      ? line
      : line
          .split(" ")
          .map((text) => (text.startsWith("-") ? -BigInt(text.slice(1)) : BigInt(text)))
          .join(" ");
  compare(output.trimEnd().split("\n").map(decimal), "python");
});
