import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

// The project's own source files, and what they import.

export const root = fileURLToPath(new URL("..", import.meta.url));

/** Files in and below a folder, from the root on with forward slashes, but for built and installed. */
export function filesBelow(folder: string, name: RegExp): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .map((path) => `${folder}/${path.replaceAll("\\", "/")}`)
    .filter((path) => name.test(path) && !/\/(node_modules|dist|\.turbo)\//.test(path))
    .sort();
}

/** What a module imports or exports from, types and dynamic imports included. */
export function importsOf(code: string): string[] {
  return [
    ...code.matchAll(/^(?:import|export)\s(?:[^;"]*?\sfrom\s)?"([^"\n]+)"/gm),
    ...code.matchAll(/\bimport\("([^"\n]+)"\)/g),
  ].map((match) => match[1]);
}

export function withoutComments(code: string): string {
  return code.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|[^:"'`\\])\/\/.*$/gm, "$1");
}
