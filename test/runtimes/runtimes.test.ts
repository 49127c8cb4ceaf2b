import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { openChromium, serveFolder, skipsBrowser } from "../chromium.ts";
import { latticode, run } from "../run-command.ts";
import { bundleMain, bundlePage, bundleWorkerd, output, pageOutput } from "./bundle-suite.mjs";
import { digestTables, tablesIn } from "./digest-tables.mjs";
import { golden } from "./golden.ts";
import type { Results } from "./suite.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const tool = (name: string) => join(root, "node_modules", ".bin", name);
const main = join(output, "main.mjs");

beforeAll(async () => {
  await bundleMain();
  await bundleWorkerd();
  await bundlePage();
});

/** The newest Node of npm, whose package is named after the machine. */
function newestNode(): string {
  const packages = join(root, "test", "runtimes", "newest-node", "node_modules");
  const { platform, arch } = process;
  const system = platform === "win32" ? "win" : platform;
  const file = platform === "win32" ? "node.exe" : "node";
  const found = [`node-${system}-${arch}`, `node-bin-${system}-${arch}`]
    .map((name) => join(packages, name, "bin", file))
    .find((path) => existsSync(path));
  if (!found) throw new Error(`the newest Node is not installed for ${system}-${arch}: npm ci`);
  return found;
}

const denoFlags = [
  ...["--quiet", "--no-remote", "--no-lock", "--node-modules-dir=manual", "--allow-read"],
];

const runtimes: readonly [name: string, command: () => string, args: readonly string[]][] = [
  ["this Node", () => process.execPath, [main]],
  ["the newest Node", newestNode, [main]],
  ["Deno", () => tool("deno"), ["run", ...denoFlags, main]],
  ["Bun", () => tool("bun"), ["run", "--no-install", main]],
  ["workerd", () => tool("workerd"), ["test", join(output, "workerd.capnp")]],
];

async function runSuite(command: string, args: readonly string[]): Promise<Results> {
  const outcome = await run(command, args);
  expect(outcome, outcome.stderr).toMatchObject({ code: 0 });
  return JSON.parse(outcome.stdout);
}

async function runPage(): Promise<Results> {
  const host = await serveFolder(pageOutput);
  const browser = await openChromium();
  try {
    const page = await browser.newPage();
    let workers = 0;
    page.on("worker", () => {
      workers++;
    });
    await page.goto(host.url);
    await page.waitForFunction(() => document.title !== "running", undefined, { timeout: 280_000 });
    const text = (await page.locator("pre").textContent()) ?? "";
    expect(await page.title(), text).toBe("done");
    const results: Results = JSON.parse(text);
    // those of one, of four, and as many as usual
    expect(workers).toBe(1 + 4 + results.usualWorkers);
    return results;
  } finally {
    await browser.close();
    host.close();
  }
}

const documented = readFileSync(join(root, "docs", "reproducibility.md"), "utf8");
let expectedErrors: Results["errors"] | undefined;

function checkResults(results: Results, workers: readonly number[]): void {
  expect(results.kernels).toEqual(golden);
  const counts = Object.keys(results.tasks).map(Number);
  expect(counts).toEqual(workers);
  for (const count of counts) {
    // one command writes them: npm run digests
    expect(digestTables({ ...results, tasks: { [count]: results.tasks[count] } })).toBe(
      tablesIn(documented),
    );
  }
  expectedErrors ??= results.errors;
  expect(results.errors).toEqual(expectedErrors);
  expect(Object.values(results.errors)).not.toContain("no error");
}

describe.concurrent("the suite gives the documented digests", () => {
  test.each(runtimes)("in %s", async (name, command, args) => {
    const results = await runSuite(command(), args);
    const isWorkerd = name === "workerd";
    checkResults(results, isWorkerd ? [0] : [1, 4]);
    expect(results.usualWorkers > 0).toBe(!isWorkerd);
  });

  test.skipIf(skipsBrowser)("in a page of Chromium, with Web Workers", async () => {
    checkResults(await runPage(), [1, 4]);
  });

  test("from the command", async () => {
    const { stdout } = await latticode(["synth", "Sum_Last2", "--seed", "1", "--json", "--quiet"]);
    expect(tablesIn(documented)).toContain(
      `| Sum_Last2 | synthesis | \`${JSON.parse(stdout).digest}\` |`,
    );
  });
});
