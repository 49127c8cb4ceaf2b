import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import * as esbuild from "esbuild";
import { synthesize } from "latticode";
import { rollup } from "rollup";
import * as vite from "vite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openChromium, serveFolder, skipsBrowser } from "../chromium.ts";
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

describe.skipIf(skipsBrowser)("without a bundler", () => {
  // running sums
  const sums = `
    const [count, length] = [500, 6];
    const x = Int32Array.from({ length: count * length }, (_, i) => (((i * i) % 1009) % 97) - 40);
    const y = x.map((_, i) => x.subarray(i - (i % length), i + 1).reduce((a, b) => a + b));
    return { count, length, inputDim: 1, outputDim: 1, x, y };`;
  const examples = new Function(sums)() as Parameters<typeof synthesize>[0];
  const readyMade = dirname(fileURLToPath(import.meta.resolve("latticode/browser")));

  /** What the page shows and the workers that it started, when it has run a module of this text. */
  async function openPage(name: string, policy: string, module: string) {
    const site = output(name);
    mkdirSync(site, { recursive: true });
    const meta = `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
    const script = '<script type="module" src="page.js"></script>';
    writeFileSync(join(site, "index.html"), `<!doctype html>${meta}<pre></pre>${script}`);
    writeFileSync(join(site, "page.js"), module);
    const host = await serveFolder(site);
    const browser = await openChromium();
    try {
      const page = await browser.newPage();
      const workers: string[] = [];
      page.on("worker", (worker) => workers.push(worker.url().replace(host.url, "")));
      const requests: string[] = [];
      page.on("request", (request) => requests.push(request.url()));
      await page.goto(host.url);
      await page.waitForFunction(() => document.querySelector("pre")?.textContent !== "");
      return { shown: JSON.parse((await page.locator("pre").textContent())!), workers, requests };
    } finally {
      await browser.close();
      host.close();
    }
  }

  const pageOf = (folder: string, options: readonly string[]) => `
    import { synthesize } from "${folder}/index.js";
    const examples = (() => {${sums}})();
    const outcomes = [];
    for (const options of [${options}]) {
      const run = synthesize(examples, { seed: 1, ...options });
      outcomes.push(await run.then(({ digest }) => digest, ({ message }) => message));
    }
    document.querySelector("pre").textContent = JSON.stringify(outcomes);`;

  let digest: string;
  beforeAll(async () => {
    const synthesis = await synthesize(examples, { seed: 1, workers: 0 });
    expect(synthesis.solved).toBe(true);
    digest = synthesis.digest;
  });

  test("networks are trained in workers, to the digest of Node", async () => {
    cpSync(readyMade, join(output("page"), "latticode"), { recursive: true });
    const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";
    const module = pageOf("./latticode", ["{ workers: 2 }"]);
    const { shown, workers, requests } = await openPage("page", policy, module);
    expect(shown).toEqual([digest]);
    // where two were asked for and one can't be started, it fails
    expect(workers).toEqual(Array(2).fill("latticode/unit-worker.js"));
    // what draws or reads CSV, most of the folder, is not loaded
    const loaded = requests.filter((url) => /latticode\/part-/.test(url));
    const parts = readdirSync(readyMade).filter((file) => /^part-.*\.js$/.test(file));
    expect(new Set(loaded).size).toBeLessThan(parts.length - 2);
  });

  test("with the folder on another host, they are trained in the page's thread", async () => {
    const elsewhere = await serveFolder(readyMade);
    try {
      const host = elsewhere.url.slice(0, -1);
      const policy = `default-src 'none'; script-src 'self' ${host} 'wasm-unsafe-eval'; connect-src ${host}`;
      const module = pageOf(host, ["{}", "{ workers: 2 }"]);
      const { shown, workers } = await openPage("elsewhere", policy, module);
      expect(shown).toEqual([
        digest,
        expect.stringContaining("with workers: 0 all runs in the calling thread"),
      ]);
      expect(workers).toEqual([]);
    } finally {
      elsewhere.close();
    }
  });
});
