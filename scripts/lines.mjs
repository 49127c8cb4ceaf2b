// Counts the lines of code of packages/ and assembly/ (.ts and .mjs that git tracks), without tests and
// what is for tests: `npm run lines`.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const files = execFileSync("git", ["ls-files", "packages", "assembly"], {
  cwd: root,
  encoding: "utf8",
})
  .split("\n")
  .filter((file) => /\.(ts|mjs)$/.test(file) && !/\.test\.ts$|\/testing\//.test(file));

const counts = new Map();
for (const file of files) {
  const room = file.startsWith("assembly/") ? "assembly" : file.split("/").slice(0, 2).join("/");
  const lines = readFileSync(`${root}/${file}`, "utf8").replace(/\n$/, "").split("\n").length;
  counts.set(room, (counts.get(room) ?? 0) + lines);
}
for (const [room, lines] of counts) console.log(`${String(lines).padStart(7)}  ${room}`);
const all = [...counts.values()].reduce((sum, lines) => sum + lines, 0);
console.log(`${String(all).padStart(7)}  all`);
