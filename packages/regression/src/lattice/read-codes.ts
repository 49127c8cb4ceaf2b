import type { Kernels } from "@latticode/kernels";
import type { Rejection } from "@latticode/machines";
import { isRejection } from "@latticode/machines";
import type { Network, Traces } from "@latticode/network";
import type { ClosedCode } from "./closed-codes.ts";
import { closedCodes, isClosed } from "./closed-codes.ts";
import type { Codes } from "./codes.ts";
import { filledDimensions, findLattice } from "./lattice.ts";

/** Integer coordinates of the hidden states that are a state of their own. */
export interface ReadCodes {
  readonly codes: Codes;
  /** Whether the whole code is closed: (z, x) determines z', and z the outputs. */
  readonly closed: boolean;
  /** Functionals of the code that are closed, the one of fewest values first. */
  readonly functionals: readonly ClosedCode[];
}

/** Bits that a lattice has to say, see Codes. */
const LEAST_SURPRISE = 6;
/** Directions that are narrower than these shares of the widest are left out, the strictest first. */
const RANK_TOLERANCES = [1e-4, 1e-2, 0.05, 0.2];

/**
 * The integer autoencoder: a lattice of the hidden states whose coordinates, or some functional of
 * them, are closed under the update and give the outputs. One that a few clouds of states may fit by
 * chance is taken only where no other is found; see the `surprise` of its codes.
 */
export function readCodes(
  network: Network,
  traces: Traces,
  { kernels }: { readonly kernels: Kernels },
): ReadCodes | Rejection {
  const reasons: string[] = [];
  let trivial: ReadCodes | undefined;
  const tried = new Set<number>();
  const affine = network.shape.hiddenDepth === 1;
  for (const observable of affine ? [false, true] : [false]) {
    for (const rankTolerance of RANK_TOLERANCES) {
      if (observable && rankTolerance > RANK_TOLERANCES[0]) continue;
      const dimension = observable ? 0 : filledDimensions(traces, rankTolerance, { kernels });
      if (tried.has(dimension)) continue;
      tried.add(dimension);
      const codes = findLattice(traces, { kernels, network, rankTolerance, observable });
      if (isRejection(codes)) {
        reasons.push(codes.rejected);
        continue;
      }
      const closed = isClosed(traces, codes);
      const functionals = closedCodes(traces, codes);
      if (!closed && functionals.length === 0) {
        reasons.push(`lattice: no coordinate of the ${codes.dimension} dimensions is closed`);
        continue;
      }
      const found = { codes, closed, functionals };
      if (codes.surprise >= LEAST_SURPRISE) return found;
      trivial ??= found;
    }
  }
  return trivial ?? { rejected: reasons[0] };
}
