import { createHash } from "node:crypto";
import { cp, mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { run } from "../run-command.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const built = "packages/kernels/dist/kernels.wasm";

test("the module has the committed hash", async () => {
  const hash = createHash("sha256").update(await readFile(join(root, built)));
  const committed = await readFile(join(root, "packages/kernels/kernels.sha256"), "utf8");
  expect(
    `${hash.digest("hex")}  dist/kernels.wasm\n`,
    "if the change is intended: node packages/kernels/build.mjs --accept",
  ).toBe(committed);
});

test("another build in another place gives the same bytes", async () => {
  const copy = await mkdtemp(join(tmpdir(), "kernels-"));
  try {
    const inputs = [
      "assembly",
      ...["build.mjs", "as-bind-transform.mjs", "src/kernels.d.wasm.ts"].map(
        (file) => `packages/kernels/${file}`,
      ),
    ];
    for (const input of inputs) await cp(join(root, input), join(copy, input), { recursive: true });
    await symlink(join(root, "node_modules"), join(copy, "node_modules"), "junction");
    const outcome = await run(process.execPath, [join(copy, "packages/kernels/build.mjs")]);
    expect(outcome, outcome.stderr).toMatchObject({ code: 0 });
    const [here, there] = await Promise.all([root, copy].map((at) => readFile(join(at, built))));
    expect(there.equals(here)).toBe(true);
  } finally {
    await rm(copy, { recursive: true });
  }
});
