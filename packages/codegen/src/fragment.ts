/** A piece of text that is an expression of the emitted language. */
export interface Fragment {
  readonly text: string;
  /** How tightly its outermost operator binds; the higher the tighter. */
  readonly level: number;
}

/** The text, in parentheses when it binds less tightly than `least`. */
export function atLeast(least: number, { text, level }: Fragment): string {
  return level < least ? `(${text})` : text;
}

/** The operand of a unary minus, kept apart from another minus, since `--x` may mean a decrement. */
export function negatedOperand(least: number, fragment: Fragment): string {
  const text = atLeast(least, fragment);
  return text.startsWith("-") ? `(${text})` : text;
}

/** Operator precedence of C, which JavaScript has too, without what is not emitted. */
export const levels = {
  conditional: 1,
  or: 2,
  and: 3,
  xor: 4,
  equality: 5,
  relational: 6,
  sum: 7,
  product: 8,
  unary: 9,
  atom: 10,
} as const;
