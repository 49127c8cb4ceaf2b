// Builds dist/kernels.wasm from assembly/, dist/inlined-kernels.js from that, and dist/as-bind.js
// from as-bind's runtime. With --accept, the hash of the .wasm becomes the committed one.
import { createHash } from "node:crypto";
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import asc from "assemblyscript/asc";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "dist");
const require = createRequire(import.meta.url);
await mkdir(dist, { recursive: true });

// Every flag here is part of the numerical contract: AssemblyScript's exp and log switch their
// algorithm with the shrink level, and so change bits.
const { error, stderr } = await asc.main(
  [
    "assembly/index.ts",
    ...["--baseDir", join(here, "../..")],
    ...["--outFile", "packages/kernels/dist/kernels.wasm"],
    ...["--optimizeLevel", "3", "--shrinkLevel", "0"],
    ...["--runtime", "minimal", "--exportRuntime"],
    ...["--enable", "simd", "--disable", "nontrapping-f2i"],
    ...["--transform", "./packages/kernels/as-bind-transform.mjs"],
  ],
  { stdout: process.stdout },
);
if (error) {
  console.error(stderr.toString() || error);
  process.exit(1);
}

const kernels = await readFile(join(dist, "kernels.wasm"));
if (process.argv.includes("--accept")) {
  const hash = createHash("sha256").update(kernels);
  await writeFile(join(here, "kernels.sha256"), `${hash.digest("hex")}  dist/kernels.wasm\n`);
}

// For bundlers: 3 % more to transfer than the file, where base64 of it as it is takes 34 % more.
await writeFile(
  join(dist, "inlined-kernels.js"),
  `export const inlinedKernels =\n  "${gzipSync(kernels, { level: 9 }).toString("base64")}";\n`,
);

await copyFile(join(here, "src/kernels.d.wasm.ts"), join(dist, "kernels.d.wasm.ts"));

// as-bind always compiles what it is given. Edge runtimes compile nothing and hand over a
// WebAssembly.Module instead, so the constructor that as-bind calls lets one pass.
const moduleOrBytes = `
export class ModuleOrBytes {
  constructor(source) {
    // biome-ignore lint: returning another object is the point
    return source instanceof WebAssembly.Module ? source : new WebAssembly.Module(source);
  }
  static [Symbol.hasInstance](value) { return value instanceof WebAssembly.Module; }
  static exports(module) { return WebAssembly.Module.exports(module); }
  static customSections(module, name) { return WebAssembly.Module.customSections(module, name); }
}`;
const asBind = dirname(require.resolve("as-bind/package.json"));
const runtime = await readFile(join(asBind, "dist/as-bind.esm.js"), "utf8");
const licence = await readFile(join(asBind, "LICENSE"), "utf8");
const bundled = await build({
  stdin: { contents: runtime.replaceAll("WebAssembly.Module", "ModuleOrBytes") },
  banner: {
    js:
      `/*!\n * as-bind\n *\n${licence.trim().replace(/^/gm, " * ").replace(/ +$/gm, "")}\n ` +
      `*/${moduleOrBytes.replaceAll("export ", "")}`,
  },
  format: "esm",
  minify: true,
  write: false,
  legalComments: "inline",
});
await writeFile(join(dist, "as-bind.js"), bundled.outputFiles[0].contents);
