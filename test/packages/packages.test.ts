import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { transformSync } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { run } from "../run-command.ts";
import { folders, installAlone, manifestOf, packAll, tool } from "./pack.ts";
import { examplesOf } from "./readme.ts";

// Outside of the repository, so that nothing of its node_modules is found by accident.
const directory = mkdtempSync(join(tmpdir(), "latticode-packages-"));
const project = (folder: string) => join(directory, folder);
let tarballs: Map<string, string>;

const consumer = fileURLToPath(new URL("injected.ts", import.meta.url));
const denoFlags = ["--quiet", "--no-remote", "--no-lock", "--node-modules-dir=manual", "-A"];
const runtimes: readonly [name: string, command: string, args: readonly string[]][] = [
  ["Node", process.execPath, []],
  ["Deno", tool("deno"), ["run", ...denoFlags]],
  ["Bun", tool("bun"), ["run", "--no-install"]],
];

/** Writes a module as TypeScript, for the type check, and as JavaScript, for all runtimes. */
function writeModule(folder: string, name: string, code: string): void {
  writeFileSync(join(project(folder), `${name}.ts`), code);
  const options = { loader: "ts", format: "esm", target: "es2022" } as const;
  // Imports of types only have to be gone, all others to stay.
  const tsconfigRaw = { compilerOptions: { verbatimModuleSyntax: true } };
  const { code: javascript } = transformSync(code, { ...options, tsconfigRaw });
  writeFileSync(join(project(folder), `${name}.js`), javascript);
}

beforeAll(async () => {
  tarballs = packAll(join(directory, "tarballs"));
  await Promise.all(
    folders.map(async (folder) => {
      await installAlone(manifestOf(folder).name, project(folder), tarballs);
      examplesOf(folder).forEach(({ code }, i) => {
        writeModule(folder, `readme-${i + 1}`, code);
      });
    }),
  );
  writeModule("kernels", "injected", readFileSync(consumer, "utf8"));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe.each(folders)("%s", (folder) => {
  const manifest = manifestOf(folder);

  test("has nothing beside what is built, its README and licence", async () => {
    const outcome = await run("tar", ["-tzf", tarballs.get(manifest.name)!]);
    const files = outcome.stdout.trim().split("\n");
    const others = files.filter((file) => !file.startsWith("package/dist/"));
    const own = ["package/bin/latticode.js", "package/schema/result.json"];
    const command = folder === "latticode" ? own : [];
    const documents = ["package/LICENSE", "package/README.md", "package/package.json"];
    expect(others.sort()).toEqual([...documents, ...command].sort());
    expect(files.filter((file) => /\.test\.|\.tsbuildinfo$|\.map$/.test(file))).toEqual([]);
  });

  test("the README's examples print what it says in Node, Deno and Bun", async () => {
    const examples = examplesOf(folder);
    expect(examples.filter(({ printed }) => printed !== undefined).length).toBeGreaterThan(0);
    const runs = runtimes.map(async ([name, command, args]) => {
      // an example may write files, and all three run at once
      const cwd = join(project(folder), name);
      mkdirSync(cwd, { recursive: true });
      for (const [i, { printed }] of examples.entries()) {
        const module = join(project(folder), `readme-${i + 1}.js`);
        const outcome = await run(command, [...args, module], { cwd });
        expect(outcome, `${name}: ${outcome.stderr}`).toMatchObject({ code: 0, stderr: "" });
        if (printed) expect(lines(outcome.stdout), name).toEqual(lines(printed));
      }
    });
    await Promise.all(runs);
  });
});

/** Without empty lines, of which some are the last character of printed programs. */
const lines = (text: string) => text.split("\n").filter((line) => line !== "");

test("publint has nothing to say, and the types are right for ESM", async () => {
  const checks = folders.map(async (folder) => {
    const tarball = tarballs.get(manifestOf(folder).name)!;
    const published = await run(tool("publint"), [tarball, "--strict"]);
    expect(published, published.stdout).toMatchObject({ code: 0 });
    expect(published.stdout + published.stderr).toContain("All good!");
    const typed = await run(tool("attw"), [tarball, "--profile", "esm-only", "--no-color"]);
    expect(typed, typed.stdout).toMatchObject({ code: 0 });
  });
  await Promise.all(checks);
});

test("the README's examples type-check from where the package was installed alone", async () => {
  const here = fileURLToPath(new URL(".", import.meta.url));
  copyFileSync(join(here, "consumer.tsconfig.json"), join(directory, "tsconfig.json"));
  copyFileSync(join(here, "node.d.mts"), join(directory, "node.d.mts"));
  const outcome = await run(tool("tsc"), ["-p", directory]);
  expect(outcome.stdout).toBe("");
  expect(outcome.code).toBe(0);
});

test.each(runtimes)("in %s kernels load from a module, bytes, and a URL", async (...runtime) => {
  const [, command, args] = runtime;
  const outcome = await run(command, [...args, join(project("kernels"), "injected.js")]);
  expect(outcome, outcome.stderr).toMatchObject({ code: 0 });
  expect(outcome.stdout).toBe("module 3\nbytes 3\nbuffer 3\nURL 3\ntext 3\ndata 3\n");
});

test.each(runtimes)("the command runs in %s", async (...runtime) => {
  const [, command, args] = runtime;
  const bin = join(project("latticode"), "node_modules/latticode/bin/latticode.js");
  const version = await run(command, [...args, bin, "--version"]);
  expect(version.stdout.trim()).toBe(manifestOf("latticode").version);
  const tasks = await run(command, [...args, bin, "tasks", "--json"]);
  expect(tasks, tasks.stderr).toMatchObject({ code: 0 });
  expect(JSON.parse(tasks.stdout)).toHaveLength(62);
});
