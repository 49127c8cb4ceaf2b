// Closed integer coordinates of a network's hidden states, and what speaks for them.

import {
  bitLabels,
  isRejection,
  readCodes,
  searchLattices,
} from "../../packages/regression/dist/index.js";

/** Bits from which on a lattice is no chance. */
export const surprising = 6;
const mostPlaces = 64;

/**
 * The coordinates as numbers for the table and as a line. Their kind is "surprising" where the
 * lattice is no chance, "simplex" where there are so few codes that they lie on a lattice always, else
 * "chance"; undefined where none are closed.
 */
export function readLattice(recurrent, traces, { kernels }) {
  const found = readCodes(traces, recurrent, searchLattices(traces, { kernels, recurrent }));
  if (isRejection(found)) return { line: `lattice: none (${found.rejected})` };
  const { codes, closed } = found;
  const { dimension, distinct, source, surprise } = codes;
  const simplex = distinct <= dimension + 1;
  const kind = surprise >= surprising ? "surprising" : simplex ? "simplex" : "chance";
  const line = `lattice: ${describeCodes(found, kind)}`;
  return { kind, dimension, distinct, source, surprise, closed, line };
}

function describeCodes({ codes, closed, functionals }, kind) {
  const { dimension, distinct, source, residual, exact, surprise, initial } = codes;
  const best = functionals[0];
  const bits = readBits(codes);
  return [
    `${dimension}D by ${source}`,
    `${distinct} codes`,
    `${surprise.toFixed(0)} bits (${kind})`,
    `residual ${residual.toFixed(4)}`,
    `${(100 * exact).toFixed(2)} % exact`,
    `${codes.descriptionLength.toFixed(2)} bits an entry`,
    `h_0 ${initial ? "on" : "off"}`,
    closed ? "closed" : "not closed as a whole",
    best
      ? `w = (${best.weights}): ${best.distinct} values, gives the output with the ${best.output}, ${best.tested} tested, start from ${best.start}`
      : "no closed functional",
    bits ? `${bits.bits} bits foretell ${bits.predicted} of the codes` : "no bits",
  ].join(", ");
}

/** Bit labels of the places of the codes; undefined where they make no box that the places foretell. */
function readBits(codes) {
  const n = codes.dimension;
  const places = new Map();
  for (let i = 0; i < codes.z.length && places.size <= mostPlaces; i += n) {
    const z = codes.z.subarray(i, i + n);
    const place = codes.offset.map((b, j) => {
      let value = b;
      for (let k = 0; k < n; k++) value += codes.basis[j * n + k] * z[k];
      return value;
    });
    places.set(z.join(), place);
  }
  if (places.size > mostPlaces || places.size < 2) return undefined;
  const labels = bitLabels([...places.values()]);
  return labels && labels.predicted > 0 ? labels : undefined;
}
