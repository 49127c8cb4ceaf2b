// Writes the versions that changesets gave to package.json into jsr.json, where a package has one.

import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const packages = fileURLToPath(new URL("../packages", import.meta.url));
for (const folder of readdirSync(packages)) {
  const path = `${packages}/${folder}/jsr.json`;
  if (!existsSync(path)) continue;
  const { version } = JSON.parse(readFileSync(`${packages}/${folder}/package.json`, "utf8"));
  const text = readFileSync(path, "utf8");
  writeFileSync(
    path,
    text
      .replace(/("version": )"[^"]*"/, `$1"${version}"`)
      .replace(/(jsr:@latticode\/\w+@)[^"]*/g, `$1${version}`),
  );
}
