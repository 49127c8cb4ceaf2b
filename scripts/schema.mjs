// Writes packages/latticode/schema/result.json, the JSON Schema of what --json prints.

import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const inPackage = (path) =>
  fileURLToPath(new URL(`../packages/latticode/${path}`, import.meta.url));
const { outputFiles } = await build({
  entryPoints: [inPackage("testing/result-schema.ts")],
  bundle: true,
  write: false,
  format: "esm",
  platform: "node",
  logLevel: "error",
});
const source = Buffer.from(outputFiles[0].contents).toString("base64");
const { publishedSchema } = await import(`data:text/javascript;base64,${source}`);
writeFileSync(inPackage("schema/result.json"), `${JSON.stringify(publishedSchema(), null, 2)}\n`);
