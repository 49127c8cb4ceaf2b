import type { Program, Update } from "@latticode/program";
import { indented } from "../../shared/lines.ts";
import type { Names } from "../../shared/names.ts";
import type { StatementWriter } from "../../shared/statement-lines.ts";
import { assignedText, bracedChoice, statementLines } from "../../shared/statement-lines.ts";
import type { Assignment } from "../../shared/statements.ts";
import { assignedValue, statementsOf } from "../../shared/statements.ts";
import type { Length, WordAnalysis } from "../../shared/word-analysis.ts";
import type { Arrays } from "./arrays.ts";
import type { CExpressions } from "./expressions.ts";
import { operators } from "./expressions.ts";

/** The errors of an emitted function, and what they mean. */
export const errors = {
  F_INPUT: "an input out of range",
  F_OVERFLOW: "a result beyond 64 bits",
  F_DIVISION: "a division by zero",
  F_INDEX: "an index that a list does not have",
  F_MEMORY: "no memory",
} as const;

type ErrorName = keyof typeof errors;

/** Writes the statements of one program. */
export interface Writer {
  readonly names: Names;
  readonly analysis: WordAnalysis;
  readonly expressions: CExpressions;
  readonly arrays: Arrays;
  /** Lines that end the function with that error. */
  readonly leave: (error: ErrorName | "error") => string[];
}

/** Lines that end the function where something before them has failed. */
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
  if (statement.kind === "assign" && analysis.isList(statement.value)) {
    return listAssignment(writer, statement);
  }
  const identifier = names.state.get(statement.target)!;
  const whole = assignedValue(statement);
  const overflow = expressions.overflow(identifier, whole);
  if (overflow !== undefined) {
    return [`if (${overflow}) {`, ...indented(leave("F_OVERFLOW")), "}"];
  }
  const line = `${assignedText(identifier, statement, operators, expressions.value)};`;
  return analysis.mayFail(whole) ? [line, ...checkLines(writer)] : [line];
}

/** All values are computed before any is assigned. */
function togetherLines(writer: Writer, updates: readonly Update[]): string[] {
  const { names, analysis, expressions, arrays } = writer;
  const first: string[] = [];
  const second: string[] = [];
  const last: string[] = [];
  for (const { target, value } of updates) {
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
  const check = updates.some(({ value }) => analysis.mayFail(value)) ? checkLines(writer) : [];
  return [...first, ...check, ...second, ...last];
}

/** The lines of all statements of a program, which run at every position. */
export function updateLines(writer: Writer, program: Program): string[] {
  const { analysis, expressions } = writer;
  const statementWriter: StatementWriter = {
    condition: expressions.value,
    assignment: (statement) => assignmentLines(writer, statement),
    together: (updates) => togetherLines(writer, updates),
    choice: bracedChoice("(", ")", "    "),
  };
  return statementsOf(program, { regroup: false }).flatMap((statement) => {
    const lines = statementLines(statement, statementWriter);
    // What a wrong condition chose is not used.
    const mayFail =
      statement.kind === "choose" &&
      statement.cases.some(({ condition }) => analysis.mayFail(condition));
    return mayFail ? [...lines, ...checkLines(writer)] : lines;
  });
}

/** The lines that write the outputs of one position. */
export function outputLines(writer: Writer, program: Program): string[] {
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
