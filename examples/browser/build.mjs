// Builds dist/: a folder that any static host can serve as it is.

import { copyFileSync, mkdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
const dist = join(here, "dist");
const require = createRequire(import.meta.url);
const training = dirname(fileURLToPath(import.meta.resolve("@latticode/training")));

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });
await build({
  entryPoints: [
    join(here, "page.js"),
    join(here, "synthesis-worker.js"),
    // networks are trained in workers of the worker, whose file has to lie beside it
    { in: join(training, "unit-worker.js"), out: "unit-worker" },
  ].map((entry) => (typeof entry === "string" ? { in: entry, out: nameOf(entry) } : entry)),
  outdir: dist,
  bundle: true,
  splitting: true,
  format: "esm",
  target: "es2022",
  minify: true,
  legalComments: "linked",
  chunkNames: "part-[hash]",
  logLevel: "warning",
});
for (const file of ["index.html", "style.css"]) copyFileSync(join(here, file), join(dist, file));
copyFileSync(require.resolve("@latticode/kernels/kernels.wasm"), join(dist, "kernels.wasm"));

function nameOf(path) {
  return path.slice(here.length).replace(/\.js$/, "");
}
