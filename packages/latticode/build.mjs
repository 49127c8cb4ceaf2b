// Builds dist/browser/, after tsc: a folder for pages without a bundler, in which a browser finds
// all that it needs by relative URLs. What pages and workers share is in a part of its own; the
// libraries that draw, or read CSV, are in parts that are loaded when they are used.

import { copyFile, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const output = join(here, "dist/browser");
const require = createRequire(import.meta.url);

// Parts of an earlier build have other names. The types are tsc's.
for (const file of await readdir(output)) {
  if (!file.endsWith(".d.ts")) await rm(join(output, file));
}

const unitWorker = fileURLToPath(import.meta.resolve("@latticode/training/unit-worker.js"));
const { metafile } = await build({
  entryPoints: [
    { in: join(here, "src/browser/index.ts"), out: "index" },
    // networks are trained in workers, whose file has to lie beside the part that starts them
    { in: unitWorker, out: "unit-worker" },
  ],
  outdir: output,
  absWorkingDir: here,
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "browser",
  // without "module", by which bundlers get the WebAssembly inside of the source
  conditions: [],
  // of parseParquet, which is not exported: their parts would be loaded by nobody
  external: ["hyparquet", "hyparquet-compressors"],
  target: "es2022",
  minify: true,
  legalComments: "linked",
  chunkNames: "part-[hash]",
  metafile: true,
  logLevel: "warning",
});
for (const [file, { imports }] of Object.entries(metafile.outputs)) {
  const bare = imports.find(({ kind, external }) => external && kind !== "require-call");
  if (bare) throw new Error(`${file} imports ${bare.path}, which no page finds`);
}
await copyFile(require.resolve("@latticode/kernels/kernels.wasm"), join(output, "kernels.wasm"));

const head = `Latticode is under the MIT licence. The files beside this one contain these packages,
and those that the .LEGAL.txt files name. Graphviz, which is in @viz-js/viz as WebAssembly, is under
the Eclipse Public License; its source is at https://gitlab.com/graphviz/graphviz.`;
const kept = "Its notice is in a .LEGAL.txt file beside this one.";
await writeFile(join(output, "licences.txt"), await licencesOf(metafile));

/** The licences of what is bundled but not from this repository, by name and version. */
async function licencesOf({ outputs }) {
  const texts = new Map();
  for (const [input, { bytesInOutput }] of Object.values(outputs).flatMap(({ inputs }) =>
    Object.entries(inputs),
  )) {
    const folder = input.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0];
    if (bytesInOutput === 0 || !folder) continue;
    const { name, version, license } = require(join(here, folder, "package.json"));
    const files = await readdir(join(here, folder));
    const file = files.find((name) => /^licen[cs]e(\.(md|txt))?$/i.test(name));
    const text = file ? await readFile(join(here, folder, file), "utf8") : kept;
    texts.set(`${name} ${version} (${license})`, text.replaceAll("\r\n", "\n").trim());
  }
  const sections = [...texts].sort(([a], [b]) => (a < b ? -1 : 1));
  const parts = [head, ...sections.map(([title, text]) => `${title}\n\n${text}`)];
  return `${parts.join(`\n\n${"-".repeat(72)}\n\n`)}\n`;
}
