/** An integer of any size: a number where it is safe (below 2^53), a bigint beyond. */
export type Integer = number | bigint;

/** a + b, exact for operands of any size. */
export function addExact(a: Integer, b: Integer): Integer {
  if (typeof a === "number" && typeof b === "number") {
    // Two safe integers whose exact sum is unsafe round to an unsafe one, so the check suffices.
    const sum = a + b;
    if (Number.isSafeInteger(sum)) return sum;
  }
  const sum = BigInt(a) + BigInt(b);
  const number = Number(sum);
  return Number.isSafeInteger(number) ? number : sum;
}

/** a - b, exact for operands of any size. */
export function subtractExact(a: Integer, b: Integer): Integer {
  return addExact(a, -b);
}
