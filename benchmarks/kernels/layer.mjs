// The layer kernel inside WebAssembly, as a share of the machine's 128-bit peak.

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";
import { inTurns, quartiles } from "./measure.mjs";

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

/** A task that repeats `run` for about 2 ms, with the operations it does; compiled and warm. */
function slice(operations, run) {
  let repeats = 1;
  let taken = 0;
  // doubles until V8 has optimised the function and a slice is long enough to time it
  for (let total = 0; total < 5e7 || taken < 1e6; total += taken) {
    if (taken < 1e6) repeats *= 2;
    const start = process.hrtime.bigint();
    run(repeats);
    taken = Number(process.hrtime.bigint() - start);
  }
  repeats = Math.ceil((repeats * 2e6) / taken);
  return { operations: operations * repeats, run: () => run(repeats) };
}

/**
 * Quartiles over the rounds of the peak's GFLOP/s, and for each size those of every pass and of its
 * share in percent of the peak, which is the median of the round's slices between the sizes.
 */
export function benchmarkLayer(rounds = 101) {
  const slices = sizes.flatMap((n) => {
    const data = exports.layerData(n, batch / 32);
    return [
      slice(exports.PEAK_OPERATIONS.value, exports.peak),
      ...passes.map((_, pass) =>
        slice(2 * n * n * batch, (repeats) => exports.layer(data, pass, repeats)),
      ),
    ];
  });
  const taken = inTurns(
    rounds,
    slices.map(({ run }) => run),
  );
  const rates = slices.map(({ operations }, k) => taken[k].map((ns) => operations / ns));
  const period = passes.length + 1;
  const peak = Array.from({ length: rounds }, (_, round) => {
    const [, middle] = quartiles(sizes.map((_, k) => rates[k * period][round]));
    return middle;
  });
  const layers = sizes.map((n, k) => {
    const measured = { n };
    passes.forEach((pass, i) => {
      const rate = rates[k * period + 1 + i];
      const share = rate.map((r, round) => (100 * r) / peak[round]);
      measured[pass] = { rate: quartiles(rate), share: quartiles(share) };
    });
    return measured;
  });
  return { peak: quartiles(peak), layers };
}
