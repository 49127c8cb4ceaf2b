// Cells and tables in Markdown.

import { median } from "./measure.mjs";

/** The median of values in ascending order, and the smallest and largest. */
export const spread = (values, digits) =>
  `${median(values).toFixed(digits)} (${values[0].toFixed(digits)} to ${values.at(-1).toFixed(digits)})`;

export const verdict = (value, bar) => (bar === undefined ? "" : value >= bar ? "met" : "not met");

export function table(head, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
