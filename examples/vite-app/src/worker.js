import { accountOf, headlineOf, synthesize } from "latticode";

self.onmessage = async () => {
  const [count, length] = [500, 6];
  const x = Int32Array.from({ length: count * length }, (_, i) => (((i * i) % 1009) % 97) - 40);
  const y = x.map((_, i) => x.subarray(i - (i % length), i + 1).reduce((a, b) => a + b));
  const examples = { count, length, inputDim: 1, outputDim: 1, x, y };
  const result = await synthesize(examples, { seed: 1 });
  const statement = headlineOf(accountOf(result));
  postMessage({ statement, code: result.code?.javascript ?? "" });
};
