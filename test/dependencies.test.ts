import { existsSync, readdirSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, join, posix, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { filesBelow, importsOf, root, withoutComments } from "./sources.ts";

// The packages from the bottom up: each may depend on those before it, never on one after it.
const order = [
  "kernels",
  "program",
  "network",
  "tasks",
  "training",
  "normalizers",
  "machines",
  "verification",
  "regression",
  "codegen",
  "latticode",
];

// The command is not part of the library: it alone may read files and know the benchmark tasks.
const isCommandFile = (file: string) =>
  file === "latticode/src/cli.ts" || file.startsWith("latticode/src/command/");

// Nor is the entry of pages, which has a folder of its own when it is bundled: it exports readers and
// writers of examples beside the library.
const isPageEntry = (file: string) => file === "latticode/src/browser/index.ts";

// These differ by engine, host or moment and would make results differ with them. What is left of
// Math is exact or correctly rounded by the language's specification.
const reproducibleMath =
  /^(abs|ceil|clz32|floor|fround|imul|max|min|round|sign|sqrt|trunc|PI|E|LN2|LOG2E|LN10|SQRT2)$/;
const hostDependent =
  /\b(Date|performance|Intl|localeCompare|toLocale\w+|setTimeout|navigator|process)\b/;
const allowedHostUse: Record<string, RegExp> = {
  // Reads the WebAssembly from a file.
  "kernels/src/load.ts": /\bprocess\b/,
  // Gives way to messages and signals every now and then.
  "network/src/give-way.ts": /\b(performance|setTimeout)\b/,
  // Tells a loss now and then.
  "training/src/workers/unit-worker.ts": /\b(performance|process)\b/,
  // Start workers, as many as there are cores, and end them; results do not depend on their number.
  "training/src/workers/worker-lane.ts": /\b(process|setTimeout)\b/,
  "training/src/workers/pool.ts": /\b(navigator|process)\b/,
  // The seconds of each stage.
  "latticode/src/pipeline/stages.ts": /\bperformance\b/,
};

// What a network is made of is for those who train, normalize, store, digest or print one to know.
const perceptron =
  /\b(hiddenDepth|hiddenWidth|outputDepth|outputWidth|runNetwork|networkLayers|parameterCount)\b/;
const onlyRuns = (file: string) =>
  /^(program|tasks|machines|verification|codegen|latticode\/src\/pipeline)\//.test(file) &&
  file !== "latticode/src/pipeline/digest.ts";

// These are large, and the library does without them.
const drawingLibraries = ["@observablehq/plot", "linkedom", "@viz-js/viz"];
const drawingImport = new RegExp(`^import (?!type)[^;"]*"(${drawingLibraries.join("|")})"`, "m");

const packagesDirectory = join(root, "packages");
const readJson = (path: string) => JSON.parse(readFileSync(path, "utf8"));

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly type: string;
  readonly sideEffects: boolean;
  readonly license: string;
  readonly exports: Record<string, unknown>;
  readonly dependencies?: Record<string, string>;
  readonly devDependencies?: Record<string, string>;
}

interface SourceFile {
  /** From packages/ on, with forward slashes. */
  readonly file: string;
  readonly isTest: boolean;
  /** Without comments. */
  readonly code: string;
  readonly imports: readonly string[];
}

function readSources(name: string): SourceFile[] {
  return filesBelow(`packages/${name}/src`, /\.ts$/).map((path) => {
    const code = withoutComments(readFileSync(join(root, path), "utf8"));
    return {
      file: path.slice("packages/".length),
      isTest: path.endsWith(".test.ts"),
      code,
      imports: importsOf(code),
    };
  });
}

