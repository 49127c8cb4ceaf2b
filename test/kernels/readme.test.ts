import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

test("the README's example has at most 20 lines and prints what the README says", () => {
  const folder = fileURLToPath(new URL("../../packages/kernels", import.meta.url));
  const readme = readFileSync(new URL("../../packages/kernels/README.md", import.meta.url), "utf8");
  const example = /```js\n(.*?)```/s.exec(readme)![1];
  expect(example.trimEnd().split("\n").length).toBeLessThanOrEqual(20);
  const [, printed] = /^prints\n\n```text\n(.*?)```/ms.exec(readme)!;
  const options = { cwd: folder, encoding: "utf8" } as const;
  const run = spawnSync(process.execPath, ["--input-type=module", "-e", example], options);
  expect(run.stderr).toBe("");
  expect(run.stdout).toBe(printed);
});
