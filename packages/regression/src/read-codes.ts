import type { Kernels } from "@latticode/kernels";
import type { Network, Traces } from "@latticode/training";
import type { ClosedCode } from "./closed-codes.ts";
import { closedCodes, isClosed } from "./closed-codes.ts";
import type { Codes } from "./lattice.ts";
import { findLattice } from "./lattice.ts";
import type { Rejection } from "./rejection.ts";
import { isRejection } from "./rejection.ts";

/** Integer coordinates of the hidden states that are a state of their own. */
export interface ReadCodes {
  readonly codes: Codes;
  /** Whether the whole code is closed: (z, x) determines z', and z the outputs. */
  readonly closed: boolean;
  /** Functionals of the code that are closed, the one of fewest values first. */
  readonly functionals: readonly ClosedCode[];
}

/** Directions that are narrower than these shares of the widest are left out, the strictest first. */
const RANK_TOLERANCES = [1e-4, 1e-2, 0.05, 0.2];

/**
 * The integer autoencoder: a lattice of the hidden states whose coordinates, or some functional of
 * them, are closed under the update and give the outputs. A few clouds of states fit some lattice by
 * chance, so a lattice without a closed coordinate does not count.
 */
export function readCodes(
  network: Network,
  traces: Traces,
  { kernels }: { readonly kernels: Kernels },
): ReadCodes | Rejection {
  const reasons: string[] = [];
  for (const observable of [false, true]) {
    for (const rankTolerance of RANK_TOLERANCES) {
      if (observable && rankTolerance > 1e-2) continue;
      const codes = findLattice(traces, { kernels, network, rankTolerance, observable });
      if (isRejection(codes)) {
        reasons.push(codes.rejected);
        continue;
      }
      const closed = isClosed(traces, codes);
      const functionals = closedCodes(traces, codes);
      if (closed || functionals.length > 0) return { codes, closed, functionals };
      reasons.push(`lattice: no coordinate of the ${codes.dimension} dimensions is closed`);
    }
  }
  return { rejected: reasons[0] };
}
