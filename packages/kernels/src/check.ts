// Arguments are checked before they reach WebAssembly, which trusts them.

/** Numbers that an array may have to cross the boundary, or that a result may have. */
export const mostNumbers = 2 ** 26;

/** Throws a RangeError that names the argument unless it is an integer from `least` to `most`. */
export function checkInteger(name: string, value: number, least: number, most: number): void {
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new RangeError(`${name} is ${value}, must be an integer from ${least} to ${most}`);
  }
}

/** Throws a RangeError that names the argument unless it is finite and from `least` to `most`. */
export function checkNumber(name: string, value: number, least: number, most: number): void {
  if (typeof value !== "number" || !(value >= least && value <= most)) {
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

type NumberArray = Int32Array | Float32Array | Float64Array;
type NumberArrayConstructor = typeof Int32Array | typeof Float32Array | typeof Float64Array;

/** Throws a TypeError that names the argument unless it is an array of the given type. */
export function checkArray(name: string, array: NumberArray, type: NumberArrayConstructor): void {
  if (!(array instanceof type)) {
    const value = array as unknown;
    const got = value === null ? "null" : (value?.constructor?.name ?? typeof value);
    throw new TypeError(`${name} is ${got}, must be ${type.name}`);
  }
}

/** Throws as `checkArray` does, then as `checkLength`. */
export function checkShaped(
  name: string,
  array: NumberArray,
  type: NumberArrayConstructor,
  shape: string,
  length: number,
): void {
  checkArray(name, array, type);
  checkLength(name, array, shape, length);
}

/** Throws as `checkShaped` does, then as `checkFinite`. */
export function checkNumbers(
  name: string,
  array: NumberArray,
  type: NumberArrayConstructor,
  shape: string,
  length: number,
): void {
  checkShaped(name, array, type, shape, length);
  checkFinite(name, array);
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
