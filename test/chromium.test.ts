import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { run } from "./run-command.ts";

const file = fileURLToPath(new URL("../scripts/chromium.mjs", import.meta.url));

/** What `npm test` says before it runs anything, with other variables of the environment. */
async function said(variables: Record<string, string>): Promise<string> {
  const script = `
    Object.assign(process.env, ${JSON.stringify(variables)});
    process.getuid = () => 1000;
    const { ensureChromium } = await import(${JSON.stringify(file)});
    console.log(ensureChromium() ?? "there");`;
  const outcome = await run(process.execPath, ["--input-type=module", "--eval", script]);
  expect(outcome, outcome.stderr).toMatchObject({ code: 0 });
  return outcome.stdout.trim();
}

test("without Chromium one line says what to install", async () => {
  expect(await said({ PATH: "/nowhere" })).toMatch(
    /^(there|no Chromium: install the package chromium, .*--skip-browser)$/,
  );
  expect(await said({ LATTICODE_CHROMIUM: "/nowhere/chromium" })).toBe(
    "LATTICODE_CHROMIUM names /nowhere/chromium, which is no file",
  );
  expect(await said({ LATTICODE_CHROMIUM: process.execPath })).toBe("there");
});
