// The measure by which the paper chooses between lattices: bits to write down the codes plus bits
// to write down what they leave unexplained, in hundredths.

const QUANTUM = 0.01;

/**
 * Base-2 logarithm by arithmetic only, so that every runtime gives the same bits (Math.log2 may
 * differ between engines). Relative error below 1e-15 for finite x >= 1.
 */
export function log2(x: number): number {
  if (!(x >= 1) || x === Number.POSITIVE_INFINITY) {
    throw new Error(`log2: ${x} is outside of the finite numbers from 1`);
  }
  let exponent = 0;
  let mantissa = x;
  while (mantissa >= 2) {
    mantissa /= 2;
    exponent++;
  }
  // ln(m) = 2 atanh((m - 1) / (m + 1)); s is at most 1/3, so 17 terms leave less than 1e-17
  const s = (mantissa - 1) / (mantissa + 1);
  const square = s * s;
  let series = 0;
  for (let k = 16; k >= 0; k--) series = series * square + 1 / (2 * k + 1);
  return exponent + 2 * s * series * Math.LOG2E;
}

/**
 * Description length of hidden states under a lattice, in bits an entry (paper section 4.2):
 * mean log2(1 + |z|) + mean log2(1 + |residual| / 0.01).
 *
 * @param z integer codes, any shape
 * @param residuals h - (A z + b) of the same states, any shape
 */
export function descriptionLength(z: ArrayLike<number>, residuals: ArrayLike<number>): number {
  return meanBits(z, 1) + meanBits(residuals, QUANTUM);
}

function meanBits(values: ArrayLike<number>, quantum: number): number {
  if (values.length === 0) return 0;
  let bits = 0;
  for (let i = 0; i < values.length; i++) bits += log2(1 + Math.abs(values[i]) / quantum);
  return bits / values.length;
}
