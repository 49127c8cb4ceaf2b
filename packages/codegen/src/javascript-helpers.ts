/** Functions that emitted JavaScript brings along when it calls them. */
export type HelperName = "checkInputs" | "exact" | "floorDivide" | "modulo" | "xor";

const texts: { readonly [name in HelperName]: string } = {
  checkInputs: `\
/** Throws unless the inputs are equally long lists of integers of 32 bits. */
function checkInputs(...inputs) {
  for (const input of inputs) {
    if (input.length !== inputs[0].length) {
      throw new RangeError(\`f: inputs of \${inputs[0].length} and \${input.length} numbers\`);
    }
    for (const x of input) {
      if (x !== (x | 0)) {
        throw new RangeError(\`f: input \${x} is not an integer of 32 bits\`);
      }
    }
  }
}`,
  exact: `\
/** n, unless it is beyond the integers that a number holds exactly. */
function exact(n) {
  if (!Number.isSafeInteger(n)) {
    throw new RangeError(\`f: a value near \${n} is beyond the safe integers\`);
  }
  return n;
}`,
  floorDivide: `\
/** a / b, rounded down. */
function floorDivide(a, b) {
  if (b === 0) {
    throw new RangeError("f: division by zero");
  }
  return Math.floor(a / b);
}`,
  modulo: `\
/** What a division of a by b that rounds down leaves: it has the sign of b. */
function modulo(a, b) {
  if (b === 0) {
    throw new RangeError("f: division by zero");
  }
  const remainder = a % b;
  // Adding 0 turns -0 into 0.
  return remainder !== 0 && remainder < 0 !== b < 0 ? remainder + b : remainder + 0;
}`,
  xor: `\
/** a ^ b beyond 32 bits. */
function xor(a, b) {
  return Number(BigInt(a) ^ BigInt(b));
}`,
};

/** All names, which nothing else in emitted text may have. */
export const helperNames = Object.keys(texts) as readonly HelperName[];

/** The texts of the named functions, in a fixed order. */
export function helperTexts(names: ReadonlySet<HelperName>): string[] {
  return helperNames.filter((name) => names.has(name)).map((name) => texts[name]);
}
