/** Nearer to an integer than this counts as being it, as in the normalizers' reports. */
const integerTolerance = 1e-6;

/**
 * A number for a table: an integer as an integer, anything else to `digits` significant digits,
 * zeros kept, so that 1.000 is near 1 and 1 is 1.
 */
export function numberText(value: number, digits = 4): string {
  const nearest = Math.round(value);
  if (Math.abs(value - nearest) <= integerTolerance && Math.abs(nearest) < 1e15) {
    return String(nearest + 0);
  }
  return value.toPrecision(digits).replace("e+", "e");
}

/** A measured number, to a ten-thousandth of the scale that it is on. */
export function measuredText(value: number, scale: number): string {
  let decimals = 0;
  for (let size = scale; size < 1e3 && decimals < 12; size *= 10) decimals++;
  const text = value
    .toFixed(decimals)
    .replace(/(\.\d*?)0+$/, "$1")
    .replace(/\.$/, "");
  return text === "-0" ? "0" : text;
}

/** A share as a percentage that is 100 only where the share is 1. */
export function percentText(share: number): string {
  return `${(Math.floor(share * 1e3) / 10).toFixed(1)} %`;
}

/** Rows of cells in columns, numbers to the right, the first column and texts to the left. */
export function tableText(rows: readonly (readonly string[])[], indent = "  "): string[] {
  const width = Math.max(...rows.map((row) => row.length));
  const columns = Array.from({ length: width }, (_, j) => rows.map((row) => row[j] ?? ""));
  const isNumeric = (cells: readonly string[]) =>
    cells.slice(1).every((cell) => /^(-?[\d.,]+(e-?\d+)?( %)?|-|)$/.test(cell));
  const padded = columns.map((cells, j) => {
    const size = Math.max(...cells.map((cell) => cell.length));
    const toRight = j > 0 && isNumeric(cells);
    return cells.map((cell) => (toRight ? cell.padStart(size) : cell.padEnd(size)));
  });
  return rows.map((_, i) => (indent + padded.map((cells) => cells[i]).join("  ")).trimEnd());
}
