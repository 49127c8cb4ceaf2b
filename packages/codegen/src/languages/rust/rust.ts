import type { Program, Range } from "@latticode/program";
import { checkProgram, stateNames } from "@latticode/program";
import { calledTexts } from "../../shared/called-texts.ts";
import { paragraphs } from "../../shared/documentation.ts";
import type { Language } from "../../shared/language.ts";
import { indented, numbersText } from "../../shared/lines.ts";
import type { Names } from "../../shared/names.ts";
import { chooseNames } from "../../shared/names.ts";
import type { EmitOptions } from "../../shared/options.ts";
import { inputRanges } from "../../shared/options.ts";
import type { StatementWriter } from "../../shared/statement-lines.ts";
import {
  assignedText,
  bracedChoice,
  statementLines,
  togetherTexts,
} from "../../shared/statement-lines.ts";
import type { Assignment } from "../../shared/statements.ts";
import { changesOwn, statementsOf } from "../../shared/statements.ts";
import type { WordAnalysis } from "../../shared/word-analysis.ts";
import { wordAnalysis } from "../../shared/word-analysis.ts";
import { rustDocComment } from "./doc-comment.ts";
import type { RustExpressions } from "./expressions.ts";
import { operators, rustExpressions } from "./expressions.ts";
import { functions } from "./functions.ts";

/** Keywords, and the names that an emitted module uses itself. */
const reserved = [
  ...(
    "abstract as async await become box break const continue crate do dyn else enum extern " +
    "false final fn for gen if impl in let loop macro match mod move mut override priv pub " +
    "ref return self Self static struct super trait true try type typeof union unsafe unsized " +
    "use virtual where while yield bool i64 usize str Vec Result Ok Err Some None Option " +
    "String INPUT LENGTHS OVERFLOW DIVISION INDEX _ f i n ys"
  ).split(" "),
  ...Object.keys(functions),
];

const errors = {
  INPUT: "f: an input is out of range",
  LENGTHS: "f: inputs of different lengths",
  OVERFLOW: "f: a result is beyond 64 bits",
  DIVISION: "f: division by zero",
  INDEX: "f: a list has no such index",
} as const;

interface Writer {
  readonly names: Names;
  readonly analysis: WordAnalysis;
  readonly expressions: RustExpressions;
}

function listLine({ names, analysis, expressions }: Writer, { target, value }: Assignment) {
  const name = names.state.get(target)!;
  if ((value.op === "append" || value.op === "shift") && changesOwn(target, value)) {
    const [list, e] = value.args;
    const isPlain = value.op === "append" || analysis.lengthRangeOf(list).min >= 1;
    if (isPlain && !stateNames(e).has(target)) {
      const push = `${name}.push(${expressions.value(e)});`;
      return value.op === "append" ? [push] : [`${name}.remove(0);`, push];
    }
  }
  return [`${name} = ${expressions.own(value, target)};`];
}

function assignmentLines(writer: Writer, statement: Assignment): string[] {
  const { names, analysis, expressions } = writer;
  if (statement.kind === "assign" && analysis.isList(statement.value)) {
    return listLine(writer, statement);
  }
  const name = names.state.get(statement.target)!;
  return [`${assignedText(name, statement, operators, expressions.value)};`];
}

function updateLines(writer: Writer, program: Program): string[] {
  const { names, expressions } = writer;
  const statementWriter: StatementWriter = {
    condition: expressions.condition,
    assignment: (statement) => assignmentLines(writer, statement),
    together: (updates) => {
      const [targets, values] = togetherTexts(updates, names, expressions.own);
      return [`(${targets}) = (${values});`];
    },
    choice: bracedChoice("", "", "    "),
  };
  return statementsOf(program, { regroup: false }).flatMap((statement) =>
    statementLines(statement, statementWriter),
  );
}

function inputLines(names: Names, inputs: readonly Range[]): string[] {
  return names.inputs.flatMap((name, k) => [
    `if !(${inputs[k].min}..=${inputs[k].max}).contains(&${name}) {`,
    "    return Err(INPUT);",
    "}",
  ]);
}

