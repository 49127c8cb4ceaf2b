import { copyFileSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { beforeAll, expect, test } from "vitest";
import { run } from "../run-command.ts";
import { golden } from "./golden.ts";

const here = fileURLToPath(new URL(".", import.meta.url));
const modules = fileURLToPath(new URL("../../node_modules", import.meta.url));

const kernelsModule = createRequire(import.meta.url).resolve("@latticode/kernels/kernels.wasm");
const output = join(here, "dist");

const tool = (name: string) => join(modules, ".bin", name);

beforeAll(async () => {
  mkdirSync(output, { recursive: true });
  const shared = {
    outdir: output,
    bundle: true,
    format: "esm",
    outExtension: { ".js": ".mjs" },
  } as const;
  await build({
    ...shared,
    entryPoints: [join(here, "main.ts")],
    // The packages stay as they are installed and find their own files.
    packages: "external",
  });
  await build({
    ...shared,
    entryPoints: [join(here, "workerd.ts")],
    external: ["./kernels.wasm"],
    conditions: ["workerd"],
  });
  copyFileSync(kernelsModule, join(output, "kernels.wasm"));
  copyFileSync(join(here, "workerd.capnp"), join(output, "workerd.capnp"));
});

const main = join(output, "main.mjs");
const runtimes: readonly [name: string, command: string, args: readonly string[]][] = [
  ["Node", process.execPath, [main]],
  [
    "Deno",
    tool("deno"),
    [
      "run",
      "--quiet",
      "--no-remote",
      "--no-lock",
      "--node-modules-dir=manual",
      "--allow-read",
      main,
    ],
  ],
  ["Bun", tool("bun"), ["run", "--no-install", main]],
  ["workerd", tool("workerd"), ["test", join(output, "workerd.capnp")]],
];

test.each(runtimes)("%s gives the golden hashes", async (_, command, args) => {
  const outcome = await run(command, args);
  expect(outcome, outcome.stderr).toMatchObject({ code: 0 });
  expect(JSON.parse(outcome.stdout)).toEqual(golden);
});
