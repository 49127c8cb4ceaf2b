import type { Program, Range } from "@latticode/program";
import { binary, checkProgram, state } from "@latticode/program";
import type { CExpressions, ListPlaces } from "./c-expressions.ts";
import { cExpressions } from "./c-expressions.ts";
import type { HelperName } from "./c-helpers.ts";
import { helperNames, helperTexts } from "./c-helpers.ts";
import { cComment, paragraphs } from "./documentation.ts";
import type { Names } from "./names.ts";
import { chooseNames, ownNames } from "./names.ts";
import type { EmitOptions } from "./options.ts";
import { inputRanges } from "./options.ts";
import type { Assignment, Statement } from "./statements.ts";
import { statementsOf } from "./statements.ts";
import type { Length, WordAnalysis } from "./word-analysis.ts";
import { growth, wordAnalysis } from "./word-analysis.ts";

/** Keywords of C and C++, and the names that an emitted function uses itself. */
const reserved = [
  ...(
    "alignas alignof and and_eq asm auto bitand bitor bool break case catch char class compl const " +
    "constexpr const_cast continue decltype default delete do double dynamic_cast else enum explicit " +
    "export extern false float for friend goto if inline int long mutable namespace new noexcept not " +
    "not_eq nullptr operator or or_eq private protected public register reinterpret_cast restrict " +
    "return short signed sizeof static static_assert static_cast struct switch template this " +
    "thread_local throw true try typedef typeid typename typeof typeof_unqual union unsigned using " +
    "virtual void volatile wchar_t while xor xor_eq linux unix i386 " +
    "int64_t size_t calloc free llabs malloc memcmp memcpy memmove " +
    "f main i n ys error memory capacity done"
  ).split(" "),
  ...helperNames,
];

/** Macros have such names, and what a compiler keeps to itself. */
const isRisky = (name: string) => name.startsWith("_") || /^[A-Z0-9_]{2,}$/.test(name);

const errors = {
  F_INPUT: "an input out of range",
  F_OVERFLOW: "a result beyond 64 bits",
  F_DIVISION: "a division by zero",
  F_INDEX: "an index that a list does not have",
  F_MEMORY: "no memory",
} as const;

type ErrorName = keyof typeof errors;

/** Arrays of an emitted function: constants, variables and what is computed on the way. */
function arrays(names: Names, capacity: string) {
  const own = ownNames(names, reserved);
  const constants = new Map<string, string>();
  const lengths = new Map<string, string>();
  const fixed: string[] = [];
  const growing: string[] = [];
  const places: ListPlaces = {
    constant(values) {
      const key = values.map((value) => value + 0).join(", ");
      const name = constants.get(key) ?? own(`list${constants.size + 1}`);
      constants.set(key, name);
      return name;
    },
    scratch({ variable, constant }) {
      const name = own(`scratch${fixed.length + growing.length + 1}`);
      if (variable === undefined) {
        fixed.push(`int64_t ${name}[${Math.max(1, constant)}];`);
      } else {
        growing.push(name);
      }
      return name;
    },
    lengthText({ variable, constant }) {
      if (variable === undefined) {
        return String(constant);
      }
      return constant === 0 ? lengths.get(variable)! : `${lengths.get(variable)} + ${constant}`;
    },
  };

  function declareVariable(name: string, initial: readonly number[], isFixed: boolean): string[] {
    const identifier = names.state.get(name)!;
    if (isFixed) {
      const values = initial.length === 0 ? "0" : initial.map((value) => value + 0).join(", ");
      return [`int64_t ${identifier}[${Math.max(1, initial.length)}] = {${values}};`];
    }
    const length = own(`${identifier}_length`);
    lengths.set(name, length);
    growing.push(identifier);
    const lines = [`size_t ${length} = ${initial.length};`];
    if (initial.length > 0) {
      const source = places.constant(initial);
      lines.push(`memcpy(${identifier}, ${source}, sizeof ${source});`);
    }
    return lines;
  }

  const constantLines = () =>
    [...constants].map(([values, name]) => `static const int64_t ${name}[] = {${values}};`);

  const memoryLines = () =>
    growing.length === 0
      ? []
      : [
          `const size_t capacity = ${capacity};`,
          `int64_t *const memory = malloc(${growing.length} * capacity * sizeof *memory);`,
          "if (!memory) {",
          "    return F_MEMORY;",
          "}",
          ...growing.map((name, k) =>
            k === 0
              ? `int64_t *const ${name} = memory;`
              : `int64_t *const ${name} = memory + ${k === 1 ? "" : `${k} * `}capacity;`,
          ),
        ];

  return {
    places,
    own,
    lengths,
    declareVariable,
    constantLines,
    memoryLines,
    fixedLines: () => fixed,
    hasMemory: () => growing.length > 0,
  };
}

