// The layer kernel inside WebAssembly, as a share of the machine's 128-bit peak.

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

const passes = ["forward", "backwardInput", "backwardWeights"];
const sizes = [1, 2, 4, 8, 16, 32, 64, 128];
const batch = 256;

async function compile() {
  const directory = mkdtempSync(join(tmpdir(), "latticode-layer-"));
  const file = join(directory, "benchmark.wasm");
  const root = fileURLToPath(new URL("../..", import.meta.url));
  // the flags of packages/kernels/build.mjs
  const { error, stderr } = await asc.main([
    "assembly/benchmark.ts",
    ...["--baseDir", root, "--outFile", file],
    ...["--optimizeLevel", "3", "--shrinkLevel", "0", "--runtime", "minimal"],
    ...["--enable", "simd", "--disable", "nontrapping-f2i"],
  ]);
  if (error) throw new Error(stderr.toString());
  const bytes = readFileSync(file);
  rmSync(directory, { recursive: true });
  const env = {
    abort() {
      throw new Error("abort");
    },
    refuse() {
      throw new Error("refused");
    },
  };
  return (await WebAssembly.instantiate(bytes, { env })).instance.exports;
}

const exports = await compile();

function rate(operations, run) {
  const start = process.hrtime.bigint();
  run();
  return operations / Number(process.hrtime.bigint() - start);
}

/**
 * GFLOP/s of 31 rounds, ascending, and the forward pass's share in percent of the highest rate that
 * anything reached in this run: the loop of independent multiplications and additions alone falls short
 * of the kernels themselves.
 */
export function benchmarkLayer() {
  const measurements = sizes.map((n) => {
    const repeats = Math.ceil(2e7 / (2 * n * n * batch));
    const operations = 2 * n * n * batch * repeats;
    const measured = {
      n,
      peak: [],
      share: [],
      forward: [],
      backwardInput: [],
      backwardWeights: [],
    };
    for (let round = 0; round < 36; round++) {
      const peak = rate(96 * 4e5, () => exports.peak(4e5));
      const rates = passes.map((_, pass) =>
        rate(operations, () => exports.layer(pass, n, batch / 32, repeats)),
      );
      if (round < 5) continue; // until the compiler has optimised them
      measured.peak.push(peak);
      passes.forEach((pass, i) => {
        measured[pass].push(rates[i]);
      });
    }
    for (const values of Object.values(measured))
      if (Array.isArray(values)) values.sort((a, b) => a - b);
    return measured;
  });
  const highest = Math.max(
    ...measurements.flatMap(({ peak, ...rates }) => [peak, ...passes.map((p) => rates[p])].flat()),
  );
  for (const measured of measurements) {
    measured.share = measured.forward.map((r) => (100 * r) / highest);
  }
  return measurements;
}