/** "@scope/name/path" and "name/path" without the path. */
function packageOf(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

/** The place in the order of the package that a specifier names, or -1. */
function placeOf(specifier: string): number {
  return order.indexOf(packageOf(specifier).replace("@latticode/", ""));
}

const packages = order.map((name) => ({
  name,
  manifest: readJson(join(packagesDirectory, name, "package.json")) as Manifest,
  sources: readSources(name),
}));
const rootManifest = readJson(join(root, "package.json")) as Manifest;

test("every package is in the order", () => {
  expect(readdirSync(packagesDirectory).sort()).toEqual([...order].sort());
});

describe.each(packages)("$name", ({ name, manifest, sources }) => {
  const place = order.indexOf(name);
  const shipped = sources.filter((source) => !source.isTest);

  test("has sources", () => {
    expect(shipped.length).toBeGreaterThan(0);
  });

  test("has a complete manifest", () => {
    expect(manifest.name).toBe(name === "latticode" ? name : `@latticode/${name}`);
    expect(manifest).toMatchObject({ type: "module", sideEffects: false, license: "MIT" });
    for (const target of Object.values(manifest.exports)) {
      if (typeof target === "string") {
        expect(target).toMatch(/^\.\/schema\/[a-z-]+\.json$/);
        continue;
      }
      expect(target).toMatchObject({
        types: expect.stringMatching(/^\.\/dist\/.*\.d(\.wasm)?\.ts$/),
        default: expect.stringMatching(/^\.\/dist\/.*\.(js|wasm)$/),
      });
      // Conditions are tried in order.
      expect(Object.keys(target as object)[0]).toBe("types");
    }
  });

  test("depends on packages before it only, at their version", () => {
    for (const [dependency, range] of Object.entries(manifest.dependencies ?? {})) {
      if (placeOf(dependency) === -1) continue;
      expect(placeOf(dependency), dependency).toBeLessThan(place);
      expect(range, dependency).toBe(packages[placeOf(dependency)].manifest.version);
    }
  });

  test("imports packages before it only", () => {
    for (const { file, isTest, imports } of sources) {
      // A test may look at its own package as it was built.
      const last = isTest ? place : place - 1;
      for (const specifier of imports.filter((specifier) => placeOf(specifier) !== -1)) {
        expect(placeOf(specifier), `${file} imports ${specifier}`).toBeLessThanOrEqual(last);
      }
    }
  });

  test("imports tasks from the command, the entry of pages and tests only", () => {
    const importers = shipped.filter(
      ({ file, imports }) =>
        imports.some((specifier) => packageOf(specifier) === "@latticode/tasks") &&
        !isCommandFile(file) &&
        !isPageEntry(file),
    );
    expect(importers.map(({ file }) => file)).toEqual([]);
    if (name !== "latticode")
      expect(Object.keys(manifest.dependencies ?? {})).not.toContain("@latticode/tasks");
  });

  test("imports nothing of Node's outside the command and tests", () => {
    const importers = shipped.filter(
      ({ file, imports }) => imports.some(isBuiltin) && !isCommandFile(file),
    );
    expect(importers.map(({ file }) => file)).toEqual([]);
  });

  test("keeps the command and the entry of pages out of the library", () => {
    const importers = shipped.filter(
      ({ file, imports }) =>
        !isCommandFile(file) &&
        imports
          .map((specifier) => join(dirname(file), specifier).replaceAll("\\", "/"))
          .some((target) => isCommandFile(target) || isPageEntry(target)),
    );
    expect(importers.map(({ file }) => file)).toEqual([]);
  });

  test("declares every import", () => {
    for (const { file, isTest, imports } of sources) {
      const declared = Object.keys({
        ...manifest.dependencies,
        ...(isTest && manifest.devDependencies),
        ...(isTest && rootManifest.devDependencies),
        ...(isTest && { [manifest.name]: manifest.version }),
      });
      for (const specifier of imports) {
        const where = `${file} imports ${specifier}`;
        if (specifier.startsWith(".")) {
          const target = resolve(packagesDirectory, dirname(file), specifier);
          // What a build makes has its declaration beside the sources.
          const declaration = target.replace(/\.(js|wasm)$/, (_, kind) =>
            kind === "js" ? ".d.ts" : ".d.wasm.ts",
          );
          expect(existsSync(target) || existsSync(declaration), where).toBe(true);
          const home = isTest ? root : join(packagesDirectory, name);
          expect(target.startsWith(home), where).toBe(true);
        } else if (isBuiltin(specifier)) {
          expect(specifier, where).toMatch(/^node:/);
        } else {
          expect(declared, where).toContain(packageOf(specifier));
        }
      }
    }
  });

  test("uses every package it declares", () => {
    const imported = new Set(shipped.flatMap(({ imports }) => imports.map(packageOf)));
    for (const dependency of Object.keys(manifest.dependencies ?? {})) {
      expect([...imported], dependency).toContain(dependency);
    }
  });

  test("loads what draws on demand, for inspections only", () => {
    for (const { file, code } of shipped) {
      const [, library] = code.match(drawingImport) ?? [];
      expect(library, `${file} imports it at once`).toBeUndefined();
    }
    if (name === "latticode") return;
    const declared = { ...manifest.dependencies, ...manifest.devDependencies };
    for (const library of drawingLibraries) expect(declared).not.toHaveProperty([library]);
  });

  test("asks networks only what any cell can tell, where it does no more than run them", () => {
    for (const { file, code } of shipped.filter(({ file }) => onlyRuns(file))) {
      expect(code.match(perceptron)?.[0], file).toBeUndefined();
    }
  });

  test("computes nothing that depends on the host", () => {
    for (const { file, code } of shipped.filter(({ file }) => !isCommandFile(file))) {
      for (const [, member] of code.matchAll(/\bMath\.(\w+)/g)) {
        expect(member, `${file} uses Math.${member}`).toMatch(reproducibleMath);
      }
      // Powers of two and of integer literals are exact; any other may be rounded differently.
      const powers = code.replace(/\b\d+n? \*\* \d+n?\b|\b2 \*\* /g, "").match(/[\w)\]] \*\*=? .*/);
      expect(powers?.[0], `${file} uses **`).toBeUndefined();
      const allowed = allowedHostUse[file];
      const rest = allowed ? code.replaceAll(new RegExp(allowed, "g"), "") : code;
      expect(rest.match(hostDependent)?.[0], file).toBeUndefined();
    }
  });
});

