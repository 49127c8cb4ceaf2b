// Wraps the comments of packages and assembly at the formatter's width, which leaves them as they
// are. Words that stand beyond it go to the next line of their paragraph; nothing else moves.

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** What begins a paragraph of its own: a tag, an item of a list, a row of a table, a fence. */
const opening = /^(@|- |\d+\. |\||```)/;

/** The text with every line of a comment at most `width` wide, where it has spaces to be cut at. */
export function wrapComments(text, width) {
  const lines = text.split("\n").flatMap((line) => {
    const [, indent, words] = /^(\s*)\/\*\* (.*) \*\/$/.exec(line) ?? [];
    return words === undefined || line.length <= width
      ? [line]
      : [`${indent}/**`, `${indent} * ${words}`, `${indent} */`];
  });
  let isBlock = false;
  let isCode = false;
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i];
    if (/^\s*\/\*/.test(line)) isBlock = true;
    const pattern = isBlock ? /^(\s*\* )(\s*)(.*)$/ : /^(\s*\/\/ )(\s*)(.*)$/;
    if (/\*\/\s*$/.test(line)) isBlock = false;
    const [, lead, indent, words] = pattern.exec(line) ?? [];
    if (words === undefined) continue;
    if (words.startsWith("```")) isCode = isBlock && !isCode;
    const cut = line.lastIndexOf(" ", width);
    const isDirective = words.startsWith("biome-ignore");
    if (isCode || isDirective || line.length <= width || cut <= lead.length + indent.length) {
      continue;
    }
    lines[i] = line.slice(0, cut);
    const rest = line.slice(cut + 1);
    const hang = `${indent}${opening.test(words) ? "  " : ""}`;
    const next = lines[i + 1]?.startsWith(lead) ? lines[i + 1].slice(lead.length) : "";
    const nextWords = next.trimStart();
    const nextIndent = next.slice(0, next.length - nextWords.length);
    const isSame = opening.test(words) ? nextIndent.length > indent.length : nextIndent === indent;
    if (nextWords !== "" && isSame && !opening.test(nextWords)) {
      lines[i + 1] = `${lead}${nextIndent}${rest} ${nextWords}`;
    } else lines.splice(i + 1, 0, `${lead}${hang}${rest}`);
  }
  return lines.join("\n");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { lineWidth } = JSON.parse(readFileSync(join(root, "biome.json"), "utf8")).formatter;
  const folders = process.argv.length > 2 ? process.argv.slice(2) : ["packages", "assembly"];
  for (const folder of folders) {
    for (const path of readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })) {
      if (!/\.(ts|mjs)$/.test(path) || /(^|[/\\])(node_modules|dist)[/\\]/.test(path)) continue;
      const file = join(root, folder, path);
      const text = readFileSync(file, "utf8");
      const wrapped = wrapComments(text, lineWidth);
      if (wrapped !== text) writeFileSync(file, wrapped);
    }
  }
}
