import type { Wasm } from "../../dist/wasm.d.ts";
import { checkArray, checkFinite, checkInteger, checkLength } from "../check.ts";
import { checkOverflow } from "../linear-algebra/matrix.ts";

/** A lattice near hidden states: h ~ A z + b with z integer. */
export interface Lattice {
  /** Number of coordinates n of a code. */
  readonly dimension: number;
  /** A: [hiddenDim, n] */
  readonly basis: Float64Array;
  /** b: [hiddenDim]; the state nearest to the mean has a code near 0. */
  readonly offset: Float64Array;
  /** z, safe integers: [rows, n] */
  readonly codes: Float64Array;
  /** Bits an entry, see descriptionLength. */
  readonly descriptionLength: number;
}

const mostRows = 2 ** 18;
const mostEntries = 2 ** 22;

function checkStates(h: Float64Array, rows: number, shape: string, hiddenDim: number): void {
  checkInteger("hiddenDim", hiddenDim, 1, 128);
  checkLength("h", h, shape, rows * hiddenDim);
  checkInteger("length of h", h.length, 1, mostEntries);
  checkFinite("h", h);
}

function unpack(name: string, packed: Float64Array, hiddenDim: number): Lattice {
  if (packed.length === 0) throw new Error(`${name}: the hidden states show no lattice`);
  const [bits, n] = packed;
  const atOffset = 2 + hiddenDim * n;
  const atCodes = atOffset + hiddenDim;
  checkOverflow(name, packed);
  return {
    dimension: n,
    basis: packed.slice(2, atOffset),
    offset: packed.slice(atOffset, atCodes),
    codes: packed.slice(atCodes),
    descriptionLength: bits,
  };
}

/**
 * Description length of hidden states under a lattice, in bits an entry (Michaud et al. 2024,
 * section 4.2): mean log2(1 + |z|) + mean log2(1 + |residual| / 0.01). An empty argument adds 0.
 *
 * @param codes integers z, any shape
 * @param residuals h - (A z + b) of the same states, any shape
 *
 * Throws RangeError for values not finite, Error where the sum is beyond the f64 range.
 */
export function descriptionLength(
  wasm: Wasm,
  codes: Float64Array,
  residuals: Float64Array,
): number {
  checkArray("codes", codes, Float64Array);
  checkArray("residuals", residuals, Float64Array);
  checkFinite("codes", codes);
  checkFinite("residuals", residuals);
  const bits = wasm.descriptionLength(codes, residuals);
  checkOverflow("descriptionLength", [bits]);
  return bits;
}

/**
 * The linear finder (Michaud et al. 2024, section 4.2), for networks with near-affine dynamics:
 * least squares h_t ~ W_h h_(t-1) + W_x x_t + c over states h [count, length, hiddenDim] and inputs
 * x [count, length, inputDim] gives the candidates W_x, W_h W_x, ..., W_h^9 W_x. The longest that
 * are independent, or the earliest, are a basis, for each number of them, reduced against each
 * other and corrected by the states; the one that describes a state in the fewest bits, of all its
 * entries together, is returned. Its codes are [count * length, n].
 *
 * The candidates taken must generate the lattice: they do where W_h is unimodular or a shift.
 *
 * Throws RangeError for count * length above 262,144, length below 2, hiddenDim outside 1 to 128,
 * inputDim outside 1 to 64, wrong lengths, more than 2^22 numbers, or values not finite; Error
 * where no input moves the states.
 */
export function linearLattice(
  wasm: Wasm,
  h: Float64Array,
  x: Int32Array,
  sizes: {
    readonly count: number;
    readonly length: number;
    readonly hiddenDim: number;
    readonly inputDim: number;
  },
): Lattice {
  const { count, length, hiddenDim, inputDim } = sizes;
  checkInteger("count", count, 1, mostRows);
  checkInteger("length", length, 2, mostRows);
  checkInteger("count * length", count * length, 2, mostRows);
  checkInteger("inputDim", inputDim, 1, 64);
  checkStates(h, count * length, "[count, length, hiddenDim]", hiddenDim);
  checkLength("x", x, "[count, length, inputDim]", count * length * inputDim);
  const packed = wasm.linearLattice(h, x, count, length, hiddenDim, inputDim);
  return unpack("linearLattice", packed, hiddenDim);
}

/**
 * The GCD finder (Michaud et al. 2024, section 4.2), for any network, and lattices of 1 to 3
 * dimensions: Euclid's algorithm on the volumes of cells whose edges are differences of the hidden
 * states h [rows, hiddenDim]. The share of the states taken from the middle of the cloud and the
 * length that counts as 0, relative to the middle's spread, take 10 values from 0.001 to 1 each, in
 * the 1, 2 and 3 widest directions; each cell is corrected by the states, and the one that
 * describes a state in the fewest bits is returned. Its codes are [rows, n]. Of noise it bears less
 * than the linear finder does, and the less, the sparser the states lie in the lattice.
 *
 * Throws RangeError for rows outside 2 to 262,144, hiddenDim outside 1 to 128, a wrong length, more
 * than 2^22 numbers, or values not finite; Error where all states are the same.
 */
export function gcdLattice(wasm: Wasm, h: Float64Array, rows: number, hiddenDim: number): Lattice {
  checkInteger("rows", rows, 2, mostRows);
  checkStates(h, rows, "[rows, hiddenDim]", hiddenDim);
  return unpack("gcdLattice", wasm.gcdLattice(h, rows, hiddenDim), hiddenDim);
}
