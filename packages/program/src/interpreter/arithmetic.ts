// The operators on numbers that are exact only as long as everything is a safe integer. They follow
// the meaning given in expression.ts; dividing by 0 is left to the caller, who knows where it
// happened.

/**
 * a // b for safe integers, b not 0. Exact: a/b that is not whole is at least 1/|b| away from any
 * integer, and rounding moves it by at most 2^-53 |a/b| < 1/|b|, so it cannot reach one.
 */
export function floorDivideNumbers(a: number, b: number): number {
  return Math.floor(a / b);
}

/** a % b with the sign of b, for safe integers, b not 0. JavaScript's remainder is exact. */
export function moduloNumbers(a: number, b: number): number {
  const remainder = a % b;
  return remainder !== 0 && remainder < 0 !== b < 0 ? remainder + b : remainder;
}

/**
 * a ^ b for safe integers. The result fits in 54 bits; only -2^53, which is exact too, can leave
 * the safe integers.
 */
export function xorNumbers(a: number, b: number): number {
  return (a | 0) === a && (b | 0) === b ? a ^ b : Number(BigInt(a) ^ BigInt(b));
}
