import { spawn } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findTask, formatJsonl, sampleTask } from "@latticode/tasks";
import { build } from "esbuild";
import { afterAll, expect, test } from "vitest";
import { openChromium, serveFolder, skipsBrowser } from "./chromium.ts";
import { latticode, run } from "./run-command.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const examples = join(root, "examples");
const tool = (name: string) => join(root, "node_modules", ".bin", name);
const directory = mkdtempSync(join(tmpdir(), "latticode-examples-"));

afterAll(() => rmSync(directory, { recursive: true }));

test("Node, Deno and Bun find the same program in 15 lines", async () => {
  const deno = "run --quiet --no-remote --no-lock --allow-read --node-modules-dir=manual";
  const outcomes = [
    await run(process.execPath, [join(examples, "node", "main.mjs")]),
    await run(tool("deno"), [...deno.split(" "), join(examples, "deno", "main.ts")]),
    await run(tool("bun"), ["run", "--no-install", join(examples, "bun", "main.ts")]),
  ];
  for (const outcome of outcomes) {
    expect(outcome, outcome.stderr).toMatchObject({ code: 0, stdout: outcomes[0].stdout });
  }
  expect(outcomes[0].stdout).toMatch(/^def f\(s\):[\s\S]* \+= x\n[\s\S]*; digest [0-9a-f]{64}\n$/);
});

test.skipIf(skipsBrowser)("the page finds a program, shows how, and stays responsive", async () => {
  const host = await serveFolder(join(examples, "browser", "dist"));
  const browser = await openChromium();
  try {
    const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
    const problems: string[] = [];
    page.on("pageerror", (error) => problems.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error") problems.push(message.text());
    });
    await page.goto(host.url);
    const text = page.locator("#text");
    await page.waitForFunction(() => document.querySelector("textarea")?.value !== "");
    // the longest time between two frames while everything is computed
    await page.evaluate(() => {
      let last = performance.now();
      const state = window as unknown as { longest: number };
      state.longest = 0;
      const tick = (now: number) => {
        state.longest = Math.max(state.longest, now - last);
        last = now;
        requestAnimationFrame(tick);
      };
      requestAnimationFrame(tick);
    });
    await page.selectOption("#task", "Parity_All");
    await page.waitForFunction(() => document.querySelector("textarea")?.value.includes('"x":[1'));
    await page.getByRole("button", { name: "Find the program" }).click();
    await page.locator("#machine svg").waitFor({ timeout: 120_000 });
    expect(await page.locator("#status").textContent()).toMatch(
      /^Solved: right at every label, and the labels determine the program; equal to the network on /,
    );
    expect(await page.locator("#program").textContent()).toMatch(/^def f\(s\):[\s\S]*\^/);
    expect(await page.locator("#machine .node").count()).toBeGreaterThanOrEqual(2);
    expect(await page.locator("#states").getAttribute("aria-label")).toMatch(/^Hidden states/);
    const titles = await page.locator("#report dt").allTextContents();
    expect(titles).toEqual(
      expect.arrayContaining(["labels", "compared with the network", "proofs", "domain"]),
    );
    expect(await page.locator("#report dd").count()).toBeGreaterThan(titles.length);
    const longest = await page.evaluate(() => (window as unknown as { longest: number }).longest);
    // generous: the machine that runs the tests does other things too
    expect(longest).toBeLessThan(2000);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBe(0);

    // the same digest as the command's for the same file
    const digest = ((await page.locator("#digest").textContent()) ?? "").match(/[0-9a-f]{64}/)?.[0];
    const file = join(directory, "parity.jsonl");
    writeFileSync(file, await text.inputValue());
    const { stdout } = await latticode(["synth", file, "--json", "--quiet"]);
    expect(JSON.parse(stdout).digest).toBe(digest);

    await text.fill('{"x": [1, 2], "y": [1]}');
    await page.getByRole("button", { name: "Find the program" }).click();
    await page.getByRole("alert").waitFor();
    expect(await page.getByRole("alert").textContent()).toBe("examples:1: y has 1 row, x has 2");
    expect(problems).toEqual([]);
  } finally {
    await browser.close();
    host.close();
  }
});

test.skipIf(skipsBrowser)("the app that Vite has built finds a program", async () => {
  const output = join(directory, "vite");
  const app = join(examples, "vite-app");
  const built = await run(tool("vite"), ["build", "--outDir", output, "--emptyOutDir"], {
    cwd: app,
  });
  expect(built, built.stderr).toMatchObject({ code: 0 });
  const host = await serveFolder(output);
  const browser = await openChromium();
  try {
    const page = await browser.newPage();
    let workers = 0;
    page.on("worker", () => {
      workers++;
    });
    await page.goto(host.url);
    await page.waitForFunction(() => document.querySelector("pre")?.textContent !== "", undefined, {
      timeout: 120_000,
    });
    expect(await page.getByRole("status").textContent()).toMatch(/^solved/);
    expect(await page.locator("pre").textContent()).toContain("export function f(s)");
    // its own, and at least one that networks are trained in
    expect(workers).toBeGreaterThan(1);
  } finally {
    await browser.close();
    host.close();
  }
});

