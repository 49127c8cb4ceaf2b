// Rows and columns of matrices are vectors: `count` numbers from place p on, `step` places apart.

/** Exchanges two vectors of an array of type A. */
// @ts-ignore: decorator
@inline
export function exchange<A>(a: A, p: i32, q: i32, step: i32, count: i32): void {
  for (let i = 0; i < count; i++, p += step, q += step) {
    const v = unchecked(a[p]);
    unchecked(a[p] = a[q]);
    unchecked(a[q] = v);
  }
}

/** Rotates two vectors, p to c p - s q and q to s p + c q. */
// @ts-ignore: decorator
@inline
export function rotate(
  a: Float64Array, p: i32, q: i32, step: i32, count: i32, c: f64, s: f64,
): void {
  for (let i = 0; i < count; i++, p += step, q += step) {
    const x = unchecked(a[p]);
    const y = unchecked(a[q]);
    unchecked(a[p] = c * x - s * y);
    unchecked(a[q] = s * x + c * y);
  }
}

/** Tangent of the smaller angle for which the cotangent of twice the angle is tau. */
// @ts-ignore: decorator
@inline
export function jacobiTangent(tau: f64): f64 {
  const root = abs(tau) > 1e150 ? 2 * abs(tau) : abs(tau) + Math.sqrt(1 + tau * tau);
  return (tau >= 0 ? 1.0 : -1.0) / root;
}

/** The entry of largest magnitude, the first of equal ones; 0 for none. */
export function peakOf(a: Float64Array, p: i32, step: i32, count: i32): f64 {
  let peak = 0.0;
  for (let i = 0; i < count; i++, p += step) {
    if (abs(unchecked(a[p])) > abs(peak)) peak = unchecked(a[p]);
  }
  return peak;
}
