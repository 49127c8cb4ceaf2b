import type { Program, Range } from "@latticode/program";
import { checkProgram } from "@latticode/program";
import { calledTexts } from "../../shared/called-texts.ts";
import { paragraphs } from "../../shared/documentation.ts";
import type { Language } from "../../shared/language.ts";
import { indented } from "../../shared/lines.ts";
import type { Names } from "../../shared/names.ts";
import { chooseNames, ownNames } from "../../shared/names.ts";
import type { EmitOptions } from "../../shared/options.ts";
import { inputRanges } from "../../shared/options.ts";
import { growth, wordAnalysis } from "../../shared/word-analysis.ts";
import { arrays } from "./arrays.ts";
import { cComment } from "./comment.ts";
import { cExpressions } from "./expressions.ts";
import { functions } from "./functions.ts";
import type { Writer } from "./statements.ts";
import { errors, outputLines, updateLines } from "./statements.ts";

/** Keywords of C and C++, and the names that an emitted function uses itself. */
const reserved = [
  ...(
    "alignas alignof and and_eq asm auto bitand bitor bool break case catch char class compl " +
    "const constexpr const_cast continue decltype default delete do double dynamic_cast else " +
    "enum explicit export extern false float for friend goto if inline int long mutable " +
    "namespace new noexcept not not_eq nullptr operator or or_eq private protected public " +
    "register reinterpret_cast restrict return short signed sizeof static static_assert " +
    "static_cast struct switch template this thread_local throw true try typedef typeid " +
    "typename typeof typeof_unqual union unsigned using virtual void volatile wchar_t while " +
    "xor xor_eq linux unix i386 int64_t size_t calloc free llabs malloc memcmp memcpy memmove " +
    "f main i n ys error memory capacity done"
  ).split(" "),
  ...Object.keys(functions),
];

/** Macros have such names, and what a compiler keeps to itself. */
const isRisky = (name: string) => name.startsWith("_") || /^[A-Z0-9_]{2,}$/.test(name);

function inputLines(writer: Writer, inputs: readonly Range[]): string[] {
  const { names, leave } = writer;
  const conditions = names.inputs.map(
    (name, k) => `${name} < ${inputs[k].min} || ${name} > ${inputs[k].max}`,
  );
  return [
    ...names.inputs.map((name, k) => `const int64_t ${name} = ${names.parameters[k]}[i];`),
    ...conditions.flatMap((condition) => [
      `if (${condition}) {`,
      ...indented(leave("F_INPUT")),
      "}",
    ]),
  ];
}

function contract(program: Program, names: Names, inputs: readonly Range[]): string {
  const ranges = names.parameters.map(
    (name, k) => `${name} (from ${inputs[k].min} to ${inputs[k].max})`,
  );
  const count = program.outputs.length;
  const each = count === 1 ? "n" : `${count} * n, the ${count} of a position side by side,`;
  return [
    `Reads n integers from ${ranges.join(" and from ")}, writes ${each} to ys.`,
    "Returns 0, or one of the errors above; ys is complete after 0 only.",
  ].join("\n");
}

/**
 * C99 that defines `int f(const int64_t *s, size_t n, int64_t *ys)`, with a parameter more for each
 * input more: from arrays of n integers to `ys`, [n, outputs]. It returns 0 or an error: an input
 * out of its range, a result beyond 64 bits, division by zero, an index that a list does not have,
 * no memory for lists that grow. Never silently wrong and never undefined: operators are plain
 * where interval arithmetic shows that nothing can go wrong, else checked by the overflow builtins
 * of gcc and clang. The text depends on program and options only.
 *
 * @throws Error as `checkProgram` when the program is not one, RangeError when `inputs` is not
 *   valid
 */
export function emitC(program: Program, options: EmitOptions = {}): string {
  checkProgram(program);
  const inputs = inputRanges(program.inputDim, options);
  const names = chooseNames(program, reserved, isRisky);
  const analysis = wordAnalysis(program, inputs);
  const lists = arrays(names, ownNames(names, reserved), capacityText(growth(program)));
  // Whether anything is to be freed is known beforehand: where some list grows.
  const isGrowing = ({ name, initial }: Program["state"][number]) =>
    typeof initial !== "number" && analysis.fixedLength(name) === undefined;
  const hasMemory = program.state.some(isGrowing);
  const writer: Writer = {
    names,
    analysis,
    expressions: cExpressions(names, analysis, lists.places),
    arrays: lists,
    leave: (error) =>
      hasMemory
        ? [...(error === "error" ? [] : [`error = ${error};`]), "goto done;"]
        : [`return ${error};`],
  };

  const declarations = program.state.flatMap((variable) =>
    typeof variable.initial === "number"
      ? [`int64_t ${names.state.get(variable.name)} = ${variable.initial + 0};`]
      : lists.declareVariable(variable.name, variable.initial, !isGrowing(variable)),
  );
  const loop = [
    ...inputLines(writer, inputs),
    ...updateLines(writer, program),
    ...outputLines(writer, program),
  ];
  const body = [
    ...lists.constantLines(),
    ...(hasMemory || mentionsError(loop) ? ["int error = 0;"] : []),
    ...lists.memoryLines(),
    ...declarations,
    ...lists.fixedLines(),
    "for (size_t i = 0; i < n; i++) {",
    ...indented(loop),
    "}",
    ...(hasMemory ? ["done:", "free(memory);", "return error;"] : ["return 0;"]),
  ];
  const parameters = names.parameters.map((name) => `const int64_t *${name}`).join(", ");
  const main = [
    ...cComment(paragraphs(options.docstring, contract(program, names, inputs))),
    `int f(${parameters}, size_t n, int64_t *ys)`,
    "{",
    ...body.map((line) => (line === "done:" ? line : indented([line])[0])),
    "}",
  ].join("\n");
  const texts = calledTexts(functions, body);
  return `${[includeLines([main, ...texts]), errorText(), ...texts, main].join("\n\n")}\n`;
}

/** C99, with the overflow builtins of gcc and clang. */
export const c: Language = { name: "c", extension: "c", emit: emitC };

function includeLines(texts: readonly string[]): string {
  const all = texts.join("\n");
  const headers = ["stddef", "stdint"];
  if (/\b(malloc|llabs)\(/.test(all)) headers.push("stdlib");
  if (/\bmem(cmp|cpy|move)\(/.test(all)) headers.push("string");
  return headers.map((name) => `#include <${name}.h>`).join("\n");
}

function mentionsError(lines: readonly string[]): boolean {
  return lines.some((line) => /&error\b|\(error\)/.test(line));
}

function errorText(): string {
  const lines = Object.entries(errors).map(
    ([name, meaning], k) => `    ${name}${k === 0 ? " = 1" : ""}, /* ${meaning} */`,
  );
  return ["enum {", ...lines, "};"].join("\n");
}

function capacityText({ start, step }: { readonly start: number; readonly step: number }): string {
  const added = step === 1 ? " + n" : ` + ${step} * n`;
  return `${start}${step === 0 ? "" : added}`;
}