test("the worker at the edge answers with programs, clear errors and streams", async () => {
  const source = join(examples, "cloudflare-worker");
  const output = join(directory, "worker");
  mkdirSync(output);
  await build({
    entryPoints: [join(source, "worker.js")],
    outfile: join(output, "worker.mjs"),
    bundle: true,
    format: "esm",
    external: ["./kernels.wasm"],
    conditions: ["workerd", "worker", "browser"],
    logLevel: "error",
  });
  const kernels = createRequire(import.meta.url).resolve("@latticode/kernels/kernels.wasm");
  copyFileSync(kernels, join(output, "kernels.wasm"));
  const port = await freePort();
  writeFileSync(join(output, "config.capnp"), workerdConfig(port));
  const workerd = spawn(tool("workerd"), ["serve", join(output, "config.capnp")], {
    stdio: ["ignore", "inherit", "inherit"],
  });
  try {
    const url = `http://127.0.0.1:${port}`;
    await untilAnswering(url);
    const post = (path: string, body: string) => fetch(url + path, { method: "POST", body });
    const parity = sampleTask(findTask("Parity_All")!, { count: 200, seed: 1 });
    const body = [...formatJsonl(parity)].join("\n");
    const found = await post("/program", body);
    expect(found.status).toBe(200);
    const { code, digest, ...claims } = (await found.json()) as Record<string, unknown> & {
      code: { python: string };
    };
    expect(claims).toMatchObject({
      verdict: "solved",
      relation: { kind: "exhaustive", length: 10, words: 1024 },
      statement: expect.stringMatching(/^solved: right at every label/),
      domain: { rows: [[0], [1]], length: 10 },
      ...{ missing: [], questions: [] },
    });
    expect(code.python).toMatch(/^def f\(s\):/);
    const file = join(directory, "edge.jsonl");
    writeFileSync(file, body);
    const { stdout } = await latticode(["synth", file, "--json", "--quiet"]);
    expect(JSON.parse(stdout).digest).toBe(digest);

    const refusals: [path: string, body: string, status: number, error: RegExp][] = [
      ["/program", "", 400, /empty|at least 10/],
      ["/program", '{"x": [1], "y": [1, 2]}', 400, /^body:1: y has 2 rows, x has 1$/],
      ["/program", `${body}\n`.repeat(40), 413, /^the body has more than 262144 bytes$/],
      ["/program", `${" ".repeat(70_000)}`, 413, /^a line has more than 65536 bytes$/],
      [
        "/program",
        `${body}\n${body.split("\n")[0].replace(/\d\]\}$/, "7]}")}`,
        400,
        /^body: labels contradict each other in 2 of 201 sequences/,
      ],
      ["/elsewhere", "x", 404, /^POST examples to \/program/],
      ["/constructor", "x", 404, /^POST examples to \/program/],
    ];
    for (const [path, text, status, error] of refusals) {
      const response = await post(path, text);
      expect(response.status, `${path} ${text.slice(0, 30)}`).toBe(status);
      expect(((await response.json()) as { error: string }).error).toMatch(error);
    }
    expect((await fetch(`${url}/run`)).status).toBe(405);

    // what no small network does: a number that each input only points to, as if drawn
    const hashed = { count: 100, length: 10, inputDim: 1, outputDim: 1 };
    const x = Int32Array.from({ length: 1000 }, (_, i) => (i * 7919 + 13 * i * i) % 100_003);
    const y = x.map((value, i) => (Math.imul(value ^ (i * 40503), 2654435761) >>> 8) % 1009);
    const hopeless = await post("/program", [...formatJsonl({ ...hashed, x, y })].join("\n"));
    expect(hopeless.status).toBe(422);
    expect(await hopeless.text()).toContain("no program was found");

    const streamed = await post("/run", "[[1,1,0],[1,0,0]]\n[[1],[0]]\nnonsense\n[[0.5],[1]]");
    const lines = (await streamed.text()).trim().split("\n");
    expect(lines.slice(0, 3)).toEqual([
      "[0,0,1]",
      "[1]",
      '{"error":"line 3: not [[bits], [bits]]"}',
    ]);
    expect(lines[3]).toMatch(/^\{"error":"line 4: /);
  } finally {
    workerd.kill();
  }
});

function workerdConfig(port: number): string {
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = (
    modules = [
      (name = "worker.mjs", esModule = embed "worker.mjs"),
      (name = "kernels.wasm", wasm = embed "kernels.wasm"),
    ],
    compatibilityDate = "2026-01-01",
  ))],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);
`;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

async function untilAnswering(url: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await fetch(url);
      return;
    } catch (error) {
      if (tries > 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
