import { cleanLines, lineComments } from "../../shared/documentation.ts";

/**
 * The lines of a Rust doc comment. It is Markdown, whose code blocks `rustdoc --test` compiles and
 * runs, so nothing in it is indented or fenced; nor is anything an HTML tag, which rustdoc would
 * keep.
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
