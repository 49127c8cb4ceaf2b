// Elementary functions in fixed point, exact to far more bits than f64 has, and the distance of an
// f64 from them in units in the last place. A fixed-point number is value * 2^-bits.

const bytes = new DataView(new ArrayBuffer(8));

/** x = mantissa * 2^exponent, exactly. */
function split(x: number): { mantissa: bigint; exponent: number } {
  bytes.setFloat64(0, x);
  const word = bytes.getBigUint64(0);
  const field = Number((word >> 52n) & 0x7ffn);
  if (field === 0x7ff) throw new Error(`${x} is not finite`);
  const fraction = word & 0xfffffffffffffn;
  const mantissa = field === 0 ? fraction : fraction | (1n << 52n);
  return { mantissa: x < 0 ? -mantissa : mantissa, exponent: Math.max(field, 1) - 1075 };
}

/** The largest e with 2^e <= |x|, from the bits; -1,100 for 0. */
function magnitude(x: number): number {
  const { mantissa, exponent } = split(x);
  return mantissa === 0n ? -1100 : absolute(mantissa).toString(2).length - 1 + exponent;
}

const absolute = (v: bigint) => (v < 0n ? -v : v);
const shift = (v: bigint, by: number) => (by >= 0 ? v << BigInt(by) : v >> BigInt(-by));

function fixed(x: number, bits: number): bigint {
  const { mantissa, exponent } = split(x);
  return shift(mantissa, exponent + bits);
}

/** Each term of a series is the one before times factor (fixed), times up / down (integers). */
function series(
  first: bigint,
  factor: bigint,
  bits: number,
  divisor: (k: number) => number,
  weight: (k: number) => number = () => 1,
): bigint {
  let power = first;
  let sum = first;
  for (let k = 1; power !== 0n && power !== -1n; k++) {
    power = (power * factor) >> BigInt(bits);
    if (divisor(k) !== 1) power /= BigInt(divisor(k));
    sum += power / BigInt(weight(k));
  }
  return sum;
}

function cached(compute: (bits: number) => bigint): (bits: number) => bigint {
  const known = new Map<number, bigint>();
  return (bits) => {
    const more = Math.ceil((bits + 32) / 256) * 256;
    if (!known.has(more)) known.set(more, compute(more));
    return shift(known.get(more)!, bits - more);
  };
}

/** atanh z = z + z^3 / 3 + z^5 / 5 ... for a fixed |z| < 1. */
function atanh(z: bigint, bits: number): bigint {
  return series(
    z,
    (z * z) >> BigInt(bits),
    bits,
    () => 1,
    (k) => 2 * k + 1,
  );
}

const ln2 = cached((bits) => 2n * atanh((1n << BigInt(bits)) / 3n, bits));

/** Machin's formula, 16 atan 1/5 - 4 atan 1/239. */
const pi = cached((bits) => {
  const atanOf = (inverse: bigint) => {
    const z = (1n << BigInt(bits)) / inverse;
    return series(
      z,
      -((z * z) >> BigInt(bits)),
      bits,
      () => 1,
      (k) => 2 * k + 1,
    );
  };
  return 16n * atanOf(5n) - 4n * atanOf(239n);
});

/** exp of a fixed-point number: value * 2^(doublings - bits). */
function exp(x: bigint, bits: number): { value: bigint; doublings: number } {
  const doublings = x / ln2(bits);
  const rest = x - doublings * ln2(bits);
  return { value: series(1n << BigInt(bits), rest, bits, (k) => k), doublings: Number(doublings) };
}

function log(x: number, bits: number): bigint {
  let exponent = magnitude(x);
  let { mantissa } = split(x);
  mantissa = shift(mantissa, bits - (mantissa.toString(2).length - 1));
  const one = 1n << BigInt(bits);
  if (2n * mantissa > 3n * one) {
    mantissa >>= 1n;
    exponent++;
  }
  const z = ((mantissa - one) << BigInt(bits)) / (mantissa + one);
  return BigInt(exponent) * ln2(bits) + 2n * atanh(z, bits);
}

