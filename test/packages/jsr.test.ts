import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { run } from "../run-command.ts";
import { manifestOf, tool } from "./pack.ts";

const packages = fileURLToPath(new URL("../../packages", import.meta.url));
// The others need what a build makes, which JSR does not take: the WebAssembly, a worker's file.
const published = ["program", "codegen"];

test("JSR takes program and codegen as they are, at the versions of npm", async () => {
  const directory = mkdtempSync(join(tmpdir(), "latticode-jsr-"));
  try {
    for (const folder of published) {
      const described = JSON.parse(readFileSync(join(packages, folder, "jsr.json"), "utf8"));
      const { name, version } = manifestOf(folder);
      expect(described).toMatchObject({ name, version });
      for (const target of Object.values(described.imports ?? {})) {
        expect(target).toMatch(new RegExp(`@${version}$`));
      }
      mkdirSync(join(directory, folder));
      for (const part of ["src", "README.md", "LICENSE", "jsr.json"]) {
        cpSync(join(packages, folder, part), join(directory, folder, part), { recursive: true });
      }
    }
    // Members of a workspace find each other without a registry.
    const workspace = published.map((folder) => `./${folder}`);
    writeFileSync(join(directory, "deno.json"), JSON.stringify({ workspace }));
    const args = ["publish", "--dry-run", "--allow-dirty"];
    const outcome = await run(tool("deno"), args, { cwd: directory });
    expect(outcome, outcome.stderr).toMatchObject({ code: 0 });
    expect(outcome.stderr).toContain("Simulating publish");
  } finally {
    rmSync(directory, { recursive: true });
  }
});
