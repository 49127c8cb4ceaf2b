/** The lines behind an indentation; empty ones stay empty. */
export const indented = (lines: readonly string[], by = "    "): string[] =>
  lines.map((line) => (line ? by + line : ""));

/** Numbers with commas between them, 0 without a sign. */
export const numbersText = (values: readonly number[]): string =>
  values.map((value) => value + 0).join(", ");
