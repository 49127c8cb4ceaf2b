import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import * as esbuild from "esbuild";
import { rollup } from "rollup";
import * as vite from "vite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { run } from "../run-command.ts";
import { tool } from "./pack.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const entry = fileURLToPath(new URL("bundled.ts", import.meta.url));
// Outside of the repository: a bundle that left something out would not find it.
const directory = mkdtempSync(join(tmpdir(), "latticode-bundles-"));
const output = (name: string) => join(directory, name);

beforeAll(() => {
  writeFileSync(join(directory, "package.json"), JSON.stringify({ type: "module" }));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Bundles as a user with no configuration would. */
async function bundleWithEsbuild(platform: "browser" | "node"): Promise<string> {
  const outfile = join(output(`esbuild-${platform}`), "main.js");
  await esbuild.build({ entryPoints: [entry], bundle: true, format: "esm", platform, outfile });
  return outfile;
}

async function bundleWithRollup(): Promise<string> {
  // Rollup reads JavaScript only.
  const javascript = join(root, "test", "packages", "dist", "bundled.js");
  await esbuild.build({ entryPoints: [entry], outfile: javascript, format: "esm" });
  const bundle = await rollup({ input: javascript, plugins: [nodeResolve()] });
  const file = join(output("rollup"), "main.js");
  await bundle.write({ file, format: "esm", inlineDynamicImports: true });
  return file;
}

async function bundleWithVite(): Promise<string> {
  const site = output("vite-site");
  mkdirSync(site, { recursive: true });
  writeFileSync(join(site, "index.html"), `<script type="module" src="${entry}"></script>`);
  const outDir = output("vite");
  // Vite's own preamble for pages needs one; what is ours does not.
  const build = { outDir, modulePreload: { polyfill: false } };
  await vite.build({ root: site, configFile: false, logLevel: "error", build });
  const assets = join(outDir, "assets");
  return join(assets, readdirSync(assets).find((name) => /^index.*\.js$/.test(name))!);
}

const bundlers: readonly [name: string, bundle: () => Promise<string>][] = [
  ["esbuild, for browsers", () => bundleWithEsbuild("browser")],
  ["esbuild, for Node", () => bundleWithEsbuild("node")],
  ["Rollup", bundleWithRollup],
  ["Vite", bundleWithVite],
];
const expected = { solved: true, digest: expect.stringMatching(/^[0-9a-f]{64}$/) };

test.each(bundlers)("%s bundles the pipeline, which finds its WebAssembly", async (_, bundle) => {
  const file = await bundle();
  expect(existsSync(join(file, "..", "kernels.wasm"))).toBe(false);
  const outcome = await run(process.execPath, [file], { cwd: directory });
  expect(outcome, outcome.stderr).toMatchObject({ code: 0 });
  expect(JSON.parse(outcome.stdout)).toMatchObject(expected);
});

test("workers run in a bundle that has their file beside it", async () => {
  await esbuild.build({
    stdin: {
      contents: `
        import { loadKernels } from "@latticode/kernels";
        import { openPool } from "@latticode/training";
        const pool = await openPool({ kernels: await loadKernels(), workers: 2 });
        console.log(pool.workers);
        pool.close();`,
      resolveDir: root,
    },
    bundle: true,
    format: "esm",
    outfile: join(output("workers"), "main.js"),
  });
  const main = join(output("workers"), "main.js");
  const alone = await run(process.execPath, [main]);
  expect(alone.stderr).toContain("with workers: 0 all runs in the calling thread");
  await esbuild.build({
    entryPoints: [fileURLToPath(import.meta.resolve("@latticode/training/unit-worker.js"))],
    bundle: true,
    format: "esm",
    outdir: output("workers"),
  });
  expect(await run(process.execPath, [main])).toMatchObject({ code: 0, stdout: "2\n" });
});

test("workerd finds the WebAssembly by its export condition", async () => {
  const worker = output("workerd");
  await esbuild.build({
    stdin: {
      contents: `
        import { loadKernels } from "@latticode/kernels";
        export default {
          async test() {
            const kernels = await loadKernels();
            const [x] = kernels.leastSquares(Float64Array.of(2), 1, 1, Float64Array.of(6), 1);
            if (x !== 3) throw new Error("x is " + x);
          },
        };`,
      resolveDir: root,
    },
    bundle: true,
    format: "esm",
    conditions: ["workerd"],
    loader: { ".wasm": "copy" },
    assetNames: "kernels",
    outfile: join(worker, "worker.js"),
  });
  writeFileSync(
    join(worker, "config.capnp"),
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (services = [(name = "main", worker = (
  modules = [
    (name = "worker.js", esModule = embed "worker.js"),
    (name = "kernels.wasm", wasm = embed "kernels.wasm"),
  ],
  compatibilityDate = "2026-01-01",
))]);`,
  );
  const outcome = await run(tool("workerd"), ["test", join(worker, "config.capnp")]);
  expect(outcome, outcome.stderr).toMatchObject({ code: 0 });
});
