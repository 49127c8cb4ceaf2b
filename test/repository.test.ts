import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { extname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

// A clone stands alone: no tracked file points outside of it, to a folder of one machine or to a
// registry that others can't reach.

const root = fileURLToPath(new URL("..", import.meta.url));

const listed = spawnSync("git", ["ls-files", "-z"], {
  cwd: root,
  encoding: "utf8",
});
if (listed.status !== 0) throw new Error(`git ls-files in ${root}: ${listed.stderr}`);
const pictures = new Set([".webp", ".png"]);
const files = [...new Set(listed.stdout.split("\0"))].filter(
  (file) => file !== "" && !pictures.has(extname(file)),
);

/** The text of a file, empty where it was deleted and that is not committed yet. */
function textOf(file: string): string {
  try {
    return readFileSync(join(root, file), "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "";
    throw error;
  }
}

/** Where a path, relative to the folder of a file, leaves the root. */
function climbsOut(file: string, path: string): boolean {
  return posix.normalize(posix.join(posix.dirname(file), path)).startsWith("..");
}

/** What in a file's text points outside the repository. */
function outsiders(file: string, text: string): string[] {
  const relative = [
    ...text.matchAll(/(?<![\w.*/\\\]})-])(?:\.\/)?\.\.(?:\/[\w.@-]+|\/)*(?![\w.])/g),
  ]
    .map(([path]) => path)
    .filter((path) => climbsOut(file, path));
  const fromRoot = [...text.matchAll(/\b(?:root|repository)\w*, *["'`]\.\.[^"'`]*/gi)];
  const ofAMachine = [
    ...text.matchAll(
      /(?<![\w.@/:-])\/(?:work|workspace|root|home|Users|mnt|srv|media)\/[^\s"'`)]+/g,
    ),
    ...text.matchAll(/\b[A-Z]:\\\\?Users\b[\w.\\-]*/g),
    ...text.matchAll(/\bfile:\/\/\/\w[^\s"'`]*/g),
  ];
  const registries = [
    ...text.matchAll(/\bhttps?:\/\/(?:[\w-]+\.)*(?:registry|npm|verdaccio|nexus)\b[^\s"'`)]*/gi),
  ].filter(([url]) => !/^https:\/\/(registry\.npmjs\.org|(www\.)?npmjs\.com)(\/|$)/.test(url));
  return [...relative, ...[...fromRoot, ...ofAMachine, ...registries].map(([found]) => found)];
}

describe("what points outside is found", () => {
  test.each([
    ["test/a.ts", 'new URL("../../other/a.bin", import.meta.url)', "../../other/a.bin"],
    ["packages/a/src/b/c.test.ts", '"../../../../../models/"', "../../../../../models/"],
    ["scripts/a.mjs", 'join(root, "..", "models")', 'root, "..'],
    ["package.json", '"a": "file:../a"', "../a"],
    [".github/workflows/a.yml", "run: ls ../../../models", "../../../models"],
    ["a.json", '"/home/someone/a"', "/home/someone/a"],
    ["a.ts", "`C:\\\\Users\\\\a`", "C:\\\\Users\\\\a"],
    ["a.json", '"http://registry.local:4873/a.tgz"', "http://registry.local:4873/a.tgz"],
  ])("%s: %s", (file, text, found) => {
    expect(outsiders(file, text)).toContain(found);
  });

  test.each([
    ["test/a.ts", 'new URL("..", import.meta.url)'],
    ["packages/a/src/b/c.test.ts", 'import { d } from "../../../../test/d.ts"'],
    ["a.ts", "f(...rest), [0..1], $" + "{a}..$" + "{b}"],
    ["a.json", '"https://registry.npmjs.org/a/-/a-1.0.0.tgz"'],
  ])("and no more than that, %s: %s", (file, text) => {
    expect(outsiders(file, text)).toEqual([]);
  });
});

test("no file points outside the repository", () => {
  // Their examples of paths would be found.
  const examples = ["test/layout.test.ts", "test/repository.test.ts"];
  const checked = files.filter((file) => !examples.includes(file));
  expect(checked.length).toBeGreaterThan(500);
  const found = checked.flatMap((file) =>
    outsiders(file, textOf(file)).map((path) => `${file}: ${path}`),
  );
  expect(found).toEqual([]);
});

test("no link leads outside the repository", () => {
  const { stdout } = spawnSync("git", ["ls-files", "--stage", "-z"], {
    cwd: root,
    encoding: "utf8",
  });
  expect(stdout.split("\0").filter((entry) => entry.startsWith("120000"))).toEqual([]);
});

test("package-lock.json names workspaces and the public registry only", () => {
  const { packages } = JSON.parse(textOf("package-lock.json")) as {
    packages: Record<string, { resolved?: string; link?: boolean }>;
  };
  const places = Object.values(packages).flatMap(({ resolved }) => resolved ?? []);
  const others = places.filter(
    (place) =>
      !place.startsWith("https://registry.npmjs.org/") && !files.includes(`${place}/package.json`),
  );
  expect(others).toEqual([]);
});
