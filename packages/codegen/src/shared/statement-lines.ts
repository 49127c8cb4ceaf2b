// Statements as lines of text, with the words of a language.

import type { Expression, Update } from "@latticode/program";
import type { InfixOperators } from "./infix.ts";
import { indented } from "./lines.ts";
import type { Names } from "./names.ts";
import type { Assignment, Statement } from "./statements.ts";
import { assignedValue } from "./statements.ts";

/** `name += value` where the whole begins with the name and the operator, else `name = whole`. */
export function assignedText(
  name: string,
  statement: Assignment,
  operators: InfixOperators,
  valueText: (e: Expression) => string,
): string {
  const whole = valueText(assignedValue(statement));
  const sign = statement.kind === "augment" ? operators[statement.op][0] : "";
  return sign !== "" && whole.startsWith(`${name} ${sign} `)
    ? `${name} ${sign}= ${valueText(statement.value)}`
    : `${name} = ${whole}`;
}

/**
 * The targets of updates that are computed together, and their values, with commas between them.
 */
export function togetherTexts(
  updates: readonly Update[],
  names: Names,
  valueText: (e: Expression) => string,
): readonly [targets: string, values: string] {
  return [
    updates.map(({ target }) => names.state.get(target)!).join(", "),
    updates.map(({ value }) => valueText(value)).join(", "),
  ];
}

/** A condition, and whether it has held. */
export type Outcome = readonly [condition: Expression, holds: boolean];

/** How a language writes statements. */
export interface StatementWriter {
  /** Both are told which conditions have come out how where the text stands. */
  readonly condition: (e: Expression, outcomes: readonly Outcome[]) => string;
  readonly assignment: (statement: Assignment, outcomes: readonly Outcome[]) => string[];
  readonly together: (updates: readonly Update[]) => string[];
  /** The lines around the bodies of a choice: `if`, `else if`, `else`, and what ends them all. */
  readonly choice: {
    readonly first: (condition: string) => string;
    readonly next: (condition: string) => string;
    readonly otherwise: string;
    readonly end: readonly string[];
    readonly indentation: string;
  };
}

/** Choices of the languages with braces. */
export function bracedChoice(
  open: string,
  close: string,
  indentation: string,
): StatementWriter["choice"] {
  return {
    first: (condition) => `if ${open}${condition}${close} {`,
    next: (condition) => `} else if ${open}${condition}${close} {`,
    otherwise: "} else {",
    end: ["}"],
    indentation,
  };
}

/** The lines of a statement. */
export function statementLines(statement: Statement, writer: StatementWriter): string[] {
  if (statement.kind === "together") {
    return writer.together(statement.updates);
  }
  if (statement.kind !== "choose") {
    return writer.assignment(statement, []);
  }
  const { first, next, otherwise, end, indentation } = writer.choice;
  const failed: Outcome[] = [];
  const lines: string[] = [];
  for (const [k, { condition, body }] of statement.cases.entries()) {
    lines.push((k === 0 ? first : next)(writer.condition(condition, failed)));
    lines.push(...indented(writer.assignment(body, [...failed, [condition, true]]), indentation));
    failed.push([condition, false]);
  }
  if (statement.otherwise !== undefined) {
    lines.push(otherwise, ...indented(writer.assignment(statement.otherwise, failed), indentation));
  }
  return [...lines, ...end];
}
