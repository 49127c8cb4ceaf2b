import { loadKernels } from "@latticode/kernels";
import { isRejection } from "@latticode/machines";
import { recurrentOf } from "@latticode/network";
import { expect, test } from "vitest";
import {
  affineLayers,
  buildNetwork,
  inBasis,
  randomBasis,
  randomInteger,
  seededRandom,
  traceOn,
  withNoise,
} from "../../testing/networks.ts";
import { impulseResponse } from "./impulse-response.ts";
import { realizeResponse, reproduces } from "./realization.ts";

const kernels = await loadKernels();

test("recurrences of random integer systems are found from their networks, in any basis", () => {
  let exact = 0;
  for (let seed = 0; seed < 60; seed++) {
    const random = seededRandom(seed);
    const n = 1 + (seed % 4);
    const entries = (rows: number, columns: number) =>
      Array.from({ length: rows }, () =>
        Array.from({ length: columns }, () => (random() < 0.4 ? 0 : randomInteger(random, -1, 1))),
      );
    const inputs = randomInteger(random, 1, 2);
    const { f, g } = affineLayers({
      // below the diagonal and on it, so that states do not explode
      transition: entries(n, n).map((row, i) => row.map((v, j) => (j <= i ? v : 0))),
      input: entries(n, inputs),
      offset: entries(1, n)[0],
      output: entries(randomInteger(random, 1, 2), n),
    });
    const start = entries(1, n)[0];
    const network = withNoise(inBasis(f, g, start, randomBasis(n, random)), 1e-7, random);
    const traces = traceOn(
      network,
      { low: -3, high: 3, count: 40, length: 10 },
      { kernels, random },
    );
    const response = impulseResponse(recurrentOf(network, { kernels }), traces);
    if (isRejection(response)) throw new Error(response.rejected);
    expect(response.deviation).toBeLessThan(0.05);
    const found = realizeResponse(response, { kernels });
    if (isRejection(found)) continue;
    expect(found.recurrence.stateDim).toBeLessThanOrEqual(2 * n + 1);
    // on the traces, and on ones it was not made from
    for (const length of [10, 20]) {
      const fresh = traceOn(network, { low: -3, high: 3, count: 40, length }, { kernels, random });
      expect(reproduces(found.recurrence, fresh)).toBe(true);
    }
    exact++;
  }
  expect(exact).toBeGreaterThanOrEqual(58);
});

test("what repeats by itself is found too", () => {
  // y = x_t + (0, 1, 0, 1, ...)
  const { f, g } = affineLayers({
    transition: [
      [0, 1, 0],
      [1, 0, 0],
      [0, 0, 0],
    ],
    input: [[0], [0], [1]],
    output: [[1, 0, 1]],
  });
  const random = seededRandom(1);
  const network = inBasis(f, g, [0, 1, 0].map(Number), randomBasis(3, random));
  const traces = traceOn(network, { low: 0, high: 9, count: 20, length: 10 }, { kernels, random });
  const response = impulseResponse(recurrentOf(network, { kernels }), traces);
  if (isRejection(response)) throw new Error(response.rejected);
  const found = realizeResponse(response, { kernels });
  if (isRejection(found)) throw new Error(found.rejected);
  expect(reproduces(found.recurrence, traces)).toBe(true);
});

test("a network that is not linear is refused", () => {
  const layer = (weight: number[][], bias: number[]) => ({ weight, bias });
  const network = buildNetwork(
    [layer([[0, 1]], [0])],
    [layer([[1], [-1]], [0, 0]), layer([[1, 1]], [0])],
    [0],
  );
  const random = seededRandom(2);
  const traces = traceOn(network, { low: -5, high: 5, count: 20, length: 5 }, { kernels, random });
  const response = impulseResponse(recurrentOf(network, { kernels }), traces);
  expect(isRejection(response) && response.rejected).toMatch(
    /^linear response: input 0 moves output 0/,
  );
});
