// The tables of docs/reproducibility.md from what the suite gave.

const begin = "<!-- digests: begin, written by npm run digests -->";
const end = "<!-- digests: end -->";

/** @param results what the suite gave, with one worker among others */
export function digestTables({ kernels, tasks }) {
  const [first] = Object.values(tasks);
  return [
    "| task, seed 1 | what | SHA-256 |",
    "|---|---|---|",
    ...Object.entries(first).flatMap(([task, digests]) =>
      Object.entries(digests).map(([what, digest]) => `| ${task} | ${what} | ${cell(digest)} |`),
    ),
    "",
    "| kernels on fixed data | SHA-256 |",
    "|---|---|",
    ...Object.entries(kernels).map(([kernel, digest]) => `| ${kernel} | ${cell(digest)} |`),
  ].join("\n");
}

function cell(digest) {
  return digest === "-" ? "- (no program yet)" : `\`${digest}\``;
}

/** The tables in a text. */
export function tablesIn(text) {
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from < 0 || to < from)
    throw new Error(`docs/reproducibility.md: "${begin}" and "${end}" are missing`);
  return text.slice(from + begin.length, to).trim();
}

/** The text with other tables. */
export function withTables(text, tables) {
  return text.replace(tablesIn(text), () => tables);
}
