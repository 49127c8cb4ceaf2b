import type { Network } from "@latticode/network";
import { columnsOf, layersOf } from "./network-parts.ts";

/** W of a linear f, h' = W h + B x + b: [hiddenDim, hiddenDim]; undefined where f is not linear. */
export function recurrentMatrix(network: Network): Float64Array | undefined {
  const { hiddenDepth, hiddenDim } = network.shape;
  return hiddenDepth === 1 ? columnsOf(layersOf(network)[0], 0, hiddenDim) : undefined;
}

/** B of a linear f: [hiddenDim, inputDim]. */
export function inputMatrix(network: Network): Float64Array {
  return columnsOf(layersOf(network)[0], network.shape.hiddenDim);
}

/** A Jordan block in a matrix: its first row, its length, and whether it is a complex pair's. */
export interface BlockPlace {
  readonly start: number;
  readonly size: number;
  readonly pair: boolean;
}

/**
 * The blocks of a matrix [n, n] in real Jordan form, all entries within the tolerance of it: 1 on
 * the superdiagonal of a block, [[a, b], [-b, a]] with b > tolerance on the diagonal of a pair's
 * and 2 x 2 identities above it. undefined where it is not in Jordan form.
 */
export function jordanBlocks(
  w: Float64Array,
  n: number,
  tolerance: number,
): BlockPlace[] | undefined {
  const near = (i: number, j: number, value: number) => Math.abs(w[i * n + j] - value) <= tolerance;
  const isPair = (i: number) =>
    i + 1 < n && w[i * n + i + 1] > tolerance && near(i + 1, i, 0 - w[i * n + i + 1]);
  const places: BlockPlace[] = [];
  const expected = new Float64Array(n * n);
  for (let start = 0; start < n; ) {
    const pair = isPair(start) && near(start + 1, start + 1, w[start * n + start]);
    const width = pair ? 2 : 1;
    const own = (i: number) => {
      for (let k = 0; k < width; k++) {
        for (let l = 0; l < width; l++) {
          expected[(i + k) * n + i + l] = w[(start + k) * n + start + l];
        }
      }
    };
    own(start);
    let size = 1;
    for (let next = start + width; next + width <= n; next += width, size++) {
      const linked = near(next - width, next, 1) && near(next - 1, next + width - 1, 1);
      if (!linked || !near(next, next, w[start * n + start])) break;
      own(next);
      for (let k = 0; k < width; k++) expected[(next - width + k) * n + next + k] = 1;
    }
    places.push({ start, size, pair });
    start += size * width;
  }
  return expected.every((v, at) => Math.abs(w[at] - v) <= tolerance) ? places : undefined;
}
