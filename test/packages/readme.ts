import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** An example of a README: a module, and what the README says that it prints. */
export interface Example {
  readonly code: string;
  readonly printed: string | undefined;
}

const readmes = fileURLToPath(new URL("../../packages", import.meta.url));

/**
 * The examples of a package's README, its blocks of `js` and `ts`. One that begins with
 * "// continued" belongs to the one before. What an example prints stands in a block after "prints".
 */
export function examplesOf(folder: string): Example[] {
  const readme = readFileSync(`${readmes}/${folder}/README.md`, "utf8");
  const examples: Example[] = [];
  const blocks = /^```(?:js|ts)\n(.*?)^```$(?:\n\nprints\n\n```\w+\n(.*?)^```$)?/gms;
  for (const [, code, printed] of readme.matchAll(blocks)) {
    if (!code.startsWith("// continued\n")) examples.push({ code, printed });
    else {
      const before = examples.pop()!;
      const both = `${before.printed ?? ""}${printed ?? ""}`;
      examples.push({ code: before.code + code, printed: both === "" ? undefined : both });
    }
  }
  return examples;
}
