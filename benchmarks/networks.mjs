// The networks that benchmarks train, kept in benchmarks/networks (not part of the repository), so
// that what reads them need not train them again. A file is a safetensors file that anything can read.

import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { loadNetwork, saveNetwork } from "../packages/network/dist/index.js";
import { trainLine } from "./training/line.mjs";

const fileOf = (task, seed) =>
  fileURLToPath(new URL(`networks/seed-${seed}/${task}.safetensors`, import.meta.url));

/** Keeps a network with whether it is perfect and its digest; whole or not at all. */
export function keepNetwork(network, { task, seed, perfect, digest }) {
  const file = fileOf(task, seed);
  mkdirSync(fileURLToPath(new URL(`networks/seed-${seed}`, import.meta.url)), { recursive: true });
  writeFileSync(`${file}.part`, saveNetwork(network, { perfect: String(perfect), digest }));
  renameSync(`${file}.part`, file);
}

/** The network that is kept for a task and seed, and whether it is perfect; undefined where none is. */
export function keptNetwork(task, seed) {
  const file = fileOf(task, seed);
  if (!existsSync(file)) return undefined;
  const { network, metadata } = loadNetwork(readFileSync(file));
  return { network, perfect: metadata.perfect === "true" };
}

/** The kept network, or one trained as the training benchmark does, which is then kept. */
export async function networkFor(task, seed, options) {
  const kept = keptNetwork(task, seed);
  if (kept) return kept;
  const { network, line } = await trainLine(task, seed, options);
  keepNetwork(network, line);
  return { network, perfect: line.perfect };
}