type Arrays = ReturnType<typeof arrays>;

/** Writes the statements of one program. */
interface Writer {
  readonly names: Names;
  readonly analysis: WordAnalysis;
  readonly expressions: CExpressions;
  readonly arrays: Arrays;
  /** Lines that end the function with that error. */
  readonly leave: (error: ErrorName | "error") => string[];
}

const indented = (lines: readonly string[]) => lines.map((line) => (line ? `    ${line}` : ""));

function checkLines({ leave }: Writer): string[] {
  return ["if (error) {", ...indented(leave("error")), "}"];
}

function listAssignment(writer: Writer, statement: Assignment & { readonly kind: "assign" }) {
  const { names, analysis, expressions, arrays } = writer;
  const { target, value } = statement;
  const identifier = names.state.get(target)!;
  const length = analysis.lengthOf(value);
  // The outermost operator writes to the variable itself: it has read all it needs by then.
  const source = expressions.list(value, identifier);
  const lines: string[] = [];
  if (value.op === "state" || value.op === "list") {
    if (source !== identifier) {
      const size = `${arrays.places.lengthText(length)} * sizeof *${identifier}`;
      lines.push(`memmove(${identifier}, ${source}, ${size});`);
    }
  } else {
    lines.push(`${source};`);
  }
  if (analysis.mayFail(value)) {
    lines.push(...checkLines(writer));
  }
  return [...lines, ...lengthLines(writer, target, length)];
}

/** The new length of a list variable whose length changes. */
function lengthLines({ arrays }: Writer, target: string, length: Length): string[] {
  const name = arrays.lengths.get(target);
  if (name === undefined || (length.variable === target && length.constant === 0)) {
    return [];
  }
  return length.variable === target
    ? [length.constant === 1 ? `${name}++;` : `${name} += ${length.constant};`]
    : [`${name} = ${arrays.places.lengthText(length)};`];
}

function assignmentLines(writer: Writer, statement: Assignment): string[] {
  const { names, analysis, expressions, leave } = writer;
  const { target } = statement;
  if (statement.kind === "assign" && analysis.isList(statement.value)) {
    return listAssignment(writer, statement);
  }
  const identifier = names.state.get(target)!;
  const whole =
    statement.kind === "assign"
      ? statement.value
      : binary(statement.op, state(target), statement.value);
  const overflow = expressions.overflow(identifier, whole);
  if (overflow !== undefined) {
    return [`if (${overflow}) {`, ...indented(leave("F_OVERFLOW")), "}"];
  }
  const text = expressions.value(whole);
  let line = `${identifier} = ${text};`;
  if (statement.kind === "augment") {
    const operator = { "//": "/", xor: "^", "+": "+", "-": "-", "*": "*", "%": "%" }[statement.op];
    if (text.startsWith(`${identifier} ${operator} `)) {
      line = `${identifier} ${operator}= ${expressions.value(statement.value)};`;
    }
  }
  return analysis.mayFail(whole) ? [line, ...checkLines(writer)] : [line];
}

/** All values are computed before any is assigned. */
function togetherLines(writer: Writer, statement: Statement & { readonly kind: "together" }) {
  const { names, analysis, expressions, arrays } = writer;
  const first: string[] = [];
  const second: string[] = [];
  const last: string[] = [];
  for (const { target, value } of statement.updates) {
    const identifier = names.state.get(target)!;
    const next = arrays.own(`next_${identifier}`);
    if (!analysis.isList(value)) {
      first.push(`const int64_t ${next} = ${expressions.value(value)};`);
      second.push(`${identifier} = ${next};`);
      continue;
    }
    const length = analysis.lengthOf(value);
    const scratch = arrays.places.scratch(length);
    const lengthText = arrays.places.lengthText(length);
    const source = expressions.list(value, scratch);
    const computes = value.op !== "state" && value.op !== "list";
    first.push(
      computes
        ? `${source};`
        : `memcpy(${scratch}, ${source}, ${lengthText} * sizeof *${scratch});`,
    );
    const name = arrays.lengths.get(target);
    if (name !== undefined) {
      const nextLength = arrays.own(`next_${name}`);
      first.push(`const size_t ${nextLength} = ${lengthText};`);
      second.push(`memcpy(${identifier}, ${scratch}, ${nextLength} * sizeof *${identifier});`);
      last.push(`${name} = ${nextLength};`);
    } else {
      second.push(`memcpy(${identifier}, ${scratch}, ${lengthText} * sizeof *${identifier});`);
    }
  }
  const check = statement.updates.some(({ value }) => analysis.mayFail(value))
    ? checkLines(writer)
    : [];
  return [...first, ...check, ...second, ...last];
}