function loopLines({ parameters, inputs }: Names): string[] {
  if (parameters.length === 1) {
    return [`for &${inputs[0]} in ${parameters[0]} {`];
  }
  if (parameters.length === 2) {
    return [
      `for (&${inputs[0]}, &${inputs[1]}) in ${parameters[0]}.iter().zip(${parameters[1]}) {`,
    ];
  }
  return ["for i in 0..n {", ...inputs.map((name, k) => `    let ${name} = ${parameters[k]}[i];`)];
}

function contract(names: Names, inputs: readonly Range[]): string {
  const ranges = names.parameters.map(
    (name, k) => `${name} from ${inputs[k].min} to ${inputs[k].max}`,
  );
  return `Takes ${ranges.join(", ")}; an error where it could not be exact in 64 bits.`;
}

/**
 * Rust (2021, from 1.59 on) that defines `pub fn f(s: &[i64]) -> Result<Vec<i64>, &'static str>`,
 * with a parameter more for each input more; where the program has several outputs, a Vec of
 * tuples. An error where an input is out of its range or missing, where a result needs more than 64
 * bits, on division by zero and for an index that a list does not have. Operators are plain where
 * interval arithmetic shows that nothing can go wrong, else checked. The text depends on program
 * and options only.
 *
 * @throws Error as `checkProgram` when the program is not one, RangeError when `inputs` is not
 *   valid
 */
export function emitRust(program: Program, options: EmitOptions = {}): string {
  checkProgram(program);
  const inputs = inputRanges(program.inputDim, options);
  const names = chooseNames(program, reserved);
  const analysis = wordAnalysis(program, inputs);
  const expressions = rustExpressions(names, analysis);
  const writer: Writer = { names, analysis, expressions };

  const updated = new Set(program.updates.map(({ target }) => target));
  const declarations = program.state.map(({ name, initial }) => {
    const keyword = updated.has(name) ? "let mut" : "let";
    return typeof initial === "number"
      ? `${keyword} ${names.state.get(name)}: i64 = ${initial + 0};`
      : `${keyword} ${names.state.get(name)}: Vec<i64> = vec![${numbersText(initial)}];`;
  });
  const outputs = program.outputs.map(expressions.value);
  const [first, ...others] = names.parameters;
  const lengths =
    others.length === 0
      ? []
      : [
          `if ${others.map((name) => `${name}.len() != n`).join(" || ")} {`,
          "    return Err(LENGTHS);",
          "}",
        ];
  const body = [
    `let n = ${first}.len();`,
    ...lengths,
    ...declarations,
    "let mut ys = Vec::with_capacity(n);",
    ...loopLines(names),
    ...indented([
      ...inputLines(names, inputs),
      ...updateLines(writer, program),
      `ys.push(${outputs.length === 1 ? outputs[0] : `(${outputs.join(", ")})`});`,
    ]),
    "}",
    "Ok(ys)",
  ];
  const parameters = names.parameters.map((name) => `${name}: &[i64]`).join(", ");
  const result = outputs.length === 1 ? "i64" : `(${outputs.map(() => "i64").join(", ")})`;
  const main = [
    ...rustDocComment(paragraphs(options.docstring, contract(names, inputs))),
    `pub fn f(${parameters}) -> Result<Vec<${result}>, &'static str> {`,
    ...indented(body),
    "}",
  ].join("\n");
  const texts = calledTexts(functions, body);
  const all = [main, ...texts].join("\n");
  const constants = Object.entries(errors)
    .filter(([name]) => new RegExp(`\\b${name}\\b`).test(all))
    .map(([name, message]) => `const ${name}: &str = "${message}";`);
  return `${[constants.join("\n"), main, ...texts].join("\n\n")}\n`;
}

/** Rust, from 1.59 on. */
export const rust: Language = { name: "rust", extension: "rs", emit: emitRust };
