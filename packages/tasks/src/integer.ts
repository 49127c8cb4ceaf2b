/** An integer of any size: a number where it is safe (below 2^53), a bigint beyond. */
export type Integer = number | bigint;

/** a + b, exact for operands of any size. */
export function addExact(a: Integer, b: Integer): Integer {
  if (typeof a === "number" && typeof b === "number") {
    // Two safe integers whose exact sum is unsafe round to an unsafe one, so the check suffices.
    const sum = a + b;
    if (Number.isSafeInteger(sum)) return sum;
  }
  return narrow(BigInt(a) + BigInt(b));
}

/** a - b, exact for operands of any size. */
export function subtractExact(a: Integer, b: Integer): Integer {
  if (typeof a === "number" && typeof b === "number") {
    const difference = a - b;
    if (Number.isSafeInteger(difference)) return difference;
  }
  return narrow(BigInt(a) - BigInt(b));
}

function narrow(value: bigint): Integer {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
