import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Locked } from "../../scripts/lock-file.mjs";
import { locate, locked } from "../../scripts/lock-file.mjs";
import { run } from "../run-command.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Every package of the repository, by its folder. */
export const folders = readdirSync(join(root, "packages")).sort();

export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly exports: Record<string, unknown>;
  readonly dependencies?: Record<string, string>;
}

const readJson = (path: string) => JSON.parse(readFileSync(path, "utf8"));

/** What a folder's package.json says. */
export function manifestOf(folder: string): Manifest {
  return readJson(join(root, "packages", folder, "package.json"));
}

/** The path of a tool in the root's node_modules. */
export function tool(name: string): string {
  return join(root, "node_modules", ".bin", name);
}

/**
 * Everything that running a package takes, itself included, from place in node_modules to its entry
 * in the lock file.
 */
export function runtimeClosure(name: string): Map<string, Locked> {
  const found = new Map<string, Locked>();
  const visit = (place: string) => {
    if (found.has(place)) return;
    found.set(place, locked[place]);
    const target = locked[place].link ? locked[place].resolved! : place;
    const { dependencies, optionalDependencies } = locked[target];
    for (const dependency of Object.keys({ ...dependencies, ...optionalDependencies })) {
      visit(locate(target, dependency));
    }
  };
  visit(`node_modules/${name}`);
  return found;
}

/** Packs every package into `directory`; gives the file of each, by the package's name. */
export function packAll(directory: string): Map<string, string> {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  // examples are workspaces too, which nobody publishes
  const workspaces = readdirSync(join(root, "packages")).map(
    (name) => `--workspace=packages/${name}`,
  );
  const args = ["pack", ...workspaces, "--json", "--ignore-scripts"];
  const packed = spawnSync("npm", [...args, "--pack-destination", directory], {
    cwd: root,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  if (packed.status !== 0) throw new Error(`npm pack: ${packed.stderr}`);
  const answer = JSON.parse(packed.stdout) as Record<string, { name: string; filename: string }>;
  return new Map(
    Object.values(answer).map(({ name, filename }) => [name, join(directory, filename)]),
  );
}

/**
 * An empty project in `directory` with one package in it, from its tarball, and with that what it
 * depends on: ours from their tarballs, others as package-lock.json has them, so that npm takes them
 * from its cache.
 */
export async function installAlone(
  name: string,
  directory: string,
  tarballs: ReadonlyMap<string, string>,
): Promise<void> {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  const dependencies = { [name]: `file:${tarballs.get(name)}` };
  const packages: Record<string, unknown> = { "": { dependencies } };
  for (const [place, entry] of runtimeClosure(name)) {
    if (!entry.link) packages[place] = { ...entry, dev: undefined };
    else {
      const ours = place.slice("node_modules/".length);
      const resolved = `file:${tarballs.get(ours)}`;
      packages[place] = { ...locked[entry.resolved!], devDependencies: undefined, resolved };
    }
  }
  const write = (file: string, value: unknown) =>
    writeFileSync(join(directory, file), JSON.stringify(value, null, 2));
  write("package.json", { private: true, type: "module", dependencies });
  write("package-lock.json", { lockfileVersion: 3, requires: true, packages });
  const outcome = await run("npm", ["ci", "--prefer-offline", "--ignore-scripts"], {
    cwd: directory,
  });
  if (outcome.code !== 0) throw new Error(`${name}: npm ci: ${outcome.stderr}`);
}