/** What each file imports, types included; of what is built or installed nothing is followed. */
function importGraph(): Map<string, readonly string[]> {
  const assembly = filesBelow("assembly", /\.ts$/);
  const files = [
    ...assembly.map((file) => ({
      file,
      imports: importsOf(withoutComments(readFileSync(join(root, file), "utf8"))),
    })),
    ...packages.flatMap(({ sources }) =>
      sources.map(({ file, imports }) => ({ file: `packages/${file}`, imports })),
    ),
  ];
  const known = new Set(files.map(({ file }) => file));
  const targetOf = (file: string, specifier: string) => {
    if (specifier.startsWith(".")) return posix.join(posix.dirname(file), specifier);
    const place = placeOf(specifier);
    if (place === -1) return specifier;
    const inside = specifier.slice(packageOf(specifier).length + 1);
    return `packages/${order[place]}/src/${inside === "" ? "" : `${inside}/`}index`;
  };
  return new Map(
    files.map(({ file, imports }) => [
      file,
      imports
        .map((specifier) => targetOf(file, specifier))
        .flatMap((target) => [target, `${target}.ts`].filter((path) => known.has(path))),
    ]),
  );
}

/** The first circle that is met from files in order, or nothing. */
function circleIn(graph: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): readonly string[] | undefined => {
    const at = path.indexOf(file);
    if (at !== -1) return [...path.slice(at), file];
    if (done.has(file)) return undefined;
    for (const target of graph.get(file) ?? []) {
      const circle = visit(target, [...path, file]);
      if (circle) return circle;
    }
    done.add(file);
    return undefined;
  };
  for (const file of graph.keys()) {
    const circle = visit(file, []);
    if (circle) return circle;
  }
  return undefined;
}

describe("no file imports itself by way of others", () => {
  test("a circle is found", () => {
    const graph = new Map([
      ["a", ["b", "c"]],
      ["b", []],
      ["c", ["d"]],
      ["d", ["b", "c"]],
    ]);
    expect(circleIn(graph)).toEqual(["c", "d", "c"]);
    expect(circleIn(new Map([...graph, ["d", ["b"]]]))).toBeUndefined();
  });

  test("neither in a package nor between packages nor in assembly, types included", () => {
    const graph = importGraph();
    const followed = (start: string) =>
      [...graph].filter(([file]) => file.startsWith(start)).flatMap(([, targets]) => targets);
    for (const start of ["assembly/", ...order.map((name) => `packages/${name}/`)]) {
      expect(followed(start), start).not.toEqual([]);
    }
    expect(circleIn(graph)).toBeUndefined();
  });
});
