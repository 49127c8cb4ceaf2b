import type { Expression } from "@latticode/program";

type Operator = Expression["op"];

/** The expressions of one operator. */
export type ExpressionOf<Op extends Operator, E extends Expression = Expression> = E extends {
  readonly op: infer Ops;
}
  ? Op extends Ops
    ? E & { readonly op: Op }
    : never
  : never;

type Form<Op extends Operator, Writer, Written> = (e: ExpressionOf<Op>, writer: Writer) => Written;

/** How a language writes each operator: one short function, or one for several. */
export type Forms<Writer, Written> = { readonly [Op in Operator]: Form<Op, Writer, Written> };

/** The expression in the form of its operator. */
export function write<Writer, Written>(
  forms: Forms<Writer, Written>,
  e: Expression,
  writer: Writer,
): Written {
  return (forms[e.op] as (e: Expression, writer: Writer) => Written)(e, writer);
}

function noNumber({ op }: Expression): never {
  throw new Error(`${op} does not give a number`);
}

/** For languages that write lists apart from numbers. */
export const listsApart = {
  list: noNumber,
  shift: noNumber,
  append: noNumber,
  "add-at": noNumber,
  reverse: noNumber,
} as const;

/** Whether the operator gives 1 where it holds and 0 elsewhere. */
export function isBoolean(e: Expression): boolean {
  return ["<", "==", "not", "and", "or", "in"].includes(e.op);
}

/**
 * The arguments of an operator and of those of its arguments that have the same: `min(min(a, b),
 * c)`.
 */
export function operandsOf(op: Operator, e: Expression): Expression[] {
  return e.op === op && "args" in e ? e.args.flatMap((a) => operandsOf(op, a)) : [e];
}
