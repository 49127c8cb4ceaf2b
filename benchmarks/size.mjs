// Bundles each package for a browser, minified, and writes the sizes to benchmarks/size.md.
// With --check nothing is written: the exit code is 1 where a budget is exceeded.

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
/** KiB, gzipped. */
const budgets = { "@latticode/kernels": 80, latticode: 200 };

async function sizeOf(name) {
  // Everything that is exported is kept.
  const stdin = { contents: `export * from ${JSON.stringify(name)};`, resolveDir: root };
  const options = { bundle: true, minify: true, format: "esm", platform: "browser", write: false };
  const { outputFiles } = await build({ stdin, ...options, outdir: "out", splitting: true });
  const kibibytes = (contents) => contents.length / 1024;
  const sum = (sizes) => sizes.reduce((a, b) => a + b, 0);
  return {
    minified: sum(outputFiles.map(({ contents }) => kibibytes(contents))),
    gzipped: sum(outputFiles.map(({ contents }) => kibibytes(gzipSync(contents, { level: 9 })))),
  };
}

const rows = [];
for (const folder of readdirSync(`${root}/packages`).sort()) {
  const { name } = JSON.parse(readFileSync(`${root}/packages/${folder}/package.json`, "utf8"));
  const { minified, gzipped } = await sizeOf(name);
  const budget = budgets[name];
  rows.push(`| ${name} | ${minified.toFixed(1)} | ${gzipped.toFixed(1)} | ${budget ?? ""} |`);
  if (budget !== undefined && gzipped > budget) {
    console.error(`${name}: ${gzipped.toFixed(1)} KiB gzipped, the budget is ${budget}`);
    process.exitCode = 1;
  }
}
const text = `# Sizes of bundles

KiB of JavaScript that a browser loads, by esbuild from everything that a package exports, with what it
depends on and the WebAssembly inside. \`npm run bench:size\` writes this; a test checks the budgets.

| package | minified | gzipped | budget |
| --- | ---: | ---: | ---: |
${rows.join("\n")}
`;
if (process.argv.includes("--check")) console.log(text);
else writeFileSync(`${root}/benchmarks/size.md`, text);
