// The measure by which lattices are compared (Michaud et al. 2024, section 4.2): bits to write down
// the codes, plus bits to write down what they leave unexplained, in hundredths.

const QUANTUM: f64 = 0.01;
const LOG2E: f64 = 1.4426950408889634;

/** The base-2 logarithm of x >= 1, exact for powers of two. */
function log2(x: f64): f64 {
  const bits = reinterpret<u64>(x);
  const exponent = <i32>(bits >> 52) - 1023;
  if (exponent == 1024) return x; // infinity or NaN
  const mantissa = reinterpret<f64>((bits & 0xfffffffffffff) | 0x3ff0000000000000);
  // ln(m) = 2 atanh((m - 1) / (m + 1)); s is at most 1/3, so 17 terms leave less than 1e-17
  const s = (mantissa - 1) / (mantissa + 1);
  const square = s * s;
  let series = 0.0;
  for (let k = 16; k >= 0; k--) series = series * square + 1 / <f64>(2 * k + 1);
  return <f64>exponent + 2 * s * series * LOG2E;
}

/** Mean bits of `count` values, counted in quanta. */
function meanBits(values: Float64Array, count: i32, quantum: f64): f64 {
  if (count == 0) return 0;
  let bits = 0.0;
  for (let i = 0; i < count; i++) bits += log2(1 + abs(unchecked(values[i])) / quantum);
  return bits / <f64>count;
}

export function codeBits(codes: Float64Array, count: i32): f64 {
  return meanBits(codes, count, 1);
}

export function residualBits(residuals: Float64Array, count: i32): f64 {
  return meanBits(residuals, count, QUANTUM);
}

export function descriptionLength(codes: Float64Array, residuals: Float64Array): f64 {
  return codeBits(codes, codes.length) + residualBits(residuals, residuals.length);
}
