// What `npm start` and `npm test` do, from a fresh clone on: install when needed, build what
// changed (turbo's cache), then run the main job or every check. Plain Node, as nothing is
// installed yet when it begins.

import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureChromium } from "./chromium.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const oldestNode = [20, 19];

/** Runs a command in the root with our streams; returns its exit code. */
function run(command, args, options = {}) {
  const result = spawnSync(command, args, {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    ...options,
  });
  if (result.error) console.error(`${command}: ${result.error.message}`);
  return result.status ?? 1;
}

/** Runs a tool that is installed in node_modules. */
function tool(name, args, options) {
  const windows = process.platform === "win32";
  const file = join(root, "node_modules", ".bin", windows ? `${name}.cmd` : name);
  return run(file, args, { shell: windows, ...options });
}

/** Whether this Node is new enough. */
function nodeIsSupported() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  const [needMajor, needMinor] = oldestNode;
  return major > needMajor || (major === needMajor && minor >= needMinor);
}

/** Whether node_modules is missing or older than the lock file. */
function needsInstall() {
  const installed = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(installed)) return true;
  return statSync(installed).mtimeMs < statSync(join(root, "package-lock.json")).mtimeMs;
}

function install() {
  if (!needsInstall()) return 0;
  console.log("installing (npm ci)");
  const args = ["ci", "--no-audit", "--no-fund"];
  // npm names the file it runs from; without npm (node scripts/run.mjs) it is looked up.
  // biome-ignore lint/suspicious/noUndeclaredEnvVars: no build depends on it
  const npm = process.env.npm_execpath;
  const code = npm?.endsWith(".js")
    ? run(process.execPath, [npm, ...args])
    : run("npm", args, { shell: process.platform === "win32" });
  if (code !== 0) return code;
  const now = new Date();
  utimesSync(join(root, "node_modules", ".package-lock.json"), now, now);
  return 0;
}

function build() {
  const env = { ...process.env, TURBO_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1" };
  return tool("turbo", ["run", "build", "--no-update-notifier", "--output-logs=errors-only"], {
    env,
  });
}

/** Counts of tests from vitest's JSON report; a file that could not even run counts as one failure. */
function countTests(file) {
  const report = JSON.parse(readFileSync(file, "utf8"));
  const brokenFiles = report.testResults.filter(
    (result) =>
      result.status === "failed" && !result.assertionResults.some((t) => t.status === "failed"),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles.length,
  };
}

function vitest(filters, { skipsBrowser }) {
  const directory = mkdtempSync(join(tmpdir(), "latticode-test-"));
  const report = join(directory, "report.json");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const env = { ...process.env, LATTICODE_SKIP_BROWSER: skipsBrowser ? "1" : "0" };
  const code = tool("vitest", ["run", ...reporters, ...filters], { env });
  const counts = existsSync(report) ? countTests(report) : { passed: 0, failed: 0 };
  rmSync(directory, { recursive: true });
  // An error outside any test, or a filter that matches nothing, is a failure too.
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  return { code, ...counts };
}

function start(argv) {
  const job = argv.length > 0 ? argv : ["synth", "examples/binary-addition.jsonl"];
  return run(process.execPath, ["packages/latticode/bin/latticode.js", ...job], {
    stdio: "inherit",
  });
}

/** Runs every kind of check even after one failed; returns the first failing exit code. */
function test(argv) {
  const skipsBrowser = argv.includes("--skip-browser");
  const filters = argv.filter((argument) => argument !== "--skip-browser");
  let passed = 0;
  let failed = 0;
  let firstFailure = 0;
  const record = (result) => {
    passed += result.passed;
    failed += result.failed;
    firstFailure ||= result.code;
  };
  const one = (code) => record({ code, passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 });

  // A filter may need no browser; its tests fail by themselves where they need one.
  const missing = skipsBrowser || filters.length > 0 ? undefined : ensureChromium();
  if (missing) {
    console.error(missing);
    one(1);
  }
  console.log("lint");
  one(tool("biome", ["check", "."]));
  console.log("type check");
  one(tool("tsc", ["-p", "tsconfig.json"]));
  record(vitest(filters, { skipsBrowser }));

  console.log(`${passed} passed, ${failed} failed`);
  return firstFailure;
}

function main([command, ...argv]) {
  if (command !== "start" && command !== "test") {
    console.error(
      "usage: node scripts/run.mjs start [ARGUMENTS] | test [--skip-browser] [FILTERS]",
    );
    return 2;
  }
  if (!nodeIsSupported()) {
    console.error(
      `Node ${oldestNode.join(".")} or newer is needed, this is ${process.versions.node}`,
    );
    return 1;
  }
  const code = install() || build();
  if (code !== 0) {
    if (command === "test") console.log("0 passed, 1 failed");
    return code;
  }
  return command === "start" ? start(argv) : test(argv);
}

process.exitCode = main(process.argv.slice(2));
