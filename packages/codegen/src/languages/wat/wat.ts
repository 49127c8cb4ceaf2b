import type { Program, Range } from "@latticode/program";
import { checkProgram } from "@latticode/program";
import { calledTexts } from "../../shared/called-texts.ts";
import { lineComments, paragraphs } from "../../shared/documentation.ts";
import type { Language } from "../../shared/language.ts";
import { indented } from "../../shared/lines.ts";
import type { Names } from "../../shared/names.ts";
import { chooseNames, ownNames } from "../../shared/names.ts";
import type { EmitOptions } from "../../shared/options.ts";
import { inputRanges } from "../../shared/options.ts";
import { statementsOf } from "../../shared/statements.ts";
import { growth, wordAnalysis } from "../../shared/word-analysis.ts";
import { watExpressions } from "./expressions.ts";
import { functions } from "./functions.ts";
import type { Layout } from "./layout.ts";
import { layout } from "./layout.ts";
import type { SExpression } from "./s-expressions.ts";
import { get, i32, i64, sExpressionLines, set } from "./s-expressions.ts";
import type { Writer } from "./statements.ts";
import { statementLines } from "./statements.ts";

/** Names of locals that an emitted function uses itself; other kinds of names are apart in WAT. */
const reserved = "n i ys capacity top".split(" ");

const pageSize = 65536;

/**
 * WebAssembly's text format (with bulk memory operations): a module that exports `memory`, the
 * global `heap` and `f(s, n, ys)`, with a parameter more for each input more, all i32. `s` and so
 * on are addresses of n little-endian integers of 64 bits each, `ys` that of the outputs, [n,
 * outputs]; the caller places them at `heap` or above, without overlap, and makes `memory` large
 * enough. What lies below `heap` is the module's own; lists that grow are kept behind the highest
 * array, for which the module grows its memory, so views of it have to be made anew after a call.
 * It traps where an input is out of its range, a result needs more than 64 bits, on division by
 * zero and for an index that a list does not have. The text depends on program and options only.
 *
 * @throws Error as `checkProgram` when the program is not one, RangeError when `inputs` is not
 *   valid
 */
export function emitWat(program: Program, options: EmitOptions = {}): string {
  checkProgram(program);
  const inputs = inputRanges(program.inputDim, options);
  const names = chooseNames(program, reserved);
  const analysis = wordAnalysis(program, inputs);
  const own = ownNames(names, reserved);
  const memory = layout(names, own);
  const locals: SExpression[] = [];
  const writer: Writer = {
    names,
    analysis,
    expressions: watExpressions(names, analysis, memory.places),
    places: memory.places,
    lengths: memory.lengths,
    local: (preferred, type) => {
      const name = own(preferred);
      locals.push(localOf(name, type));
      return name;
    },
  };

  const starts = program.state.flatMap(({ name, initial }) =>
    typeof initial === "number"
      ? [set(names.state.get(name)!, i64(initial))]
      : memory.declare(name, initial, analysis.fixedLength(name) !== undefined),
  );
  const loop = loopLines(writer, program, inputs);
  const grows = memory.growing.length > 0;
  const reserve = grows ? memoryLines(names, program, memory.growing, memory.end()) : [];
  const declared = [...declarations(names, program, memory), ...locals];
  const parameters = [...names.parameters, "n", "ys"].map((name) => `(param $${name} i32)`);
  const code = [
    `(func (export "f") ${parameters.join(" ")}`,
    ...indented(
      [
        ...linesOf([...declared, ...reserve, ...starts], 4),
        "(block $done",
        "  (loop $next",
        ...indented(linesOf(loop, 8)),
        "  )))",
      ],
      "  ",
    ),
  ];
  const pages = Math.max(1, Math.ceil(memory.end() / pageSize));
  const parts = [
    [
      `(memory (export "memory") ${pages})`,
      `(global (export "heap") i32 (i32.const ${memory.end()}))`,
      ...linesOf(memory.data, 2),
    ],
    code,
    ...calledTexts(functions, code).map((text) => text.split("\n")),
  ];
  const description = contract(program, names, inputs, grows);
  const comment = lineComments(";;", paragraphs(options.docstring, description));
  const body = parts.map((part) => indented(part, "  ").join("\n")).join("\n\n");
  return `${[...comment, "(module", body].join("\n")})\n`;
}

/** WebAssembly's text format. */
export const wat: Language = { name: "wat", extension: "wat", emit: emitWat };

/** The lines of items that stand at that depth of indentation. */
const linesOf = (items: readonly SExpression[], depth: number) =>
  items.flatMap((item) => sExpressionLines(item, 98 - depth));

