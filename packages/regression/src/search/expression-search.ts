import type { ExpressionBank, Kernels, TermRange } from "@latticode/kernels";
import type { BinaryOperator, Expression, UnaryOperator } from "@latticode/program";
import { binary, conditional, unary } from "@latticode/program";

// Bottom-up enumeration with observational equivalence: terms by weight, each kept only if it has
// new values on the rows. Levels are stored as long as they are small; the levels above them are
// only searched for the values wanted, which needs no memory.

/** A term to build from, with its values on every row. */
export interface Leaf {
  readonly expression: Expression;
  /** [rows] */
  readonly values: Int32Array;
  /** The level at which it enters; 1 unless told. */
  readonly weight?: number;
}

export interface ExpressionSearch {
  /**
   * An expression with these values on every row, of the smallest weight up to `most`: nodes, where
   * leaves count their weight. Undefined when there is none, or none within the limits. Above the
   * first level that is not stored, only terms whose arguments are stored are looked at.
   *
   * @param target [rows]
   */
  find(target: Int32Array, most: number): Found | undefined;
  /** All terms kept with a weight up to `most`, the lightest first, with their values [rows]. */
  terms(most: number): Iterable<Term>;
  /** The expression of a term. */
  expression(index: number): Expression;
  /** Frees its memory. */
  dispose(): void;
}

export interface Found {
  readonly expression: Expression;
  readonly weight: number;
}

interface Term {
  readonly index: number;
  readonly weight: number;
  readonly values: Int32Array;
}

export interface ExpressionLimits {
  /** Most terms kept; 2^16 unless told. */
  readonly capacity?: number;
  /** A level of more candidates than this is not stored; 2^21 unless told. */
  readonly stored?: number;
  /** A level of more candidates than this is not searched; 2^24 unless told. */
  readonly searched?: number;
}

const unaryOrder: readonly UnaryOperator[] = ["not", "abs", "negate"];
/** Of two expressions of the same weight and values, the one whose operator comes first is kept. */
const binaryOrder: readonly BinaryOperator[] = [
  ...(["+", "-", "and", "or", "<", "==", "%", "*", "min", "max", "//", "xor"] as const),
];
const commutative: ReadonlySet<string> = new Set("+ * min max == and or xor".split(" "));
/** Levels up to this have if-then-else: there are too many of them above. */
const conditionalLevels = 6;

/** Prepares a search over expressions of the leaves. */
export function searchExpressions(
  leaves: readonly Leaf[],
  {
    kernels,
    capacity = 2 ** 16,
    stored = 2 ** 21,
    searched = 2 ** 24,
  }: ExpressionLimits & {
    readonly kernels: Kernels;
  },
): ExpressionSearch {
  const rows = leaves[0].values.length;
  const bank = kernels.createExpressionBank({ rows, capacity, width: 32 });
  /** Ranges of terms by weight, from weight 0. */
  const levels: TermRange[] = [[0, 0]];
  const leafOf = new Map<number, Expression>();
  let closed = false;

  /** The next level; false when it is too large to be stored. */
  const store = (): boolean => {
    if (closed) return false;
    const weight = levels.length;
    const calls = [...callsAt(weight, levels)];
    const from = bank.size;
    // a level that does not fit is searched like those above it; what fitted is of its weight
    closed =
      calls.reduce((sum, call) => sum + candidatesOf(call), 0) > stored ||
      !leavesAt(weight).every(enter) ||
      !calls.every(({ operator, ranges }) => bank.apply(operator, ...ranges).complete);
    if (!closed) levels.push([from, bank.size]);
    return !closed;
  };
  const leavesAt = (weight: number) => leaves.filter((leaf) => (leaf.weight ?? 1) === weight);
  /** Whether the bank has the leaf's values, now or before. */
  const enter = ({ expression, values }: Leaf): boolean => {
    if (bank.find(values) >= 0) return true;
    if (bank.size === capacity) return false;
    leafOf.set(bank.add(values), expression);
    return true;
  };
  const expression = (index: number): Expression => {
    const leaf = leafOf.get(index);
    if (leaf) return leaf;
    const { operator, arguments: args } = bank.term(index);
    return build(operator!, args.map(expression));
  };
  const weightOf = (index: number) => {
    const level = levels.findIndex(([from, end]) => index >= from && index < end);
    return level < 0 ? levels.length : level;
  };

  return {
    find(target, most) {
      for (let weight = 1; weight <= most; weight++) {
        const isStored = weight < levels.length || store();
        const index = bank.find(target);
        if (index >= 0) {
          const found = weightOf(index);
          return found > most ? undefined : { expression: expression(index), weight: found };
        }
        if (isStored) continue;
        const leaf = leavesAt(weight).find(({ values }) =>
          values.every((value, row) => value === target[row]),
        );
        if (leaf) return { expression: leaf.expression, weight };
        let left = searched;
        for (const { operator, ranges } of callsAt(weight, levels)) {
          left -= candidatesOf({ operator, ranges });
          if (left < 0) return undefined;
          const { found } = bank.search(target, operator, ...ranges);
          if (found) return { expression: build(operator, found.map(expression)), weight };
        }
      }
      return undefined;
    },
    *terms(most) {
      for (let weight = 1; weight <= most; weight++) {
        if (weight >= levels.length && !store()) return;
        const [from, end] = levels[weight];
        for (let index = from; index < end; index++) {
          yield { index, weight, values: bank.values(index) as Int32Array };
        }
      }
    },
    expression,
    dispose: bank.dispose,
  };
}

type Operator = Parameters<ExpressionBank["apply"]>[0];

interface Call {
  readonly operator: Operator;
  readonly ranges: readonly TermRange[];
}

/** What makes the terms of a weight from the levels below it. */
function* callsAt(weight: number, levels: readonly TermRange[]): Generator<Call> {
  const at = (w: number): TermRange => levels[w] ?? [0, 0];
  const isEmpty = (ranges: readonly TermRange[]) => ranges.some(([from, end]) => from === end);
  if (weight - 1 < levels.length && !isEmpty([at(weight - 1)])) {
    for (const operator of unaryOrder) yield { operator, ranges: [at(weight - 1)] };
  }
  for (const operator of binaryOrder) {
    for (let i = 1; i < weight - 1; i++) {
      const j = weight - 1 - i;
      if (commutative.has(operator) && i > j) break;
      const ranges = [at(i), at(j)];
      if (!isEmpty(ranges)) yield { operator, ranges };
    }
  }
  if (weight > conditionalLevels) return;
  for (let i = 1; i < weight - 2; i++) {
    for (let j = 1; i + j < weight - 1; j++) {
      const ranges = [at(i), at(j), at(weight - 1 - i - j)];
      if (!isEmpty(ranges)) yield { operator: "if", ranges };
    }
  }
}

function candidatesOf({ ranges }: Call): number {
  return ranges.reduce((product, [from, end]) => product * (end - from), 1);
}

function build(operator: Operator, args: readonly Expression[]): Expression {
  if (operator === "if") return conditional(args[0], args[1], args[2]);
  if (args.length === 1) return unary(operator as UnaryOperator, args[0]);
  return binary(operator as BinaryOperator, args[0], args[1]);
}
