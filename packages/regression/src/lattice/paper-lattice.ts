import type { Kernels, Lattice } from "@latticode/kernels";
import type { Rejection } from "@latticode/machines";
import { isRejection } from "@latticode/machines";
import type { Traces } from "@latticode/network";
import { sampledSequences } from "./affine-dynamics.ts";
import type { Codes, LatticeSource } from "./codes.ts";
import { codesOf } from "./codes.ts";
import { combineRows, dot, invertBasis, transposed } from "./row-matrix.ts";

/**
 * The integer autoencoder as the paper has it (section 4.2): its linear and its GCD finder, of
 * which the one whose description of the states is shorter is taken. `findLattice` bears more noise
 * and finds more dimensions.
 */
export function paperLattice(
  traces: Traces,
  options: { readonly kernels: Kernels; readonly tolerance?: number },
): Codes | Rejection {
  const { kernels } = options;
  const { length, hiddenDim, inputDim } = traces;
  const count = sampledSequences(traces);
  const h = traces.h.slice(0, count * length * hiddenDim);
  if (!h.every(Number.isFinite)) {
    return { rejected: "lattice: a hidden state is not a finite number" };
  }
  const x = traces.x.slice(0, count * length * inputDim);
  const finders: readonly (readonly [LatticeSource, () => Lattice])[] = [
    ["linear finder", () => kernels.linearLattice(h, x, { count, length, hiddenDim, inputDim })],
    ["GCD finder", () => kernels.gcdLattice(h, count * length, hiddenDim)],
  ];
  const reasons: string[] = [];
  const found = finders
    .flatMap(([source, find]) => {
      try {
        return [{ source, lattice: find() }];
      } catch (error) {
        // a finder says in an error why it finds nothing; a mistake of ours must not look like that
        if (!(error instanceof Error) || error instanceof TypeError) throw error;
        reasons.push(error.message);
        return [];
      }
    })
    .sort((a, b) => a.lattice.descriptionLength - b.lattice.descriptionLength);
  for (const { source, lattice } of found) {
    const codes = codesOfLattice(traces, lattice, source, options);
    if (!isRejection(codes)) return codes;
    reasons.push(codes.rejected);
  }
  return { rejected: reasons.join("; ") };
}

/** Codes of all states, decoded by the pseudo-inverse (A' A)^-1 A' of a basis A. */
function codesOfLattice(
  traces: Traces,
  { basis, dimension }: Lattice,
  source: LatticeSource,
  options: { readonly kernels: Kernels; readonly tolerance?: number },
): Codes | Rejection {
  const rows = Array.from({ length: traces.hiddenDim }, (_, j) =>
    basis.slice(j * dimension, (j + 1) * dimension),
  );
  const vectors = transposed(rows);
  const gram = vectors.map((a) => Float64Array.from(vectors, (b) => dot(a, b)));
  const inverse = invertBasis(gram);
  if (!inverse) return { rejected: "lattice: the basis is numerically singular" };
  const unit = vectors.map((_, i) => Float64Array.from(vectors, (_, j) => (i === j ? 1 : 0)));
  const linear = inverse.map((row) => combineRows(row, vectors));
  return codesOf(traces, { basis: unit, linear, source }, options);
}
