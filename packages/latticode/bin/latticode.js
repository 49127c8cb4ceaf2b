#!/usr/bin/env node
// The command of the package. In a clone it is there before the build is.

import { existsSync } from "node:fs";

const command = new URL("../dist/cli.js", import.meta.url);
if (existsSync(command)) {
  await import(command.href);
} else {
  process.stderr.write("latticode: not built yet; run `npm run build` in the repository first\n");
  process.exitCode = 1;
}
