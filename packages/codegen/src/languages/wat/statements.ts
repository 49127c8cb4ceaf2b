import type { Update } from "@latticode/program";
import type { Names } from "../../shared/names.ts";
import type { Assignment, Statement } from "../../shared/statements.ts";
import { assignedValue } from "../../shared/statements.ts";
import type { Length, WordAnalysis } from "../../shared/word-analysis.ts";
import type { WatExpressions, WatPlaces } from "./expressions.ts";
import type { SExpression } from "./s-expressions.ts";
import { get, i32, set } from "./s-expressions.ts";

/** Writes the statements of one program. */
export interface Writer {
  readonly names: Names;
  readonly analysis: WordAnalysis;
  readonly expressions: WatExpressions;
  readonly places: WatPlaces;
  readonly lengths: ReadonlyMap<string, string>;
  /** A local of its own. */
  readonly local: (preferred: string, type: "i32" | "i64") => string;
}

const bytesOf = (length: SExpression): SExpression => ["i32.shl", length, i32(3)];

function assignmentLines(writer: Writer, statement: Assignment): SExpression[] {
  const { names, analysis, expressions, places } = writer;
  const { target } = statement;
  const name = names.state.get(target)!;
  const whole = assignedValue(statement);
  if (!analysis.isList(whole)) {
    return [set(name, expressions.value(whole))];
  }
  const length = analysis.lengthOf(whole);
  const source = expressions.list(whole, get(name));
  const computes = whole.op !== "state" && whole.op !== "list";
  return [
    computes
      ? ["drop", source]
      : ["memory.copy", get(name), source, bytesOf(places.length(length))],
    ...lengthLines(writer, target, length),
  ];
}

function lengthLines({ lengths, places }: Writer, target: string, length: Length): SExpression[] {
  const name = lengths.get(target);
  const same = length.variable === target && length.constant === 0;
  return name === undefined || same ? [] : [set(name, places.length(length))];
}

/** All values are computed before any is assigned. */
function togetherLines(writer: Writer, updates: readonly Update[]): SExpression[] {
  const { names, analysis, expressions, places, lengths, local } = writer;
  const first: SExpression[] = [];
  const second: SExpression[] = [];
  for (const { target, value } of updates) {
    const name = names.state.get(target)!;
    if (!analysis.isList(value)) {
      const next = local(`next_${name}`, "i64");
      first.push(set(next, expressions.value(value)));
      second.push(set(name, get(next)));
      continue;
    }
    const length = analysis.lengthOf(value);
    const scratch = places.scratch(length);
    const size = local(`next_${name}_length`, "i32");
    const source = expressions.list(value, scratch);
    const computes = value.op !== "state" && value.op !== "list";
    first.push(set(size, places.length(length)));
    first.push(computes ? ["drop", source] : ["memory.copy", scratch, source, bytesOf(get(size))]);
    second.push(["memory.copy", get(name), scratch, bytesOf(get(size))]);
    const lengthName = lengths.get(target);
    if (lengthName !== undefined) {
      second.push(set(lengthName, get(size)));
    }
  }
  return [...first, ...second];
}

/** A statement as the instructions that it is. */
export function statementLines(writer: Writer, statement: Statement): SExpression[] {
  switch (statement.kind) {
    case "assign":
    case "augment":
      return assignmentLines(writer, statement);
    case "together":
      return togetherLines(writer, statement.updates);
    case "choose": {
      let rest =
        statement.otherwise === undefined ? [] : assignmentLines(writer, statement.otherwise);
      for (const { condition, body } of [...statement.cases].reverse()) {
        const parts: SExpression[] = [["then", ...assignmentLines(writer, body)]];
        if (rest.length > 0) {
          parts.push(["else", ...rest]);
        }
        rest = [["if", writer.expressions.condition(condition), ...parts]];
      }
      return rest;
    }
    default:
      return statement satisfies never;
  }
}
