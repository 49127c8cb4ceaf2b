import type { Rejection } from "@latticode/machines";
import { isRejection } from "@latticode/machines";
import type { Recurrent, Traces } from "@latticode/network";
import type { ClosedCode } from "./closed-codes.ts";
import { closedCodes, isClosed } from "./closed-codes.ts";
import type { Codes } from "./codes.ts";
import type { Lattices } from "./lattice.ts";
import { latticesInOrder } from "./lattice.ts";

/** Integer coordinates of the hidden states that are a state of their own. */
export interface ReadCodes {
  readonly codes: Codes;
  /** Whether the whole code is closed: (z, x) determines z', and z the outputs. */
  readonly closed: boolean;
  /** Functionals of the code that are closed, the one of fewest values first. */
  readonly functionals: readonly ClosedCode[];
}

/** Bits that a lattice has to say, see Codes. */
const leastSurprise = 6;

/**
 * The integer autoencoder: a lattice of the hidden states whose coordinates, or some functional of
 * them, are closed under the update and give the outputs. One that a few clouds of states may fit
 * by chance is taken only where no other is found; see the `surprise` of its codes.
 *
 * @example readCodes(traces, recurrent, searchLattices(traces, { kernels, recurrent }))
 */
export function readCodes(
  traces: Traces,
  recurrent: Pick<Recurrent, "affine">,
  lattices: Lattices,
): ReadCodes | Rejection {
  const reasons: string[] = [];
  let trivial: ReadCodes | undefined;
  for (const codes of latticesInOrder(lattices, recurrent)) {
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
    if (codes.surprise >= leastSurprise) return found;
    trivial ??= found;
  }
  return trivial ?? { rejected: reasons[0] };
}
