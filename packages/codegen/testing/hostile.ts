// Texts that try to end a comment or a docstring and become code.

import type { Program } from "@latticode/program";
import { add, input, state } from "@latticode/program";
import { expect } from "vitest";
import type { Language } from "../src/shared/language.ts";
import { chooseNames } from "../src/shared/names.ts";

const hostile = [
  // biome-ignore lint/suspicious/noTemplateCurlyInString: what a template would take up must not be one
  'a """ */ ;; -- \n ${x} ` \\ // /* ??/ " \u202e\u2066 #{ \\u002a/ %%{init}%% \\',
  'a*/\nb = 1; /*\nc"""\nimport os\n;)(;\n(data)',
  'a"""\rb\u2028c\u2029d\u0085e\vf\fg\\\r\nh ??/\ni \\',
  "```\npanic!();\n```\n    x\n\\end{document}%\n%%{init: {}}%%\n---\nb: c\n---",
  '*/ // """" "',
  "\\",
];

const harmless = "A harmless text.";

/**
 * What a line comment holds, which any character ends that some language takes for a line's end.
 */
export const rest = "[^\\n\\r\\v\\f\\u0085\\u2028\\u2029]*\\n";
export const string = '"(?:\\\\[^]|[^"\\\\])*"';
export const block = "\\/\\*(?:(?!\\*\\/)[^])*\\*\\/";

/** The text without its comments, which the pattern finds beside the strings, which stay. */
function code(text: string, pattern: RegExp): string {
  const isString = /^["`](?!"")/;
  return text.replace(pattern, (found) => (isString.test(found) ? found : ""));
}

/** Of hostile docstrings nothing is code. */
export function expectHarmlessDocstrings(
  write: (docstring: string) => string,
  comments: RegExp,
): void {
  const expected = write("");
  expect(code(write(harmless), comments)).toBe(expected);
  for (const text of hostile) {
    expect(code(write(text), comments), write(text)).toBe(expected);
  }
}

function sumNamed(name: string): Program {
  return {
    inputDim: 1,
    state: [{ name, initial: 0 }],
    order: "in-place",
    updates: [{ target: name, value: add(state(name), input(0)) }],
    outputs: [state(name)],
  };
}

/**
 * Of hostile names and docstrings nothing is code; `read` is what is done before comments are seen.
 */
export function expectHarmless(
  { emit }: Language,
  comments: RegExp,
  read: (text: string) => string = (text) => text,
): void {
  for (const text of hostile) {
    const variable = `a${text}`;
    const name = chooseNames(sumNamed(variable), []).state.get(variable)!;
    expect(name).toMatch(/^[A-Za-z_][A-Za-z0-9_]*$/);
    const emitted = emit(sumNamed(variable), { docstring: text });
    expect(emitted).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
    const plain = emit(sumNamed("q".repeat(name.length)), { docstring: harmless });
    const expected = code(read(plain), comments);
    expect(expected).not.toContain(harmless);
    expect(expected).toMatch(/\bf\b/);
    expect(code(read(emitted), comments), emitted).toBe(expected.replace(/\bq+\b/g, name));
  }
}
