// Rules of the simplifier as text, after those of egg (Willsey et al., "egg: fast and extensible
// equality saturation", POPL 2021): a pattern and its replacement, operators written before their
// arguments.
//
//   (+ a 0)     that operator of arguments that match
//   7           that constant
//   N           in upper case: any constant, the same one wherever the letter stands again
//   x y z       anything but a constant
//   a           in other lower case: any expression, the same one wherever the letter stands again
//   a:bit       one of which the fact is known
//   a!          one that cannot fail
//   [- N M]     in a replacement: the constant that comes out; without one the rule does not apply

import type { Expression, IntegerExpression, OperatorExpression } from "../expression.ts";
import { integer, sameExpression } from "../expression.ts";
import { moduloNumbers, xorNumbers } from "../interpreter/arithmetic.ts";
import type { Range } from "./intervals.ts";
import { mayBe } from "./intervals.ts";

/** What the rules may ask about expressions. */
export interface Knowledge {
  /** Between which integers the value lies, integers being of any size. */
  readonly rangeOf: (e: Expression) => Range;
  /** Between which integers the length of a list lies, when it has a value. */
  readonly lengthOf: (e: Expression) => Range;
  /** Whether the value is a list. */
  readonly isList: (e: Expression) => boolean;
  /**
   * Whether the expression has a value on all inputs: nothing in it can fail, as a division by 0.
   */
  readonly cannotFail: (e: Expression) => boolean;
}

/** What the letters of a pattern stand for. */
export type Match = Record<string, Expression>;

/** Whether the expression matches; the letters are entered in `match`. */
export type Matcher = (e: Expression, match: Match, known: Knowledge) => boolean;

/** What has to hold besides. */
export type Condition = (match: Match, known: Knowledge) => boolean;

/** Makes the replacement of an expression that matches, or nothing where there is none. */
export type Replacement = (match: Match, known: Knowledge, e: Expression) => Expression | undefined;

/** The integer of that value, where an expression can hold it. */
export function safeInteger(value: number | bigint): Expression | undefined {
  const number = Number(value);
  return Number.isSafeInteger(number) ? integer(number) : undefined;
}

const facts: Readonly<Record<string, (range: Range, e: Expression, known: Knowledge) => boolean>> =
  {
    /**
     * A number that is 0 or 1 always; a range alone does not tell it from a list of such numbers.
     */
    bit: ({ min, max }, e, { isList }) => min >= 0 && max <= 1 && !isList(e),
    true: (range) => !mayBe(range, 0),
    false: ({ min, max }) => min === 0 && max === 0,
    positive: ({ min }) => min > 0,
    negative: ({ max }) => max < 0,
    nonnegative: ({ min }) => min >= 0,
    nonpositive: ({ max }) => max <= 0,
    /** A list of one number at most. */
    short: (_, e, { lengthOf }) => lengthOf(e).max <= 1,
  };

const folds: Readonly<Record<string, (a: number, b: number) => number>> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "%": moduloNumbers,
  min: Math.min,
  max: Math.max,
  xor: xorNumbers,
};

/**
 * A letter or constant, or an operator with its arguments, in brackets when it is to be computed.
 */
type Tree =
  | string
  | { readonly op: string; readonly args: readonly Tree[]; readonly computed: boolean };

function parse(text: string): Tree {
  const tokens = text.match(/[()[\]]|[^\s()[\]]+/g)!;
  const next = (): Tree => {
    const token = tokens.shift()!;
    if (token !== "(" && token !== "[") {
      return token;
    }
    const op = tokens.shift()!;
    const args: Tree[] = [];
    while (tokens[0] !== ")" && tokens[0] !== "]") {
      args.push(next());
    }
    tokens.shift();
    return { op, args, computed: token === "[" };
  };
  return next();
}

const isNumeral = (text: string) => /^-?\d+$/.test(text);

function matcher(tree: Tree, seen: Set<string>): Matcher {
  if (typeof tree !== "string") {
    const { op } = tree;
    const args = tree.args.map((argument) => matcher(argument, seen));
    return (e, match, known) => {
      let matches = e.op === op;
      for (let i = 0; matches && i < args.length; i++) {
        matches = args[i]((e as OperatorExpression).args[i]!, match, known);
      }
      return matches;
    };
  }
  if (isNumeral(tree)) {
    const value = Number(tree);
    return (e) => e.op === "integer" && e.value === value;
  }
  const [, name, factName, defined] = /^(\w+)(?::(\w+))?(!?)$/.exec(tree)!;
  const again = seen.has(name);
  seen.add(name);
  const refused = /[A-Z]/.test(name) ? false : /[xyz]/.test(name) ? true : undefined;
  const fact = factName === undefined ? undefined : facts[factName];
  return (e, match, known) => {
    if (again ? !sameExpression(e, match[name]) : (e.op === "integer") === refused) {
      return false;
    }
    match[name] = e;
    return (
      (fact === undefined || fact(known.rangeOf(e), e, known)) &&
      (defined === "" || known.cannotFail(e))
    );
  };
}

function builder(tree: Tree): Replacement {
  if (typeof tree === "string") {
    const constant = isNumeral(tree) ? integer(Number(tree)) : undefined;
    return (match) => constant ?? match[tree];
  }
  const args = tree.args.map(builder);
  return (match, known, e) => {
    const built = args.map((build) => build(match, known, e));
    if (built.includes(undefined)) {
      return undefined;
    }
    if (!tree.computed) {
      return { op: tree.op, args: built } as unknown as OperatorExpression;
    }
    const [a, b] = built.map((constant) => (constant as IntegerExpression).value);
    return safeInteger(folds[tree.op](a, b));
  };
}

/** The operator that a pattern begins with, and what matches it. */
export function parsePattern(text: string): { readonly op: string; readonly matches: Matcher } {
  const tree = parse(text) as Exclude<Tree, string>;
  return { op: tree.op, matches: matcher(tree, new Set()) };
}

/** What makes the replacement that the text says. */
export function parseReplacement(text: string): Replacement {
  return builder(parse(text));
}
