// What package-lock.json says of installed packages.

import { readFileSync } from "node:fs";

/** Entries by their place, as in node_modules/vitest. */
export const locked = JSON.parse(
  readFileSync(new URL("../package-lock.json", import.meta.url), "utf8"),
).packages;

/** Where a package at `from` finds another: Node's search upwards, over the entries of the lock file. */
export function locate(from, name) {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf("/node_modules/")))) {
    const place = `${at === "" ? "" : `${at}/`}node_modules/${name}`;
    if (locked[place]) return place;
    if (at === "") throw new Error(`package-lock.json has no ${name} for ${from}`);
    if (!at.includes("/node_modules/")) at = "";
  }
}
