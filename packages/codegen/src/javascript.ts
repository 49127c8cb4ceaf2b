import type { Expression, Program } from "@latticode/program";
import {
  add,
  binary,
  checkProgram,
  int32,
  integer,
  kindOf,
  lengthReader,
  listVariables,
  programRanges,
  rangeReader,
  state,
  subtract,
} from "@latticode/program";
import { jsDocComment } from "./documentation.ts";
import { inputsRead } from "./inputs-read.ts";
import type { JavaScriptExpressions, Outcome } from "./javascript-expressions.ts";
import { javaScriptExpressions } from "./javascript-expressions.ts";
import type { HelperName, Types } from "./javascript-helpers.ts";
import { helperNames, helperTexts, withTypes } from "./javascript-helpers.ts";
import type { Names } from "./names.ts";
import { chooseNames } from "./names.ts";
import type { EmitOptions } from "./options.ts";
import { hullOf, inputRanges } from "./options.ts";
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

/** Each variable has an array of its own, so what only it holds may change in place. */
function listLine(
  target: string,
  value: Expression,
  nameOf: NameOf,
  expressions: JavaScriptExpressions,
): string {
  const name = nameOf(target);
  const isItsOwn = "args" in value && value.args[0].op === "state" && value.args[0].name === target;
  if (isItsOwn && value.op === "append") {
    return `${name}.push(${expressions.value(value.args[1])});`;
  }
  if (isItsOwn && value.op === "add-at") {
    return `${expressions.ownList(value, target)};`;
  }
  return `${name} = ${expressions.ownList(value)};`;
}

function assignmentLine(
  statement: Assignment,
  nameOf: NameOf,
  expressions: JavaScriptExpressions,
): string {
  const { target } = statement;
  if (expressions.isList(statement.value)) {
    return listLine(target, statement.value, nameOf, expressions);
  }
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
      const values = statement.updates
        .map(({ value }) =>
          expressions.isList(value) ? expressions.ownList(value) : expressions.value(value),
        )
        .join(", ");
      return [`[${targets}] = [${values}];`];
    }
    case "choose": {
      const { cases, otherwise } = statement;
      const failed: Outcome[] = [];
      const assignment = (body: Assignment, ...outcomes: readonly Outcome[]) =>
        expressions.given(
          [...failed, ...outcomes],
          () => `  ${assignmentLine(body, nameOf, expressions)}`,
        );
      const lines = cases.flatMap(({ condition, body }, i) => {
        const test = expressions.given(failed, () => expressions.condition(condition));
        const line = assignment(body, [condition, true]);
        failed.push([condition, false]);
        return [`${i === 0 ? "if" : "} else if"} (${test}) {`, line];
      });
      if (otherwise !== undefined) {
        lines.push("} else {", assignment(otherwise));
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
 * integers of 32 bits (or in the ranges that `inputs` gives), of any one length, to the array of outputs, numbers or, where the program has
 * several outputs, arrays of them. The text depends on program and options only.
 *
 * It computes with numbers and is never silently wrong. The function checks its inputs; from their
 * ranges and the program follow the ranges of all values, by interval arithmetic. Operations that
 * could leave the safe integers are put in a call of `exact`, which throws a RangeError when they do
 * (for a running sum that is after some 4 million steps at the earliest); all others are exact as
 * they stand. So every output equals the interpreter's, or the function throws. Dividing by 0 throws
 * a RangeError too, as does an index that a list does not have. Helper functions come along only where they are called.
 *
 * @throws Error as `checkProgram` when the program is not one
 */
export function emitJavaScript(program: Program, options: EmitOptions = {}): string {
  return emitScript(program, options, "untyped");
}

/**
 * As `emitJavaScript`, with types.
 *
 * @throws Error as `checkProgram` when the program is not one
 */
export function emitTypeScript(program: Program, options: EmitOptions = {}): string {
  return emitScript(program, options, "typed");
}

function emitScript(program: Program, options: EmitOptions, types: Types): string {
  checkProgram(program);
  const inputs = inputRanges(program.inputDim, options);
  const names = chooseNames(program, reserved);
  const nameOf: NameOf = (variable) => names.state.get(variable)!;
  const helpers = new Set<HelperName>(["checkInputs"]);
  const ranges = programRanges(program, { arithmetic: "safe", input: hullOf(inputs) });
  const lists = listVariables(program);
  const expressions = javaScriptExpressions(
    names,
    rangeReader(ranges),
    lengthReader(ranges),
    (e) => kindOf(e, lists) === "list",
    helpers,
  );

  const loop = [
    ...statementsOf(program, { regroup: false }).flatMap((statement) =>
      statementLines(statement, nameOf, expressions),
    ),
    ...outputLines(program, expressions),
  ];
  const declaration = ({ name, initial }: Program["state"][number]) => {
    const keyword = isAssigned(program, name) ? "let" : "const";
    const start =
      typeof initial === "number"
        ? String(initial + 0)
        : `[${initial.map((value) => value + 0).join(", ")}]`;
    const type = typeof initial === "number" ? "‹: number›" : "‹: number[]›";
    return withTypes(`${keyword} ${nameOf(name)}${type} = ${start};`, types);
  };
  const count = program.outputs.length;
  const row = count === 1 ? "number[]" : `[${new Array(count).fill("number").join(", ")}][]`;
  const parameters = names.parameters.join(", ");
  const typedParameters = names.parameters.map((name) => `${name}‹: readonly number[]›`).join(", ");
  const body = [
    `checkInputs(${parameters});`,
    ...program.state.map(declaration),
    withTypes(`const ys‹: ${row}› = [];`, types),
    ...loopLines(program, names),
    ...loop.map((line) => `  ${line}`),
    "}",
    "return ys;",
  ];
  const main = [
    ...jsDocComment(options.docstring ?? ""),
    withTypes(`export function f(${typedParameters})‹: ${row}› {`, types),
    ...body.map((line) => `  ${line}`),
    "}",
  ].join("\n");
  const isUsual = inputs.every(({ min, max }) => min === int32.min && max === int32.max);
  const texts = helperTexts(helpers, types, isUsual ? undefined : inputs);
  return `${[main, ...texts].join("\n\n")}\n`;
}

/** Whether some update gives the variable a new value, rather than change its list in place. */
function isAssigned(program: Program, name: string): boolean {
  const groups = statementsOf(program, { regroup: false });
  return groups.some((statement) => {
    switch (statement.kind) {
      case "together":
        return statement.updates.some(({ target }) => target === name);
      case "choose":
        return statement.cases[0].body.target === name;
      default: {
        const { target, value } = statement;
        const changes = value.op === "append" || value.op === "add-at";
        const of = changes ? value.args[0] : undefined;
        const inPlace = of?.op === "state" && of.name === name;
        return target === name && !inPlace;
      }
    }
  });
}
