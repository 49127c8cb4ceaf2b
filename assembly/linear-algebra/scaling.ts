// Powers of two: multiplying by them is exact, short of overflow and underflow.

/**
 * The power of two, 2^-1022 to 2^1022, that brings |x| into [1, 2) or as near as it can; 1 for 0.
 */
export function towardsOne(x: f64): f64 {
  if (x == 0) return 1;
  const field = <i32>((reinterpret<u64>(x) >> 52) & 0x7ff);
  return reinterpret<f64>((<u64>(2046 - min(max(field, 1), 2045))) << 52);
}

/** Multiplies a by one power of two, so that squares of its entries can't overflow; returns it. */
export function scaleTowardsOne(a: Float64Array): f64 {
  let largest = 0.0;
  for (let i = 0, length = a.length; i < length; i++) largest = max(largest, abs(unchecked(a[i])));
  const factor = towardsOne(largest);
  for (let i = 0, length = a.length; i < length; i++) unchecked(a[i] *= factor);
  return factor;
}
