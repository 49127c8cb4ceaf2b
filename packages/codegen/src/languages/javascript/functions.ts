import type { Range } from "@latticode/program";
import { int32 } from "@latticode/program";

/** Whether types are written, which the texts have between ‹ and ›. */
export type Types = "typed" | "untyped";

const lengthsText = `\
  for (const input of inputs) {
    if (input.length !== inputs[0].length) {
      throw new RangeError(\`f: inputs of \${inputs[0].length} and \${input.length} numbers\`);
    }
`;

/** The check of inputs that are integers of 32 bits. */
const check32 = `\
/** Throws unless the inputs are equally long lists of integers of 32 bits. */
function checkInputs(...inputs‹: readonly (readonly number[])[]›)‹: void› {
${lengthsText}\
    for (const x of input) {
      if (x !== (x | 0)) {
        throw new RangeError(\`f: input \${x} is not an integer of 32 bits\`);
      }
    }
  }
}`;

/** The check of inputs that lie in other ranges. */
function checkRanges(ranges: readonly Range[]): string {
  const list = ranges.map(({ min, max }) => `[${min}, ${max}]`).join(", ");
  return `\
/** Throws unless the inputs are equally long lists of integers in their ranges. */
function checkInputs(...inputs‹: readonly (readonly number[])[]›)‹: void› {
  const ranges = [${list}];
  for (const [k, input] of inputs.entries()) {
    if (input.length !== inputs[0].length) {
      throw new RangeError(\`f: inputs of \${inputs[0].length} and \${input.length} numbers\`);
    }
    const [min, max] = ranges[k];
    for (const x of input) {
      if (!Number.isInteger(x) || x < min || x > max) {
        throw new RangeError(\`f: input \${x} is not an integer from \${min} to \${max}\`);
      }
    }
  }
}`;
}

/** The text with or without the types in it. */
export function withTypes(text: string, types: Types): string {
  return types === "typed" ? text.replace(/[‹›]/g, "") : text.replace(/‹[^›]*›/g, "");
}

/** The functions that emitted JavaScript and TypeScript bring along where they call them. */
export const functions = {
  checkInputs: check32,
  exact: `\
/** n, unless it is beyond the integers that a number holds exactly. */
function exact(n‹: number›)‹: number› {
  if (!Number.isSafeInteger(n)) {
    throw new RangeError(\`f: a value near \${n} is beyond the safe integers\`);
  }
  return n;
}`,
  floorDivide: `\
/** a / b, rounded down. */
function floorDivide(a‹: number›, b‹: number›)‹: number› {
  if (b === 0) {
    throw new RangeError("f: division by zero");
  }
  return Math.floor(a / b);
}`,
  modulo: `\
/** What a division of a by b that rounds down leaves: it has the sign of b. */
function modulo(a‹: number›, b‹: number›)‹: number› {
  if (b === 0) {
    throw new RangeError("f: division by zero");
  }
  const remainder = a % b;
  // Adding 0 turns -0 into 0.
  return remainder !== 0 && remainder < 0 !== b < 0 ? remainder + b : remainder + 0;
}`,
  xor: `\
/** a ^ b beyond 32 bits. */
function xor(a‹: number›, b‹: number›)‹: number› {
  return Number(BigInt(a) ^ BigInt(b));
}`,
  place: `\
/** The index from the front; negative ones count from the end. */
function place(list‹: readonly number[]›, index‹: number›)‹: number› {
  const front = index < 0 ? index + list.length : index;
  if (front < 0 || front >= list.length) {
    throw new RangeError(\`f: index \${index} of a list of \${list.length} numbers\`);
  }
  return front;
}`,
  at: `\
function at(list‹: readonly number[]›, index‹: number›)‹: number› {
  return list[place(list, index)];
}`,
  sum: `\
function sum(list‹: readonly number[]›)‹: number› {
  return list.reduce((total, value) => exact(total + value), 0);
}`,
  argmax: `\
/** The first index of the largest number. */
function argmax(list‹: readonly number[]›)‹: number› {
  if (list.length === 0) {
    throw new RangeError("f: argmax of an empty list");
  }
  return list.reduce((best, value, k) => (value > list[best] ? k : best), 0);
}`,
  equalLists: `\
function equalLists(a‹: readonly number[]›, b‹: readonly number[]›)‹: boolean› {
  return a.length === b.length && a.every((value, k) => value === b[k]);
}`,
  shift: `\
/** The list without its first number and with value behind its last. */
function shift(list‹: readonly number[]›, value‹: number›)‹: number[]› {
  if (list.length === 0) {
    throw new RangeError("f: shift of an empty list");
  }
  return [...list.slice(1), value];
}`,
  addAt: `\
/** The list, changed: value is added to the number at the index. */
function addAt(list‹: number[]›, index‹: number›, value‹: number›)‹: number[]› {
  const front = place(list, index);
  list[front] = exact(list[front] + value);
  return list;
}`,
};

/** The functions where inputs lie in those ranges. */
export function functionsFor(ranges: readonly Range[]): typeof functions {
  const isUsual = ranges.every(({ min, max }) => min === int32.min && max === int32.max);
  return isUsual ? functions : { ...functions, checkInputs: checkRanges(ranges) };
}
