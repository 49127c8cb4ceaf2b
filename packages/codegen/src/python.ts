import type { Expression, Program } from "@latticode/program";
import {
  checkProgram,
  everything,
  kindOf,
  lengthReader,
  listVariables,
  programRanges,
  rangeReader,
} from "@latticode/program";
import { pythonDocstring } from "./documentation.ts";
import { inputsRead } from "./inputs-read.ts";
import { chooseNames } from "./names.ts";
import type { EmitOptions } from "./options.ts";
import type { PythonExpressions } from "./python-expressions.ts";
import { pythonExpressions } from "./python-expressions.ts";
import type { PythonHelper } from "./python-helpers.ts";
import { pythonHelperNames, pythonHelperTexts } from "./python-helpers.ts";
import { variablesThatMay } from "./state-properties.ts";
import type { Statement } from "./statements.ts";
import { statementsOf } from "./statements.ts";

/** Keywords, and the names that an emitted function uses itself. */
const reserved = [
  ...(
    "False None True and as assert async await break class continue def del elif else except finally " +
    "for from global if import in is lambda nonlocal not or pass raise return try while with yield " +
    "__debug__ _ f ys abs int max min sum zip IndexError"
  ).split(" "),
  ...pythonHelperNames,
];

type NameOf = (variable: string) => string;

interface Expressions extends PythonExpressions {
  readonly isList: (e: Expression) => boolean;
}

function assignmentLine(
  statement: Extract<Statement, { readonly kind: "assign" | "augment" }>,
  nameOf: NameOf,
  expressions: Expressions,
): string {
  const { target, value } = statement;
  if (statement.kind === "assign" && expressions.isList(value)) {
    const name = nameOf(target);
    // Each variable has a list of its own, so what only it holds may change in place.
    const isItsOwn =
      "args" in value && value.args[0].op === "state" && value.args[0].name === target;
    if (isItsOwn && value.op === "append") {
      return `${name}.append(${expressions.value(value.args[1])})`;
    }
    if (isItsOwn && value.op === "add-at") {
      const [, index, e] = value.args;
      return `${name}[${expressions.value(index)}] += ${expressions.value(e)}`;
    }
    return `${name} = ${expressions.ownList(value)}`;
  }
  const operator =
    statement.kind === "assign" ? "=" : statement.op === "xor" ? "^=" : `${statement.op}=`;
  return `${nameOf(target)} ${operator} ${expressions.value(value)}`;
}

function statementLines(statement: Statement, nameOf: NameOf, expressions: Expressions): string[] {
  switch (statement.kind) {
    case "assign":
    case "augment":
      return [assignmentLine(statement, nameOf, expressions)];
    case "together": {
      const targets = statement.updates.map(({ target }) => nameOf(target)).join(", ");
      const values = statement.updates
        .map(({ value }) =>
          expressions.isList(value) ? expressions.ownList(value) : expressions.value(value),
        )
        .join(", ");
      return [`${targets} = ${values}`];
    }
    case "choose": {
      const lines = statement.cases.flatMap(({ condition, body }, i) => [
        `${i === 0 ? "if" : "elif"} ${expressions.condition(condition)}:`,
        `    ${assignmentLine(body, nameOf, expressions)}`,
      ]);
      if (statement.otherwise !== undefined) {
        lines.push("else:", `    ${assignmentLine(statement.otherwise, nameOf, expressions)}`);
      }
      return lines;
    }
    default:
      return statement satisfies never;
  }
}

/**
 * Python 3 that defines `f(s)`, or `f(s, t)` and so on for more inputs: from lists of integers of any
 * one length to the list of outputs, integers or, where the program has several outputs, tuples of
 * them. Exact at any size; dividing by 0 raises ZeroDivisionError, an index that a list does not have
 * IndexError, a maximum of an empty list ValueError. Updates become plain assignments
 * where some order allows it, else one tuple assignment. Comparisons stay True or False inside and
 * are turned to int on the way out, only where they may get there. The text depends on program and
 * options only. (Python itself reads at most 200 parentheses nested in each other.)
 *
 * @throws Error as `checkProgram` when the program is not one
 */
export function emitPython(program: Program, options: EmitOptions = {}): string {
  checkProgram(program);
  const names = chooseNames(program, reserved);
  const nameOf: NameOf = (variable) => names.state.get(variable)!;
  const ranges = programRanges(program, { arithmetic: "unbounded", input: everything });
  const lists = listVariables(program);
  const helpers = new Set<PythonHelper>();
  const expressions = {
    ...pythonExpressions(names, rangeReader(ranges), lengthReader(ranges), helpers),
    isList: (e: Expression) => kindOf(e, lists) === "list",
  };
  const boolVariables = variablesThatMay(program, expressions.mayBeBool);

  const read = inputsRead(program);
  const loopVariables = names.inputs.map((name, i) => (read.has(i) ? name : "_")).join(", ");
  const parameters = names.parameters.join(", ");
  const source = program.inputDim === 1 ? parameters : `zip(${parameters})`;
  const outputs = program.outputs.map((output) => {
    const text = expressions.value(output);
    return expressions.mayBeBool(output, boolVariables) ? `int(${text})` : text;
  });
  const loop = [
    ...statementsOf(program, { regroup: true }).flatMap((statement) =>
      statementLines(statement, nameOf, expressions),
    ),
    `ys.append(${outputs.length === 1 ? outputs[0] : `(${outputs.join(", ")})`})`,
  ];
  const body = [
    ...pythonDocstring(options.docstring ?? ""),
    ...program.state.map(({ name, initial }) => `${nameOf(name)} = ${startText(initial)}`),
    "ys = []",
    `for ${loopVariables} in ${source}:`,
    ...loop.map((line) => `    ${line}`),
    "return ys",
  ];
  const lines = [`def f(${parameters}):`, ...body.map((line) => (line ? `    ${line}` : ""))];
  return `${[lines.join("\n"), ...pythonHelperTexts(helpers)].join("\n\n\n")}\n`;
}

function startText(initial: number | readonly number[]): string {
  return typeof initial === "number"
    ? String(initial + 0)
    : `[${initial.map((value) => value + 0).join(", ")}]`;
}
