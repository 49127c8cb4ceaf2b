import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { describe, expect, test } from "vitest";
import { filesBelow, importsOf, root, withoutComments } from "./sources.ts";

// Where things are: tests beside what they test, packages behind their entries.

const textOf = (file: string) => readFileSync(join(root, file), "utf8");
const packages = readdirSync(join(root, "packages")).sort();
const module = /\.(m?ts|m?js)$/;

test("a test stands beside the file whose name it bears, or in test/", () => {
  const tests = filesBelow("packages", /\.test\.ts$/);
  expect(tests.length).toBeGreaterThan(100);
  const alone = tests.filter((file) => !existsSync(join(root, file.replace(/\.test\.ts$/, ".ts"))));
  expect(alone).toEqual([]);
  expect(filesBelow("assembly", /test/)).toEqual([]);
});

/** The built files that a package publishes as entries. */
function entriesOf(name: string): string[] {
  const { exports } = JSON.parse(textOf(`packages/${name}/package.json`)) as { exports: object };
  const targets = Object.values(exports).flatMap((entry) =>
    typeof entry === "string" ? [entry] : Object.values(entry as object),
  );
  return targets.map((target: string) => posix.join("packages", name, target));
}

const entries = new Set(packages.flatMap(entriesOf));

/** Whether an import from a file reaches into a package that the file does not belong to. */
function reachesInside(file: string, specifier: string): boolean {
  if (!specifier.startsWith(".")) return false;
  const target = posix.join(posix.dirname(file), specifier);
  const [, home, rest] = /^packages\/([^/]+)\/(.*)$/.exec(target) ?? [];
  if (home === undefined || file.startsWith(`packages/${home}/`)) return false;
  return !entries.has(target) && !rest.startsWith("testing/");
}

describe("packages are used by their published entries, or by what they have for tests", () => {
  test.each([
    ["test/a.test.ts", "../packages/latticode/src/pipeline/digest.ts", true],
    ["test/packages/a.ts", "../../packages/kernels/dist/instance.js", true],
    ["packages/latticode/src/a.test.ts", "../../kernels/src/load.ts", true],
    ["benchmarks/a.mjs", "../packages/kernels/dist/index.js", false],
    ["benchmarks/a.mjs", "../packages/training/dist/workers/unit-worker.js", false],
    ["packages/verification/src/a.test.ts", "../../program/testing/random-program.ts", false],
    ["packages/machines/testing/a.ts", "../src/system.ts", false],
  ])("%s and %s: %s", (file, specifier, expected) => {
    expect(reachesInside(file, specifier)).toBe(expected);
  });

  test("no test, benchmark, example or script reaches inside", () => {
    const users = [
      ...["test", "benchmarks", "examples", "scripts"].flatMap((at) => filesBelow(at, module)),
      ...filesBelow("packages", module),
    ];
    const found = users.flatMap((file) =>
      importsOf(withoutComments(textOf(file)))
        .filter((specifier) => reachesInside(file, specifier))
        .map((specifier) => `${file}: ${specifier}`),
    );
    expect(found).toEqual([]);
  });
});

describe("the code of packages and assembly, without its tests", () => {
  const code = ["packages", "assembly"]
    .flatMap((at) => filesBelow(at, /\.(ts|mjs)$/))
    .filter((file) => !/\.test\.ts$|\/testing\//.test(file));
  const lines = code.flatMap((file) =>
    textOf(file)
      .replace(/\n$/, "")
      .split("\n")
      .map((text, i) => ({ text, place: `${file}:${i + 1}` })),
  );

  test("no line is longer than the formatter allows", () => {
    const { lineWidth } = JSON.parse(textOf("biome.json")).formatter as { lineWidth: number };
    const long = lines.filter(({ text }) => text.length > lineWidth);
    expect(long.map(({ place }) => place)).toEqual([]);
  });
});
