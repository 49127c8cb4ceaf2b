import type { Program } from "@latticode/program";
import { add, checkProgram, integer, programRanges, subtract } from "@latticode/program";
import { analysisIn } from "../../shared/analysis.ts";
import { calledTexts } from "../../shared/called-texts.ts";
import { indented, numbersText } from "../../shared/lines.ts";
import type { Names } from "../../shared/names.ts";
import { chooseNames } from "../../shared/names.ts";
import type { EmitOptions } from "../../shared/options.ts";
import { hullOf, inputRanges } from "../../shared/options.ts";
import { inputsRead, variablesThatMay } from "../../shared/program-facts.ts";
import type { StatementWriter } from "../../shared/statement-lines.ts";
import {
  assignedText,
  bracedChoice,
  statementLines,
  togetherTexts,
} from "../../shared/statement-lines.ts";
import type { Assignment, Statement } from "../../shared/statements.ts";
import { changesOwn, statementsOf } from "../../shared/statements.ts";
import { jsDocComment } from "./comment.ts";
import { operators } from "./conditions.ts";
import type { JavaScriptExpressions } from "./expressions.ts";
import { javaScriptExpressions } from "./expressions.ts";
import type { Types } from "./functions.ts";
import { functions, functionsFor, withTypes } from "./functions.ts";

/** Words that a module may not bind, and the names that an emitted module uses itself. */
const reserved = [
  ...(
    "arguments await break case catch class const continue debugger default delete do else " +
    "enum eval export extends false finally for function if implements import in instanceof " +
    "interface let new null package private protected public return static super switch this " +
    "throw true try typeof var void while with yield undefined NaN Infinity BigInt Math " +
    "Number RangeError _ f i ys"
  ).split(" "),
  ...Object.keys(functions),
];

function assignmentLine(
  statement: Assignment,
  names: Names,
  expressions: JavaScriptExpressions,
): string {
  const { target, value } = statement;
  const name = names.state.get(target)!;
  if (statement.kind === "augment") {
    // `a += x` leaves no room for a check of the sum, and for a remainder only where % will do.
    return `${assignedText(name, statement, operators, expressions.value)};`;
  }
  // Each variable has an array of its own, so what only it holds may change in place.
  if (changesOwn(target, value) && value.op === "append") {
    return `${name}.push(${expressions.value(value.args[1])});`;
  }
  if (changesOwn(target, value) && value.op === "add-at") {
    return `${expressions.own(value, target)};`;
  }
  return `${name} = ${expressions.own(value)};`;
}

function loopLines(program: Program, names: Names): string[] {
  const read = inputsRead(program);
  if (program.inputDim === 1) {
    return [`for (const ${read.has(0) ? names.inputs[0] : "_"} of ${names.parameters[0]}) {`];
  }
  return [
    `for (let i = 0; i < ${names.parameters[0]}.length; i++) {`,
    ...names.inputs
      .map((name, index) => ({ line: `  const ${name} = ${names.parameters[index]}[i];`, index }))
      .filter(({ index }) => read.has(index))
      .map(({ line }) => line),
  ];
}

/** Lines that append the outputs, in which 0 has no sign. */
function outputLines(program: Program, expressions: JavaScriptExpressions): string[] {
  const variables = variablesThatMay(program, expressions.mayBeNegativeZero);
  let comment: string[] = [];
  const texts = program.outputs.map((output) => {
    if (!expressions.mayBeNegativeZero(output, variables)) {
      return expressions.value(output);
    }
    if (output.op === "negate") {
      return expressions.value(subtract(integer(0), output.args[0]));
    }
    comment = ["// Adding 0 turns -0 into 0."];
    return expressions.value(add(output, integer(0)));
  });
  return [...comment, `ys.push(${texts.length === 1 ? texts[0] : `[${texts.join(", ")}]`});`];
}

/** The program as a module, with types or without; see `emitJavaScript`. */
export function emitScript(program: Program, options: EmitOptions, types: Types): string {
  checkProgram(program);
  const inputs = inputRanges(program.inputDim, options);
  const names = chooseNames(program, reserved);
  const ranges = programRanges(program, { arithmetic: "safe", input: hullOf(inputs) });
  const expressions = javaScriptExpressions(names, analysisIn(ranges, program));
  const writer: StatementWriter = {
    condition: expressions.condition,
    assignment: (statement, outcomes) =>
      expressions.given(outcomes, () => [assignmentLine(statement, names, expressions)]),
    together: (updates) => {
      const [targets, values] = togetherTexts(updates, names, expressions.own);
      return [`[${targets}] = [${values}];`];
    },
    choice: bracedChoice("(", ")", "  "),
  };
  const statements = statementsOf(program, { regroup: false });
  const declaration = ({ name, initial }: Program["state"][number]) => {
    const keyword = isAssigned(statements, name) ? "let" : "const";
    return typeof initial === "number"
      ? `${keyword} ${names.state.get(name)}‹: number› = ${initial + 0};`
      : `${keyword} ${names.state.get(name)}‹: number[]› = [${numbersText(initial)}];`;
  };
  const count = program.outputs.length;
  const row = count === 1 ? "number[]" : `[${new Array(count).fill("number").join(", ")}][]`;
  const body = [
    `checkInputs(${names.parameters.join(", ")});`,
    ...program.state.map(declaration),
    `const ys‹: ${row}› = [];`,
    ...loopLines(program, names),
    ...indented(
      [
        ...statements.flatMap((statement) => statementLines(statement, writer)),
        ...outputLines(program, expressions),
      ],
      "  ",
    ),
    "}",
    "return ys;",
  ];
  const parameters = names.parameters.map((name) => `${name}‹: readonly number[]›`).join(", ");
  const head = `export function f(${parameters})‹: ${row}› {`;
  const main = [head, ...indented(body, "  "), "}"].join("\n");
  const texts = [main, ...calledTexts(functionsFor(inputs), body)];
  const typed = texts.map((text) => withTypes(text, types)).join("\n\n");
  return `${[...jsDocComment(options.docstring ?? ""), typed].join("\n")}\n`;
}

/** Whether some update gives the variable a new value, rather than change its list in place. */
function isAssigned(statements: readonly Statement[], name: string): boolean {
  return statements.some((statement) => {
    switch (statement.kind) {
      case "together":
        return statement.updates.some(({ target }) => target === name);
      case "choose":
        return statement.cases[0].body.target === name;
      default: {
        const { target, value } = statement;
        const inPlace = (value.op === "append" || value.op === "add-at") && changesOwn(name, value);
        return target === name && !inPlace;
      }
    }
  });
}
