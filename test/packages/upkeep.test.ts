import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { run } from "../run-command.ts";
import { folders, manifestOf, runtimeClosure, tool } from "./pack.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const node = (...args: string[]) => run(process.execPath, args, { cwd: root });
const text = (path: string) => readFileSync(`${root}/${path}`, "utf8");

test("kernels take at most 80 KiB with their WebAssembly, the whole pipeline 200", async () => {
  expect(await node("benchmarks/size.mjs", "--check")).toMatchObject({ code: 0, stderr: "" });
});

test("no dependency is unlisted or unused, and no file is", async () => {
  const outcome = await run(tool("knip"), ["--exclude", "exports,types", "--no-config-hints"], {
    cwd: root,
  });
  expect(outcome, outcome.stdout + outcome.stderr).toMatchObject({ code: 0 });
});

test("the list of licences is what is installed, and all let anyone use them", async () => {
  expect(await node("scripts/licences.mjs", "--check")).toMatchObject({ code: 0, stderr: "" });
  const permissive = /^(MIT|ISC|BSD-[23]-Clause|Apache-2\.0|Unlicense)$/;
  for (const folder of folders) {
    for (const [place, { license, link }] of runtimeClosure(manifestOf(folder).name)) {
      if (!link) expect(license, place).toMatch(permissive);
    }
  }
});

test("the manual of the command is what --help says", async () => {
  expect(await node("scripts/manual.mjs", "--check")).toMatchObject({ code: 0, stderr: "" });
});

test.each(folders)("%s has the licence, and names its dependencies in its README", (folder) => {
  expect(text(`packages/${folder}/LICENSE`)).toBe(text("LICENSE"));
  const [, section] = text(`packages/${folder}/README.md`).split("\n## Dependencies\n");
  expect(section).toBeDefined();
  for (const dependency of Object.keys(manifestOf(folder).dependencies ?? {})) {
    if (folder === "latticode" && dependency.startsWith("@latticode/")) continue;
    expect(section).toContain(`\`${dependency}\``);
  }
});

/** Entries whose exports a README's table of the API names. */
const entriesOf = (folder: string) => {
  const { name } = manifestOf(folder);
  return folder === "latticode" ? [name, `${name}/inspection`] : [name];
};

test.each(folders)(
  "the README of %s names all that is exported, and nothing else",
  async (folder) => {
    const modules = await Promise.all(entriesOf(folder).map((entry) => import(entry)));
    const exported = new Set(modules.flatMap((module) => Object.keys(module)));
    const [, api] = text(`packages/${folder}/README.md`).split("\n## API\n");
    const [table] = api.split("\n## ");
    const cells = [...table.matchAll(/^\| ([^|]*`[^|]*) \|/gm)].map(([, cell]) => cell);
    const named = cells.flatMap((cell) => [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name));
    expect(named.sort()).toEqual([...exported].sort());
  },
);

test("program and codegen bring in nothing but themselves", () => {
  expect([...runtimeClosure("@latticode/program").keys()]).toHaveLength(1);
  const codegen = [...runtimeClosure("@latticode/codegen").keys()].sort();
  expect(codegen).toEqual(["node_modules/@latticode/codegen", "node_modules/@latticode/program"]);
});