function statementLines(writer: Writer, statement: Statement): string[] {
  const { analysis, expressions } = writer;
  switch (statement.kind) {
    case "assign":
    case "augment":
      return assignmentLines(writer, statement);
    case "together":
      return togetherLines(writer, statement);
    case "choose": {
      const lines = statement.cases.flatMap(({ condition, body }, k) => [
        `${k === 0 ? "if" : "} else if"} (${expressions.value(condition)}) {`,
        ...indented(assignmentLines(writer, body)),
      ]);
      if (statement.otherwise !== undefined) {
        lines.push("} else {", ...indented(assignmentLines(writer, statement.otherwise)));
      }
      lines.push("}");
      // What a wrong condition chose is not used.
      const mayFail = statement.cases.some(({ condition }) => analysis.mayFail(condition));
      return mayFail ? [...lines, ...checkLines(writer)] : lines;
    }
    default:
      return statement satisfies never;
  }
}

function outputLines(writer: Writer, program: Program): string[] {
  const { analysis, expressions } = writer;
  const { outputs } = program;
  const lines = outputs.map((output, k) => {
    const place =
      outputs.length === 1
        ? "i"
        : k === 0
          ? `${outputs.length} * i`
          : `${outputs.length} * i + ${k}`;
    return `ys[${place}] = ${expressions.value(output)};`;
  });
  return outputs.some(analysis.mayFail) ? [...lines, ...checkLines(writer)] : lines;
}

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
 * input more: from arrays of n integers to `ys`, [n, outputs]. It returns 0 or an error: an input out
 * of its range, a result beyond 64 bits, division by zero, an index that a list does not have, no
 * memory for lists that grow. Never silently wrong and never undefined: operators are plain where
 * interval arithmetic shows that nothing can go wrong, else checked by the overflow builtins of gcc
 * and clang. The text depends on program and options only.
 *
 * @throws Error as `checkProgram` when the program is not one, RangeError when `inputs` are no ranges
 */
export function emitC(program: Program, options: EmitOptions = {}): string {
  checkProgram(program);
  const inputs = inputRanges(program.inputDim, options);
  const names = chooseNames(program, reserved, isRisky);
  const analysis = wordAnalysis(program, inputs);
  const lists = arrays(names, capacityText(growth(program)));
  const helpers = new Set<HelperName>();
  const expressions = cExpressions(names, analysis, lists.places, helpers);

  const declarations = program.state.flatMap(({ name, initial }) =>
    typeof initial === "number"
      ? [`int64_t ${names.state.get(name)} = ${initial + 0};`]
      : lists.declareVariable(name, initial, analysis.fixedLength(name) !== undefined),
  );
  const write = (hasMemory: boolean) => {
    const writer: Writer = {
      names,
      analysis,
      expressions,
      arrays: lists,
      leave: (error) =>
        hasMemory
          ? [...(error === "error" ? [] : [`error = ${error};`]), "goto done;"]
          : [`return ${error};`],
    };
    return [
      ...inputLines(writer, inputs),
      ...statementsOf(program, { regroup: false }).flatMap((s) => statementLines(writer, s)),
      ...outputLines(writer, program),
    ];
  };
  // Whether anything is to be freed is known beforehand: where some list grows.
  const hasMemory = program.state.some(
    ({ name, initial }) => typeof initial !== "number" && analysis.fixedLength(name) === undefined,
  );
  const loop = write(hasMemory);
  const usesError = hasMemory || mentionsError(loop);
  const body = [
    ...lists.constantLines(),
    ...(usesError ? ["int error = 0;"] : []),
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
  const texts = helperTexts(helpers);
  const all = [main, ...texts].join("\n");
  const headers = ["stddef", "stdint"];
  if (/\b(malloc|llabs)\(/.test(all)) headers.push("stdlib");
  if (/\bmem(cmp|cpy|move)\(/.test(all)) headers.push("string");
  const includes = headers.map((name) => `#include <${name}.h>`).join("\n");
  return `${[includes, errorText(), ...texts, main].join("\n\n")}\n`;
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
