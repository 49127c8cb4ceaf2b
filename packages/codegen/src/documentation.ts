/**
 * The lines of a text without control, format (such as those that reverse the direction of text)
 * and surrogate characters, which become spaces; trailing spaces and empty lines around it go.
 */
function cleanLines(text: string): string[] {
  const lines = text
    .split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/)
    .map((line) => line.replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, " ").trimEnd());
  while (lines.length > 0 && lines[0] === "") {
    lines.shift();
  }
  while (lines.length > 0 && lines[lines.length - 1] === "") {
    lines.pop();
  }
  return lines;
}

/** The lines of a Python docstring with that text, not indented; none when there is no text. */
export function pythonDocstring(text: string): string[] {
  // An escaped quote wherever another or the end of the line follows leaves no three in a row and
  // none before the closing ones.
  const lines = cleanLines(text).map((line) =>
    line.replaceAll("\\", "\\\\").replace(/"(?="|$)/g, '\\"'),
  );
  if (lines.length === 0) {
    return [];
  }
  lines[0] = `"""${lines[0]}`;
  if (lines.length === 1) {
    return [`${lines[0]}"""`];
  }
  return [...lines, '"""'];
}

/** The lines of a JSDoc comment with that text, not indented; none when there is no text. */
export function jsDocComment(text: string): string[] {
  const lines = cleanLines(text).map((line) => line.replaceAll("*/", "*\\/"));
  if (lines.length === 0) {
    return [];
  }
  if (lines.length === 1) {
    return [`/** ${lines[0].trim()} */`];
  }
  return ["/**", ...lines.map((line) => ` * ${line}`.trimEnd()), " */"];
}

/** The lines of a C comment with that text, not indented; none when there is no text. */
export function cComment(text: string): string[] {
  // A / after an * ends it, one before an * warns; ?? before a / was an escape once.
  const lines = cleanLines(text).map((line) =>
    line.replaceAll("*/", "* /").replaceAll("/*", "/ *").replaceAll("??", "? ?"),
  );
  if (lines.length === 0) {
    return [];
  }
  if (lines.length === 1) {
    return [`/* ${lines[0].trim()} */`];
  }
  return [`/* ${lines[0].trim()}`, ...lines.slice(1).map((line) => ` * ${line}`.trimEnd()), " */"];
}

/** The lines of a text, each behind the mark that makes a line a comment, as in Rust's `///`. */
export function lineComments(mark: string, text: string): string[] {
  // A backslash at the end would take the next line along in some languages.
  return cleanLines(text).map((line) => `${mark} ${line.replace(/\\+$/, "")}`.trimEnd());
}

/**
 * The lines of a Rust doc comment. It is Markdown, whose code blocks `rustdoc --test` compiles and
 * runs, so nothing in it is indented or fenced; nor is anything an HTML tag, which rustdoc would keep.
 */
export function rustDocComment(text: string): string[] {
  const plain = cleanLines(text).map((line) =>
    line
      .trim()
      .replace(/\s+/g, " ")
      .replaceAll("`", "'")
      .replaceAll("~", "-")
      .replace(/<(?=[a-z/!?])/gi, "< "),
  );
  return lineComments("///", plain.join("\n"));
}

/** Texts with an empty line between them, without those that are empty. */
export function paragraphs(...texts: readonly (string | undefined)[]): string {
  return texts.filter((text) => text !== undefined && text.trim() !== "").join("\n\n");
}
