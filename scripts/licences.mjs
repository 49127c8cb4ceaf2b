// Writes docs/licences.md: what the packages need at run time, from package-lock.json.

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { locate, locked } from "./lock-file.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
/** The entry itself where what is found is a link to it. */
function target(from, name) {
  const place = locate(from, name);
  return locked[place].link ? locked[place].resolved : place;
}

/** From name and version to licence and to the direct dependency that brings it in. */
const found = new Map();
function visit(place, by) {
  const name = place.slice(place.lastIndexOf("node_modules/") + "node_modules/".length);
  const { version, license, dependencies } = locked[place];
  const key = `${name} ${version}`;
  const known = found.get(key) ?? { name, version, license, by: new Set() };
  if (known.by.has(by)) return;
  found.set(key, known);
  known.by.add(by);
  for (const dependency of Object.keys(dependencies ?? {})) visit(target(place, dependency), by);
}

for (const folder of readdirSync(`${root}/packages`)) {
  const home = `packages/${folder}`;
  for (const dependency of Object.keys(locked[home].dependencies ?? {})) {
    const place = target(home, dependency);
    if (!place.startsWith("packages/"))
      visit(place, `${dependency} of ${locked[home].name ?? folder}`);
  }
}

const rows = [...found.values()]
  .sort((a, b) => (a.name < b.name ? -1 : 1))
  .map(
    ({ name, version, license, by }) =>
      `| ${name} | ${version} | ${license} | ${[...by].sort().join(", ")} |`,
  );
const text = `# Licences of what the packages need at run time

The packages themselves have the MIT licence. \`npm run licences\` writes this page.

| package | version | licence | brought in by |
| --- | --- | --- | --- |
${rows.join("\n")}

Some packages also contain code of others:

- @latticode/kernels contains as-bind 0.8.2 (MIT), with its notice in the file. Its WebAssembly contains
  parts of AssemblyScript's standard library (Apache-2.0).
- \`dist/browser\` of latticode contains the libraries that draw and read CSV. Its \`licences.txt\` has their
  licences.
`;
const path = `${root}/docs/licences.md`;
if (!process.argv.includes("--check")) writeFileSync(path, text);
else if (readFileSync(path, "utf8") !== text) {
  console.error("docs/licences.md is not what package-lock.json says: run npm run licences");
  process.exitCode = 1;
}
