import type { Program } from "@latticode/program";
import { checkProgram, everything, programRanges } from "@latticode/program";
import { analysisIn } from "../../shared/analysis.ts";
import { calledTexts } from "../../shared/called-texts.ts";
import type { Language } from "../../shared/language.ts";
import { indented, numbersText } from "../../shared/lines.ts";
import type { Names } from "../../shared/names.ts";
import { chooseNames } from "../../shared/names.ts";
import type { EmitOptions } from "../../shared/options.ts";
import { inputsRead, variablesThatMay } from "../../shared/program-facts.ts";
import type { StatementWriter } from "../../shared/statement-lines.ts";
import { statementLines, togetherTexts } from "../../shared/statement-lines.ts";
import type { Assignment } from "../../shared/statements.ts";
import { changesOwn, statementsOf } from "../../shared/statements.ts";
import { pythonDocstring } from "./docstring.ts";
import type { PythonExpressions } from "./expressions.ts";
import { operators, pythonExpressions } from "./expressions.ts";
import { functions } from "./functions.ts";

/** Keywords, and the names that an emitted function uses itself. */
const reserved = [
  ...(
    "False None True and as assert async await break class continue def del elif else except " +
    "finally for from global if import in is lambda nonlocal not or pass raise return try " +
    "while with yield __debug__ _ f ys abs int max min sum zip IndexError"
  ).split(" "),
  ...Object.keys(functions),
];

const choice: StatementWriter["choice"] = {
  first: (condition) => `if ${condition}:`,
  next: (condition) => `elif ${condition}:`,
  otherwise: "else:",
  end: [],
  indentation: "    ",
};

function assignmentLine(
  statement: Assignment,
  names: Names,
  expressions: PythonExpressions,
): string {
  const { target, value } = statement;
  const name = names.state.get(target)!;
  if (statement.kind === "augment") {
    const [sign] = operators[statement.op];
    return `${name} ${sign}= ${expressions.value(value)}`;
  }
  // Each variable has a list of its own, so what only it holds may change in place.
  if (changesOwn(target, value) && value.op === "append") {
    return `${name}.append(${expressions.value(value.args[1])})`;
  }
  if (changesOwn(target, value) && value.op === "add-at") {
    const [, index, e] = value.args;
    return `${name}[${expressions.value(index)}] += ${expressions.value(e)}`;
  }
  return `${name} = ${expressions.own(value)}`;
}

/**
 * Python 3 that defines `f(s)`, or `f(s, t)` and so on for more inputs: from lists of integers of
 * any one length to the list of outputs, integers or, where the program has several outputs, tuples
 * of them. Exact at any size; dividing by 0 raises ZeroDivisionError, an index that a list does not
 * have IndexError, a maximum of an empty list ValueError. Updates become plain assignments where
 * some order allows it, else one tuple assignment. Comparisons stay True or False inside and are
 * turned to int on the way out, only where they may get there. The text depends on program and
 * options only. (Python itself reads at most 200 parentheses nested in each other.)
 *
 * @throws Error as `checkProgram` when the program is not one
 */
export function emitPython(program: Program, options: EmitOptions = {}): string {
  checkProgram(program);
  const names = chooseNames(program, reserved);
  const ranges = programRanges(program, { arithmetic: "unbounded", input: everything });
  const expressions = pythonExpressions(names, analysisIn(ranges, program));
  const writer: StatementWriter = {
    condition: expressions.condition,
    assignment: (statement) => [assignmentLine(statement, names, expressions)],
    together: (updates) => [togetherTexts(updates, names, expressions.own).join(" = ")],
    choice,
  };

  const read = inputsRead(program);
  const loopVariables = names.inputs.map((name, i) => (read.has(i) ? name : "_")).join(", ");
  const parameters = names.parameters.join(", ");
  const source = program.inputDim === 1 ? parameters : `zip(${parameters})`;
  const boolVariables = variablesThatMay(program, expressions.mayBeBool);
  const outputs = program.outputs.map((output) => {
    const text = expressions.value(output);
    return expressions.mayBeBool(output, boolVariables) ? `int(${text})` : text;
  });
  const body = [
    ...program.state.map(({ name, initial }) => `${names.state.get(name)} = ${startText(initial)}`),
    "ys = []",
    `for ${loopVariables} in ${source}:`,
    ...indented([
      ...statementsOf(program, { regroup: true }).flatMap((s) => statementLines(s, writer)),
      `ys.append(${outputs.length === 1 ? outputs[0] : `(${outputs.join(", ")})`})`,
    ]),
    "return ys",
  ];
  const docstring = pythonDocstring(options.docstring ?? "");
  const lines = [`def f(${parameters}):`, ...indented([...docstring, ...body])];
  return `${[lines.join("\n"), ...calledTexts(functions, body)].join("\n\n\n")}\n`;
}

function startText(initial: number | readonly number[]): string {
  return typeof initial === "number" ? String(initial + 0) : `[${numbersText(initial)}]`;
}

/** Python 3. */
export const python: Language = { name: "python", extension: "py", emit: emitPython };
