import type { Kernels } from "@latticode/kernels";
import type { Network } from "@latticode/network";
import { type Block, jordanMatrix } from "../../../test/jordan-structures.ts";
import { randomMatrix } from "../../../test/matrices.ts";
import { linearNetwork } from "../../../test/random-networks.ts";
import { changeBasis } from "../src/change-of-basis.ts";

export interface JordanStructure {
  readonly n: number;
  readonly blocks: Block[];
}

/** A network with the given blocks in a random basis, two inputs, two outputs and a bias of f. */
export function hiddenJordan(
  { blocks, n }: JordanStructure,
  { kernels, seed }: { readonly kernels: Kernels; readonly seed: number },
): Network {
  const j = jordanMatrix(blocks, n);
  const b = randomMatrix(seed, n, 3);
  const c = randomMatrix(seed + 1, 2, n + 1);
  const rows = (m: Float64Array, width: number, i: number) => [
    ...m.subarray(i * width, (i + 1) * width),
  ];
  const network = linearNetwork(
    Array.from({ length: n }, (_, i) => [...rows(j, n, i), ...rows(b, 3, i)]),
    [rows(c, n + 1, 0), rows(c, n + 1, 1)],
  );
  // far enough from singular
  const t = randomMatrix(seed + 2, n, n).map((v, at) => v + (at % (n + 1) === 0 ? 2 : 0));
  return changeBasis(network, t, kernels.inverse(t, n));
}

export const jordanStructures: readonly JordanStructure[] = [
  { n: 1, blocks: [{ re: 1, im: 0, size: 1 }] },
  { n: 5, blocks: [{ re: 0, im: 0, size: 5 }] },
  {
    n: 4,
    blocks: [
      { re: 0, im: 0, size: 2 },
      { re: 1, im: 0, size: 2 },
    ],
  },
  { n: 4, blocks: [{ re: 0.2, im: 0.9, size: 2 }] },
  {
    n: 6,
    blocks: [
      { re: -0.5, im: 0, size: 1 },
      { re: 0, im: 0, size: 2 },
      { re: 0, im: 0, size: 1 },
      { re: 0.5, im: 0.7, size: 1 },
    ],
  },
];
