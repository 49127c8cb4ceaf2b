// What the bundlers bundle: the whole pipeline, on running sums.

import { synthesize } from "latticode";

const [count, length] = [500, 6];
const x = Int32Array.from({ length: count * length }, (_, i) => (((i * i) % 1009) % 97) - 40);
const y = x.slice();
for (let i = 0; i < y.length; i++) if (i % length > 0) y[i] += y[i - 1];

const examples = { count, length, inputDim: 1, outputDim: 1, x, y };
const { solved, digest } = await synthesize(examples, { seed: 1, workers: 0 });
console.log(JSON.stringify({ solved, digest }));