const localOf = (name: string, type: "i32" | "i64"): SExpression => ["local", `$${name}`, type];

/** The locals of variables and of what memory is needed for; statements may need more. */
function declarations(names: Names, program: Program, memory: Layout): SExpression[] {
  const variables = new Set(names.state.values());
  return [
    localOf("i", "i32"),
    ...(memory.growing.length > 0 ? [localOf("top", "i64"), localOf("capacity", "i64")] : []),
    ...names.inputs.map((name) => localOf(name, "i64")),
    ...program.state.map(({ name, initial }) =>
      localOf(names.state.get(name)!, typeof initial === "number" ? "i64" : "i32"),
    ),
    ...[...memory.lengths.values()].map((name) => localOf(name, "i32")),
    ...memory.growing.filter((name) => !variables.has(name)).map((name) => localOf(name, "i32")),
  ];
}

/** What runs at every position. */
function loopLines(writer: Writer, program: Program, inputs: readonly Range[]): SExpression[] {
  const count = program.outputs.length;
  return [
    ["br_if", "$done", ["i32.ge_u", get("i"), get("n")]],
    ...inputLines(writer.names, inputs),
    ...statementsOf(program, { regroup: false }).flatMap((s) => statementLines(writer, s)),
    ...program.outputs.map(
      (output, k): SExpression => [
        "i64.store",
        elementAddress("ys", count, k),
        writer.expressions.value(output),
      ],
    ),
    set("i", ["i32.add", get("i"), i32(1)]),
    ["br", "$next"],
  ];
}

/** Address of the number of that index in an array of `width` numbers a position. */
function elementAddress(array: string, width: number, index: number): SExpression {
  const position: SExpression = width === 1 ? get("i") : ["i32.mul", get("i"), i32(width)];
  const number: SExpression = index === 0 ? position : ["i32.add", position, i32(index)];
  return ["i32.add", get(array), ["i32.shl", number, i32(3)]];
}

function inputLines(names: Names, inputs: readonly Range[]): SExpression[] {
  return names.inputs.flatMap((name, k) => {
    const { min, max } = inputs[k];
    return [
      set(name, ["i64.load", elementAddress(names.parameters[k], 1, 0)]),
      [
        "if",
        ["i32.or", ["i64.lt_s", get(name), i64(min)], ["i64.gt_s", get(name), i64(max)]],
        ["then", ["unreachable"]],
      ],
    ];
  });
}

/** Finds room for lists that grow, behind all arrays, and grows the memory for it. */
function memoryLines(names: Names, program: Program, growing: readonly string[], end: number) {
  const { start, step } = growth(program);
  const wide = (e: SExpression): SExpression => ["i64.extend_i32_u", e];
  const arrays = [
    ...names.parameters.map((name) => ({ name, width: 1 })),
    { name: "ys", width: program.outputs.length },
  ];
  const top = set("top", i64(end));
  const tops = arrays.map(({ name, width }) =>
    set("top", [
      "call",
      "$higher",
      get("top"),
      ["i64.add", wide(get(name)), ["i64.mul", wide(get("n")), i64(8 * width)]],
    ]),
  );
  const capacity = set("capacity", [
    "i64.add",
    i64(8 * start),
    ["i64.mul", wide(get("n")), i64(8 * step)],
  ]);
  const needed: SExpression = [
    "i64.add",
    get("top"),
    ["i64.mul", get("capacity"), i64(growing.length)],
  ];
  const addresses = growing.map((name, k) =>
    set(name, ["i32.wrap_i64", ["i64.add", get("top"), ["i64.mul", get("capacity"), i64(k)]]]),
  );
  return [top, ...tops, capacity, ["call", "$reserve", needed], ...addresses];
}

function contract(
  program: Program,
  names: Names,
  inputs: readonly Range[],
  grows: boolean,
): string {
  const ranges = names.parameters.map(
    (name, k) => `$${name} (from ${inputs[k].min} to ${inputs[k].max})`,
  );
  const count = program.outputs.length;
  const written = count === 1 ? "n" : `n times ${count}`;
  return [
    `f reads n integers of 64 bits from each of ${ranges.join(", ")} and writes`,
    `${written} to $ys; these are addresses in memory, multiples of ` +
      "8, from the global heap on.",
    "It traps where it could not be exact in 64 bits, on division by zero and on an index",
    "that a list does not have." +
      (grows ? " Lists that grow are kept behind the arrays, for which memory grows." : ""),
  ].join("\n");
}
