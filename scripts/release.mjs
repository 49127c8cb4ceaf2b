// Publishes what has a new version. Provenance is refused for a package that does not name the
// repository it is built in, so that is written into the manifests first, from where this runs.

import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository } = process.env;
if (!server || !repository) {
  console.error(
    "GITHUB_SERVER_URL and GITHUB_REPOSITORY are not set: releases are made by the workflow",
  );
  process.exit(2);
}
const packages = fileURLToPath(new URL("../packages", import.meta.url));
for (const folder of readdirSync(packages)) {
  const path = `${packages}/${folder}/package.json`;
  const manifest = JSON.parse(readFileSync(path, "utf8"));
  const url = `git+${server}/${repository}.git`;
  manifest.repository = { type: "git", url, directory: `packages/${folder}` };
  writeFileSync(path, `${JSON.stringify(manifest, null, 2)}\n`);
}
const published = spawnSync("npx", ["changeset", "publish"], { stdio: "inherit" });
process.exit(published.status ?? 1);
