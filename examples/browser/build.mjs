// Copies into dist/ what any static host can serve as it is: the page, and beside it the ready-made
// folder of latticode for pages.

import { cpSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const dist = join(here, "dist");
const latticode = dirname(fileURLToPath(import.meta.resolve("latticode/browser")));

rmSync(dist, { recursive: true, force: true });
for (const file of readdirSync(here).filter((name) => /\.(html|css|js)$/.test(name))) {
  cpSync(join(here, file), join(dist, file));
}
cpSync(latticode, join(dist, "latticode"), { recursive: true });