/** cos (turn 1) or sin (turn 0) of a fixed-point number. */
function cosine(x: bigint, bits: number, turn: 0 | 1): bigint {
  // pi to as many bits more as x has before its point
  const more = bits + Math.max(0, absolute(x).toString(2).length - bits) + 8;
  const quarter = pi(more) >> 1n;
  const wide = shift(x, more - bits);
  const quarters = (2n * wide + quarter) / (2n * quarter) - (2n * wide + quarter < 0n ? 1n : 0n);
  const rest = shift(wide - quarters * quarter, bits - more);
  const factor = -((rest * rest) >> BigInt(bits));
  const which = Number((quarters + BigInt(turn)) & 3n);
  const even = which % 2 === 1;
  const first = even ? 1n << BigInt(bits) : rest;
  const value = series(first, factor, bits, (k) =>
    even ? (2 * k - 1) * 2 * k : 2 * k * (2 * k + 1),
  );
  return which >= 2 ? -value : value;
}

function squareRoot(v: bigint): bigint {
  if (v < 2n) return v;
  let x = 1n << BigInt(Math.ceil(v.toString(2).length / 2));
  for (;;) {
    const next = (x + v / x) >> 1n;
    if (next >= x) return x;
    x = next;
  }
}

function tanh(x: number, bits: number): bigint {
  // exp(-800) is 0 in any number of bits used here
  const { value: scaled, doublings } = exp(-2n * fixed(Math.min(Math.abs(x), 400), bits), bits);
  const small = shift(scaled, doublings);
  const one = 1n << BigInt(bits);
  const value = ((one - small) << BigInt(bits)) / (one + small);
  return x < 0 ? -value : value;
}

/** |computed - exact| in units in the last place of the exact number. */
function ulps(computed: number, exact: bigint, bits: number): number {
  const unit = Math.max(absolute(exact).toString(2).length - 1 - bits, -1022) - 52;
  // to a 2^-40 of a unit
  const scale = 40 - unit;
  const whole = shift(split(computed).mantissa, split(computed).exponent + scale);
  return Number(absolute(whole - shift(exact, scale - bits))) / 2 ** 40;
}

export type ExactFunction = "exp" | "log" | "tanh" | "cos" | "sin" | "sqrt";

/** The error of `computed` as the value of a function at x, in units in the last place. */
export function ulpError(name: ExactFunction, x: number, computed: number): number {
  // enough for x itself
  const bits = 200 + Math.max(0, -split(x).exponent);
  switch (name) {
    case "exp": {
      const { value, doublings } = exp(fixed(x, bits), bits);
      return ulps(computed, value, bits - doublings);
    }
    case "log":
      return ulps(computed, log(x, 200), 200);
    case "tanh": {
      // 1 - exp(-2 |x|) loses as many bits as x is small
      const more = bits - Math.min(0, magnitude(x));
      return ulps(computed, tanh(x, more), more);
    }
    case "cos":
      return ulps(computed, cosine(fixed(x, bits), bits, 1), bits);
    case "sin":
      return ulps(computed, cosine(fixed(x, bits), bits, 0), bits);
    case "sqrt":
      return ulps(computed, squareRoot(fixed(x, bits) << BigInt(bits)), bits);
    default:
      throw new Error(`${name satisfies never}`);
  }
}

/** |computed - the normal deviate of two words (Box and Muller 1958)|, an f64. */
export function deviateError(words: readonly number[], computed: number): number {
  const bits = 200;
  const [u0, u1] = words.map((w) => (w + 0.5) / 2 ** 32);
  const radius = squareRoot((-2n * log(u0, bits)) << BigInt(bits));
  const angle = (2n * pi(bits) * fixed(u1, bits)) >> BigInt(bits);
  const exact = (radius * cosine(angle, bits, 1)) >> BigInt(bits);
  return Number(absolute(fixed(computed, bits) - exact)) / 2 ** bits;
}
