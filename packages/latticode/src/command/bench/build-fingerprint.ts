import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const packages = [
  "@latticode/kernels",
  "@latticode/program",
  "@latticode/network",
  "@latticode/tasks",
  "@latticode/training",
  "@latticode/normalizers",
  "@latticode/machines",
  "@latticode/verification",
  "@latticode/regression",
  "@latticode/codegen",
  "latticode",
];

/**
 * What the results depend on, in 16 hexadecimal digits: SHA-256 over the built files of all
 * packages but those of the command that only start threads and write reports, and the ready-made
 * build for pages, the same code again. A version alone does not tell two builds apart.
 */
export function buildFingerprint(): string {
  const hash = createHash("sha256");
  for (const name of packages) {
    const directory = dirname(fileURLToPath(import.meta.resolve(name)));
    const files = readdirSync(directory, { recursive: true, encoding: "utf8" })
      .map((file) => file.replaceAll("\\", "/"))
      .filter((file) => /\.(js|wasm)$/.test(file) && !/\.test\.js$/.test(file))
      .filter((file) => name !== "latticode" || !isReporting(file))
      .sort();
    for (const file of files) {
      hash.update(`${name}/${file}\n`).update(readFileSync(join(directory, file)));
    }
  }
  return hash.digest("hex").slice(0, 16);
}

/** Files of the command that decide what a task comes to; nothing else of it does. */
const deciding = /^command\/(run-emitted|bench\/(bench-data|judge|run-task|program-line))\.js$/;

const isReporting = (file: string) =>
  /^(cli\.js|browser\/|command\/|inspection\/)/.test(file) && !deciding.test(file);
