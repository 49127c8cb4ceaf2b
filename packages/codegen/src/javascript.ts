import type { Program } from "@latticode/program";
import {
  add,
  binary,
  checkProgram,
  int32,
  integer,
  programRanges,
  rangeReader,
  state,
  subtract,
} from "@latticode/program";
import { jsDocComment } from "./documentation.ts";
import { inputsRead } from "./inputs-read.ts";
import type { JavaScriptExpressions } from "./javascript-expressions.ts";
import { javaScriptExpressions } from "./javascript-expressions.ts";
import type { HelperName } from "./javascript-helpers.ts";
import { helperNames, helperTexts } from "./javascript-helpers.ts";
import type { Names } from "./names.ts";
import { chooseNames } from "./names.ts";
import type { EmitOptions } from "./options.ts";
import { variablesThatMay } from "./state-properties.ts";
import type { Assignment, Statement } from "./statements.ts";
import { statementsOf } from "./statements.ts";

/** Words that a module may not bind, and the names that an emitted module uses itself. */
const reserved = [
  ...(
    "arguments await break case catch class const continue debugger default delete do else enum " +
    "eval export extends false finally for function if implements import in instanceof interface " +
    "let new null package private protected public return static super switch this throw true try " +
    "typeof var void while with yield " +
    "undefined NaN Infinity BigInt Math Number RangeError _ f i ys"
  ).split(" "),
  ...helperNames,
];

type NameOf = (variable: string) => string;

function assignmentLine(
  statement: Assignment,
  nameOf: NameOf,
  expressions: JavaScriptExpressions,
): string {
  const { target } = statement;
  if (statement.kind === "assign") {
    return `${nameOf(target)} = ${expressions.value(statement.value)};`;
  }
  // `a += x` leaves no room for a check of the sum, and for a remainder only where % itself will do.
  const whole = binary(statement.op, state(target), statement.value);
  const operator = statement.op === "xor" ? "^" : statement.op;
  const start = `${nameOf(target)} ${operator} `;
  const text = expressions.value(whole);
  return text.startsWith(start)
    ? `${nameOf(target)} ${operator}= ${expressions.value(statement.value)};`
    : `${nameOf(target)} = ${text};`;
}

function statementLines(
  statement: Statement,
  nameOf: NameOf,
  expressions: JavaScriptExpressions,
): string[] {
  switch (statement.kind) {
    case "assign":
    case "augment":
      return [assignmentLine(statement, nameOf, expressions)];
    case "together": {
      const targets = statement.updates.map(({ target }) => nameOf(target)).join(", ");
      const values = statement.updates.map(({ value }) => expressions.value(value)).join(", ");
      return [`[${targets}] = [${values}];`];
    }
    case "choose": {
      const lines = statement.cases.flatMap(({ condition, body }, i) => [
        `${i === 0 ? "if" : "} else if"} (${expressions.condition(condition)}) {`,
        `  ${assignmentLine(body, nameOf, expressions)}`,
      ]);
      if (statement.otherwise !== undefined) {
        lines.push("} else {", `  ${assignmentLine(statement.otherwise, nameOf, expressions)}`);
      }
      return [...lines, "}"];
    }
    default:
      return statement satisfies never;
  }
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

/**
 * A JavaScript module that exports `f(s)`, or `f(s, t)` and so on for more inputs: from arrays of
 * integers of 32 bits, of any one length, to the array of outputs, numbers or, where the program has
 * several outputs, arrays of them. The text depends on program and options only.
 *
 * It computes with numbers and is never silently wrong. The function checks its inputs; from their
 * 32 bits and the program follow the ranges of all values, by interval arithmetic. Operations that
 * could leave the safe integers are put in a call of `exact`, which throws a RangeError when they do
 * (for a running sum that is after some 4 million steps at the earliest); all others are exact as
 * they stand. So every output equals the interpreter's, or the function throws. Dividing by 0 throws
 * a RangeError too. Helper functions come along only where they are called.
 *
 * @throws Error as `checkProgram` when the program is not one
 */
export function emitJavaScript(program: Program, options: EmitOptions = {}): string {
  checkProgram(program);
  const names = chooseNames(program, reserved);
  const nameOf: NameOf = (variable) => names.state.get(variable)!;
  const helpers = new Set<HelperName>(["checkInputs"]);
  const rangeOf = rangeReader(programRanges(program, { arithmetic: "safe", input: int32 }));
  const expressions = javaScriptExpressions(names, rangeOf, helpers);

  const updated = new Set(program.updates.map(({ target }) => target));
  const loop = [
    ...statementsOf(program, { regroup: false }).flatMap((statement) =>
      statementLines(statement, nameOf, expressions),
    ),
    ...outputLines(program, expressions),
  ];
  const parameters = names.parameters.join(", ");
  const body = [
    `checkInputs(${parameters});`,
    ...program.state.map(
      ({ name, initial }) => `${updated.has(name) ? "let" : "const"} ${nameOf(name)} = ${initial};`,
    ),
    "const ys = [];",
    ...loopLines(program, names),
    ...loop.map((line) => `  ${line}`),
    "}",
    "return ys;",
  ];
  const main = [
    ...jsDocComment(options.docstring ?? ""),
    `export function f(${parameters}) {`,
    ...body.map((line) => `  ${line}`),
    "}",
  ].join("\n");
  return `${[main, ...helperTexts(helpers)].join("\n\n")}\n`;
}
