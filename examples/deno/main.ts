// deno run --allow-read --node-modules-dir=manual examples/deno/main.ts: running sums from 500 examples.

import { accountOf, headlineOf, synthesize } from "latticode";

const [count, length] = [500, 6];
const x = Int32Array.from({ length: count * length }, (_, i) => (((i * i) % 1009) % 97) - 40);
const y = x.map((_, i) => x.subarray(i - (i % length), i + 1).reduce((a, b) => a + b));
const examples = { count, length, inputDim: 1, outputDim: 1, x, y };

const result = await synthesize(examples, { seed: 1 });
if (!result.solved) throw new Error(result.stopped?.reason);
console.log(result.code?.python);
console.log(`${headlineOf(accountOf(result))}; digest ${result.digest}`);
