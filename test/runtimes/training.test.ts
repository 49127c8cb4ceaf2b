import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { beforeAll, expect, test } from "vitest";
import { run } from "../run-command.ts";

const here = fileURLToPath(new URL(".", import.meta.url));
const output = join(here, "dist", "training");
const main = join(output, "training-main.mjs");
const tool = (name: string) =>
  fileURLToPath(new URL(`../../node_modules/.bin/${name}`, import.meta.url));
const denoFlags = [
  "--quiet",
  "--no-remote",
  "--no-lock",
  "--node-modules-dir=manual",
  "--allow-read",
];

beforeAll(async () => {
  mkdirSync(output, { recursive: true });
  const outExtension = { ".js": ".mjs" };
  const shared = { outdir: output, bundle: true, format: "esm", outExtension } as const;
  // The packages stay as they are installed, where workers find their file.
  const entryPoints = [join(here, "training-main.ts")];
  await build({ ...shared, entryPoints, packages: "external" });
  const workerdEntry = { entryPoints: [join(here, "training-workerd.ts")] };
  await build({
    ...shared,
    ...workerdEntry,
    external: ["./kernels.wasm"],
    conditions: ["workerd"],
  });
  const kernelsModule = createRequire(import.meta.url).resolve("@latticode/kernels/kernels.wasm");
  copyFileSync(kernelsModule, join(output, "kernels.wasm"));
  const config = readFileSync(join(here, "workerd.capnp"), "utf8");
  writeFileSync(
    join(output, "workerd.capnp"),
    config.replaceAll("workerd.mjs", "training-workerd.mjs"),
  );
});

const runtimes: readonly [name: string, command: string, args: () => readonly string[]][] = [
  ["Deno", tool("deno"), () => ["run", ...denoFlags, main]],
  ["Bun", tool("bun"), () => ["run", "--no-install", main]],
  ["workerd", tool("workerd"), () => ["test", join(output, "workerd.capnp")]],
];

test("a training ends with the same weights on every runtime, with any number of workers", async () => {
  const resultsOf = async (command: string, args: readonly string[]) => {
    const outcome = await run(command, args);
    expect(outcome, outcome.stderr).toMatchObject({ code: 0 });
    return JSON.parse(outcome.stdout) as { workers: number; perfect: boolean; weights: number[] }[];
  };
  const node = await resultsOf(process.execPath, [main]);
  expect(node[0]).toMatchObject({ workers: 0, perfect: true });
  for (const [name, command, args] of runtimes) {
    const results = await resultsOf(command, args());
    const workers = name === "workerd" ? [0] : node.map((result) => result.workers);
    expect(results, name).toEqual(workers.map((workers) => ({ ...node[0], workers })));
  }
  expect(node.map(({ workers }) => workers).slice(0, 2)).toEqual([0, 2]);
  expect(node[2].workers).toBeGreaterThan(0);
  expect(node.map(({ weights }) => weights)).toEqual(node.map(() => node[0].weights));
});
