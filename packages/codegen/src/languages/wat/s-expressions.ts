/** An atom, or a list in parentheses whose first item names it. */
export type SExpression = string | readonly SExpression[];

function inline(e: SExpression): string {
  return typeof e === "string" ? e : `(${e.map(inline).join(" ")})`;
}

/** The lines of an expression: one where it fits, else its atoms, then one item a line. */
export function sExpressionLines(e: SExpression, width = 78): string[] {
  const text = inline(e);
  if (typeof e === "string" || text.length <= width) {
    return [text];
  }
  const split = e.findIndex((item) => typeof item !== "string");
  if (split < 0) {
    return [text];
  }
  const lines = e
    .slice(split)
    .flatMap((item) => sExpressionLines(item, width - 2))
    .map((line) => `  ${line}`);
  lines[lines.length - 1] += ")";
  return [`(${e.slice(0, split).join(" ")}`, ...lines];
}

export const get = (name: string): SExpression => ["local.get", `$${name}`];
export const set = (name: string, value: SExpression): SExpression => [
  "local.set",
  `$${name}`,
  value,
];
export const i32 = (value: number): SExpression => ["i32.const", String(value)];
export const i64 = (value: number): SExpression => ["i64.const", String(value + 0)];
