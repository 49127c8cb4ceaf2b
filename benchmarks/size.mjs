// Bundles each package for a browser, minified, and writes the sizes to benchmarks/size.md, beside
// those of the ready-made files that a page without a bundler loads.
// With --check nothing is written: the exit code is 1 where a budget is exceeded.

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
/** KiB, gzipped. */
const budgets = { "@latticode/kernels": 80, latticode: 200, "latticode/browser": 200 };

async function sizeOf(name) {
  // Everything that is exported is kept.
  const stdin = { contents: `export * from ${JSON.stringify(name)};`, resolveDir: root };
  const options = { bundle: true, minify: true, format: "esm", platform: "browser", write: false };
  const { outputFiles } = await build({ stdin, ...options, outdir: "out", splitting: true });
  return sizesOf(outputFiles.map(({ contents }) => contents));
}

function sizesOf(files) {
  const kibibytes = (contents) => contents.length / 1024;
  const sum = (sizes) => sizes.reduce((a, b) => a + b, 0);
  return {
    minified: sum(files.map(kibibytes)),
    gzipped: sum(files.map((contents) => kibibytes(gzipSync(contents, { level: 9 })))),
  };
}

/** Of the ready-made folder, what a page and its workers load before they use a part for drawing. */
function sizeOfFolder() {
  const folder = dirname(fileURLToPath(import.meta.resolve("latticode/browser")));
  const loaded = new Map();
  const load = (file) => {
    if (loaded.has(file)) return;
    const contents = readFileSync(join(folder, file));
    loaded.set(file, contents);
    if (file.endsWith(".wasm")) return;
    for (const [, part] of contents.toString().matchAll(/\b(?:from|import)"\.\/([^"]+)"/g))
      load(part);
  };
  for (const file of ["index.js", "unit-worker.js", "kernels.wasm"]) load(file);
  return sizesOf([...loaded.values()]);
}

const rows = [];
function addRow(name, { minified, gzipped }) {
  const budget = budgets[name];
  rows.push(`| ${name} | ${minified.toFixed(1)} | ${gzipped.toFixed(1)} | ${budget ?? ""} |`);
  if (budget !== undefined && gzipped > budget) {
    console.error(`${name}: ${gzipped.toFixed(1)} KiB gzipped, the budget is ${budget}`);
    process.exitCode = 1;
  }
}
for (const folder of readdirSync(`${root}/packages`).sort()) {
  const { name } = JSON.parse(readFileSync(`${root}/packages/${folder}/package.json`, "utf8"));
  addRow(name, await sizeOf(name));
  if (name === "latticode") addRow("latticode/browser", sizeOfFolder());
}
const text = `# Sizes of bundles

The table shows how many KiB of JavaScript a browser loads. esbuild bundles everything that a package
exports, with its dependencies and the WebAssembly inside. \`latticode/browser\` is the ready-made folder
for pages without a bundler. For it, the files count that a page and its workers load before they draw
anything or read CSV, \`kernels.wasm\` among them. \`npm run bench:size\` writes this page, and a test
checks the budgets.

| package | minified | gzipped | budget |
| --- | ---: | ---: | ---: |
${rows.join("\n")}
`;
if (process.argv.includes("--check")) console.log(text);
else writeFileSync(`${root}/benchmarks/size.md`, text);
