// What the way into WebAssembly costs: a call through the package against the raw exports of the same module,
// and the time from the module's bytes to a first result.

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { loadKernels } from "@latticode/kernels";

const bytes = readFileSync(fileURLToPath(import.meta.resolve("@latticode/kernels/kernels.wasm")));
const sqrt = 5;

/** ns a call of each round, ascending, for every way; in turns. */
function nanoseconds(ways, rounds, calls) {
  const taken = ways.map(() => []);
  for (let round = -5; round < rounds; round++) {
    for (const [i, way] of ways.entries()) {
      const start = process.hrtime.bigint();
      for (let call = 0; call < calls; call++) way();
      const each = Number(process.hrtime.bigint() - start) / calls;
      if (round >= 0) taken[i].push(each); // until the compiler has optimised them
    }
  }
  return taken.map((values) => values.sort((a, b) => a - b));
}

/** ns of a scalar call and of one with an array of 8 numbers, there and back. */
export async function benchmarkCalls() {
  const module = new WebAssembly.Module(bytes);
  const kernels = await loadKernels(module);
  const stop = (reason) => () => {
    throw new Error(reason);
  };
  const imports = { env: { abort: stop("abort"), refuse: stop("refused") } };
  const raw = new WebAssembly.Instance(module, imports).exports;
  const bank = kernels.createExpressionBank({ rows: 4, capacity: 4, width: 32 });
  const rawBank = raw.bankCreate(4, 4, 32);
  const numbers = Float64Array.of(1, 4, 9, 16, 25, 36, 49, 64);
  // one array that stays in the module's memory: what a caller would do by hand
  const view = raw.__pin(raw.normalDeviates(1, numbers.length));
  const start = new Uint32Array(raw.memory.buffer, view, 3)[1];
  const inside = new Float64Array(raw.memory.buffer, start, numbers.length);
  const [scalarBound, scalarRaw, arrayBound, arrayRaw] = nanoseconds(
    [
      () => bank.size,
      () => raw.bankSize(rawBank),
      () => kernels.elementary("sqrt", numbers),
      () => {
        inside.set(numbers);
        raw.elementaryMap(sqrt, view);
        return inside.slice();
      },
    ],
    ...[21, 20_000],
  );
  return [
    { call: "scalar", bound: scalarBound, raw: scalarRaw },
    { call: "8 numbers in and out", bound: arrayBound, raw: arrayRaw },
  ];
}

/** The bytes with a custom section of their own: the engine would hand out the module it compiled before. */
function distinct(number) {
  const section = Uint8Array.of(0, 6, 1, 0x6e, ...new Uint8Array(Uint32Array.of(number).buffer));
  return Buffer.concat([bytes, section]);
}

async function firstResult(source) {
  const start = performance.now();
  const kernels = await loadKernels(source);
  const [root] = kernels.elementary("sqrt", Float64Array.of(4));
  const taken = performance.now() - start;
  if (root !== 2) throw new Error(`the root of 4 is ${root}`);
  return taken;
}

const inFreshProcess = `
  import { readFileSync } from "node:fs";
  import { fileURLToPath } from "node:url";
  import { loadKernels } from "@latticode/kernels";
  const bytes = readFileSync(fileURLToPath(import.meta.resolve("@latticode/kernels/kernels.wasm")));
  const start = performance.now();
  const kernels = await loadKernels(bytes);
  kernels.elementary("sqrt", Float64Array.of(4));
  console.log(performance.now() - start);
`;

/** ms from bytes to a first result, ascending: of fresh instances, and each in a fresh process. */
export async function benchmarkFirstResult() {
  const instances = [];
  for (let i = -3; i < 31; i++) {
    const taken = await firstResult(distinct(i));
    if (i >= 0) instances.push(taken);
  }
  const cwd = fileURLToPath(new URL(".", import.meta.url));
  const processes = Array.from({ length: 11 }, () => {
    const run = spawnSync(process.execPath, ["--input-type=module", "-e", inFreshProcess], { cwd });
    if (run.status !== 0) throw new Error(run.stderr.toString());
    return Number(run.stdout);
  });
  const ascending = (values) => values.sort((a, b) => a - b);
  return { instances: ascending(instances), processes: ascending(processes) };
}
