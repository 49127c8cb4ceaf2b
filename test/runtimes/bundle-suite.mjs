// Bundles the suite for each kind of runtime into dist/.

import { copyFileSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
const require = createRequire(import.meta.url);

/** Where it is bundled to. */
export const output = join(here, "dist");
export const pageOutput = join(output, "page");

/** For Node, Deno and Bun: the packages stay as they are installed and find their own files. */
export async function bundleMain() {
  await bundle("main.ts", { outfile: join(output, "main.mjs"), packages: "external" });
}

/** For workerd, one module and the compiled kernels. */
export async function bundleWorkerd() {
  await bundle("workerd.ts", {
    outfile: join(output, "workerd.mjs"),
    external: ["./kernels.wasm"],
    conditions: ["workerd", "worker", "browser"],
  });
  copyFileSync(require.resolve("@latticode/kernels/kernels.wasm"), join(output, "kernels.wasm"));
  copyFileSync(join(here, "workerd.capnp"), join(output, "workerd.capnp"));
}

/** For a browser: a folder for any static host, with the workers' file and the kernels in it. */
export async function bundlePage() {
  await bundle("page.ts", { outfile: join(pageOutput, "page.js"), platform: "browser" });
  await build({
    entryPoints: [fileURLToPath(import.meta.resolve("@latticode/training/unit-worker.js"))],
    outfile: join(pageOutput, "unit-worker.js"),
    bundle: true,
    format: "esm",
    logLevel: "error",
  });
  const kernels = require.resolve("@latticode/kernels/kernels.wasm");
  copyFileSync(kernels, join(pageOutput, "kernels.wasm"));
  copyFileSync(join(here, "page.html"), join(pageOutput, "index.html"));
}

async function bundle(entry, options) {
  mkdirSync(output, { recursive: true });
  await build({
    entryPoints: [join(here, entry)],
    bundle: true,
    format: "esm",
    logLevel: "error",
    ...options,
  });
}
