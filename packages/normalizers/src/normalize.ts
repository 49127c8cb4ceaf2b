import type { Kernels } from "@latticode/kernels";
import type { Network, Traces } from "@latticode/training";
import type { NormalizationReport } from "./normalization.ts";
import { whiten } from "./whiten.ts";

/** A network after all steps, and what each did. */
export interface Normalization {
  readonly network: Network;
  readonly steps: readonly NormalizationReport[];
}

/** Chains the normalizers in the paper's order. A step that is refused leaves the network as it was. */
export function normalize(
  network: Network,
  traces: Traces,
  options: { readonly kernels: Kernels },
): Normalization {
  const whitened = whiten(network, traces, options);
  return { network: whitened.network, steps: [whitened.report] };
}
