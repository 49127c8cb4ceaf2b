// Runs the suite of test/runtimes in this Node and writes its digests into docs/reproducibility.md.

import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundleMain, output } from "../test/runtimes/bundle-suite.mjs";
import { digestTables, withTables } from "../test/runtimes/digest-tables.mjs";

const file = fileURLToPath(new URL("../docs/reproducibility.md", import.meta.url));
await bundleMain();
const suite = spawnSync(process.execPath, [join(output, "main.mjs")], { encoding: "utf8" });
if (suite.status !== 0) throw new Error(suite.stderr);
writeFileSync(file, withTables(readFileSync(file, "utf8"), digestTables(JSON.parse(suite.stdout))));
console.log("docs/reproducibility.md has the digests of this build; golden.ts is changed by hand");
