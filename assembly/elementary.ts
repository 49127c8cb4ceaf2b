// The elementary functions that kernels use, on their own, so that their error can be measured.
// AssemblyScript's NativeMath is musl's libm, compiled into the module.

export const EXP: i32 = 0;
export const LOG: i32 = 1;
export const TANH: i32 = 2;
export const COS: i32 = 3;
export const SIN: i32 = 4;
export const SQRT: i32 = 5;

/** One function of every number of x, in place. */
export function elementaryMap(which: i32, x: Float64Array): Float64Array {
  for (let i = 0, length = x.length; i < length; i++) {
    const v = unchecked(x[i]);
    let y = v;
    switch (which) {
      case EXP: y = NativeMath.exp(v); break;
      case LOG: y = NativeMath.log(v); break;
      case TANH: y = NativeMath.tanh(v); break;
      case COS: y = NativeMath.cos(v); break;
      case SIN: y = NativeMath.sin(v); break;
      default: y = Math.sqrt(v);
    }
    unchecked(x[i] = y);
  }
  return x;
}
