// Arguments are checked before they reach WebAssembly, which trusts them.

/** Throws a RangeError that names the argument unless it is an integer from `least` to `most`. */
export function checkInteger(name: string, value: number, least: number, most: number): void {
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new RangeError(`${name} is ${value}, must be an integer from ${least} to ${most}`);
  }
}

/** Throws a RangeError that names the argument unless it is finite and from `least` to `most`. */
export function checkNumber(name: string, value: number, least: number, most: number): void {
  if (!(value >= least && value <= most)) {
    throw new RangeError(`${name} is ${value}, must be from ${least} to ${most}`);
  }
}

/** Throws a RangeError that names the argument unless it has the length that its shape asks for. */
export function checkLength(
  name: string,
  array: { readonly length: number },
  shape: string,
  length: number,
): void {
  if (array?.length !== length) {
    throw new RangeError(`${name} has length ${array?.length}, ${shape} needs ${length}`);
  }
}

/** Throws a RangeError that names the argument and the place of its first NaN or infinity. */
export function checkFinite(name: string, array: ArrayLike<number>): void {
  for (let i = 0; i < array.length; i++) {
    if (!Number.isFinite(array[i])) {
      throw new RangeError(`${name}[${i}] is ${array[i]}, must be finite`);
    }
  }
}

/** Throws a RangeError that names the argument and the place of its first -2^63. */
export function checkNegatable(name: string, array: BigInt64Array): void {
  const at = array.indexOf(-(2n ** 63n));
  if (at >= 0) throw new RangeError(`${name}[${at}] is -2^63, must be above it`);
}
