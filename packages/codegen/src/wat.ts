import type { Program, Range } from "@latticode/program";
import { binary, checkProgram, state } from "@latticode/program";
import { lineComments, paragraphs } from "./documentation.ts";
import type { Names } from "./names.ts";
import { chooseNames, ownNames } from "./names.ts";
import type { EmitOptions } from "./options.ts";
import { inputRanges } from "./options.ts";
import type { SExpression } from "./s-expressions.ts";
import { sExpressionLines } from "./s-expressions.ts";
import type { Assignment, Statement } from "./statements.ts";
import { statementsOf } from "./statements.ts";
import type { WatExpressions, WatPlaces } from "./wat-expressions.ts";
import { watExpressions } from "./wat-expressions.ts";
import type { HelperName } from "./wat-helpers.ts";
import { helperTexts } from "./wat-helpers.ts";
import type { Length, WordAnalysis } from "./word-analysis.ts";
import { growth, wordAnalysis } from "./word-analysis.ts";

/** Names of locals that an emitted function uses itself; other kinds of names are apart in WAT. */
const reserved = "n i ys capacity top".split(" ");

const pageSize = 65536;

const get = (name: string): SExpression => ["local.get", `$${name}`];
const set = (name: string, value: SExpression): SExpression => ["local.set", `$${name}`, value];
const i32 = (value: number): SExpression => ["i32.const", String(value)];
const i64 = (value: number): SExpression => ["i64.const", String(value + 0)];

/** The bytes of a list of integers of 64 bits, little-endian, as a WAT string. */
function bytesText(values: readonly number[]): string {
  let text = "";
  for (const value of values) {
    let rest = BigInt.asUintN(64, BigInt(value));
    for (let k = 0; k < 8; k++) {
      text += `\\${(rest & 0xffn).toString(16).padStart(2, "0")}`;
      rest >>= 8n;
    }
  }
  return `"${text}"`;
}

/** Memory of an emitted module: constants and lists of known length from 0 on, others at the top. */
function layout(names: Names) {
  const own = ownNames(names, reserved);
  const constants = new Map<string, number>();
  const data: SExpression[] = [];
  const lengths = new Map<string, string>();
  const growing: string[] = [];
  let end = 0;

  const allocate = (numbers: number) => {
    const address = end;
    end += 8 * Math.max(1, numbers);
    return address;
  };

  const places: WatPlaces = {
    constant(values) {
      const key = values.join(",");
      let address = constants.get(key);
      if (address === undefined) {
        address = allocate(values.length);
        constants.set(key, address);
        data.push(["data", i32(address), bytesText(values)]);
      }
      return i32(address);
    },
    scratch({ variable, constant }) {
      if (variable === undefined) {
        return i32(allocate(constant));
      }
      const name = own(`scratch${growing.length + 1}`);
      growing.push(name);
      return get(name);
    },
    length({ variable, constant }) {
      if (variable === undefined) {
        return i32(constant);
      }
      const length = get(lengths.get(variable)!);
      return constant === 0 ? length : ["i32.add", length, i32(constant)];
    },
  };

  /** Gives a list variable its place and its start, which every call begins with. */
  function declare(name: string, initial: readonly number[], isFixed: boolean): SExpression[] {
    const local = names.state.get(name)!;
    const lines: SExpression[] = [];
    if (isFixed) {
      lines.push(set(local, i32(allocate(initial.length))));
    } else {
      const length = own(`${local}_length`);
      lengths.set(name, length);
      growing.push(local);
      lines.push(set(length, i32(initial.length)));
    }
    if (initial.length > 0) {
      lines.push(["memory.copy", get(local), places.constant(initial), i32(8 * initial.length)]);
    }
    return lines;
  }

  return { places, own, lengths, growing, data, declare, end: () => end };
}

interface Writer {
  readonly names: Names;
  readonly analysis: WordAnalysis;
  readonly expressions: WatExpressions;
  readonly places: WatPlaces;
  readonly lengths: ReadonlyMap<string, string>;
  /** A local of its own. */
  readonly local: (wanted: string, type: "i32" | "i64") => string;
}

const bytesOf = (length: SExpression): SExpression => ["i32.shl", length, i32(3)];

function assignmentLines(writer: Writer, statement: Assignment): SExpression[] {
  const { names, analysis, expressions, places } = writer;
  const { target } = statement;
  const name = names.state.get(target)!;
  const whole =
    statement.kind === "assign"
      ? statement.value
      : binary(statement.op, state(target), statement.value);
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
function togetherLines(writer: Writer, statement: Statement & { readonly kind: "together" }) {
  const { names, analysis, expressions, places, lengths, local } = writer;
  const first: SExpression[] = [];
  const second: SExpression[] = [];
  for (const { target, value } of statement.updates) {
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

function statementLines(writer: Writer, statement: Statement): SExpression[] {
  switch (statement.kind) {
    case "assign":
    case "augment":
      return assignmentLines(writer, statement);
    case "together":
      return togetherLines(writer, statement);
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

const memoryHelpers = `\
(func $higher (param $a i64) (param $b i64) (result i64)
  (select (local.get $a) (local.get $b) (i64.gt_u (local.get $a) (local.get $b))))

;; grows the memory to so many bytes at least
(func $reserve (param $bytes i64)
  (local $pages i64)
  (local.set $pages
    (i64.sub
      (i64.shr_u (i64.add (local.get $bytes) (i64.const 65535)) (i64.const 16))
      (i64.extend_i32_u (memory.size))))
  (if (i64.gt_s (local.get $pages) (i64.const 0))
    (then
      (if (i64.gt_s (local.get $pages) (i64.const 65536)) (then (unreachable)))
      (if (i32.eq (memory.grow (i32.wrap_i64 (local.get $pages))) (i32.const -1))
        (then (unreachable))))))`;

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
  return [
    `f reads n integers of 64 bits from each of ${ranges.join(", ")} and writes`,
    `${count === 1 ? "n" : `n times ${count}`} to $ys; these are addresses in memory, multiples of 8, from the global heap on.`,
    "It traps where it could not be exact in 64 bits, on division by zero and on an index",
    `that a list does not have.${grows ? " Lists that grow are kept behind the arrays, for which memory grows." : ""}`,
  ].join("\n");
}

/**
 * WebAssembly's text format (with bulk memory operations): a module that exports `memory`, the global
 * `heap` and `f(s, n, ys)`, with a parameter more for each input more, all i32. `s` and so on are
 * addresses of n little-endian integers of 64 bits each, `ys` that of the outputs, [n, outputs]; the
 * caller places them at `heap` or above, without overlap, and makes `memory` large enough. What lies
 * below `heap` is the module's own; lists that grow are kept behind the highest array, for which the
 * module grows its memory, so views of it have to be made anew after a call. It traps where an input
 * is out of its range, a result needs more than 64 bits, on division by zero and for an index that a
 * list does not have. The text depends on program and options only.
 *
 * @throws Error as `checkProgram` when the program is not one, RangeError when `inputs` are no ranges
 */
export function emitWat(program: Program, options: EmitOptions = {}): string {
  checkProgram(program);
  const inputs = inputRanges(program.inputDim, options);
  const names = chooseNames(program, reserved);
  const analysis = wordAnalysis(program, inputs);
  const memory = layout(names);
  const helpers = new Set<HelperName>();
  const expressions = watExpressions(names, analysis, memory.places, helpers);
  const locals: SExpression[] = [];
  const writer: Writer = {
    names,
    analysis,
    expressions,
    places: memory.places,
    lengths: memory.lengths,
    local: (wanted, type) => {
      const name = memory.own(wanted);
      locals.push(["local", `$${name}`, type]);
      return name;
    },
  };

  const starts = program.state.flatMap(({ name, initial }) =>
    typeof initial === "number"
      ? [set(names.state.get(name)!, i64(initial))]
      : memory.declare(name, initial, analysis.fixedLength(name) !== undefined),
  );
  const count = program.outputs.length;
  const loop: SExpression[] = [
    ["br_if", "$done", ["i32.ge_u", get("i"), get("n")]],
    ...inputLines(names, inputs),
    ...statementsOf(program, { regroup: false }).flatMap((s) => statementLines(writer, s)),
    ...program.outputs.map(
      (output, k): SExpression => [
        "i64.store",
        elementAddress("ys", count, k),
        expressions.value(output),
      ],
    ),
    set("i", ["i32.add", get("i"), i32(1)]),
    ["br", "$next"],
  ];
  const { growing } = memory;
  const grows = growing.length > 0;
  const reserve = grows ? memoryLines(names, program, growing, memory.end()) : [];
  const isListName = new Set(
    program.state.filter(({ initial }) => typeof initial !== "number").map(({ name }) => name),
  );
  const declared: SExpression[] = [
    ["local", "$i", "i32"],
    ...(grows
      ? [
          ["local", "$top", "i64"],
          ["local", "$capacity", "i64"],
        ]
      : []),
    ...names.inputs.map((name) => ["local", `$${name}`, "i64"]),
    ...program.state.map(({ name }) => [
      "local",
      `$${names.state.get(name)}`,
      isListName.has(name) ? "i32" : "i64",
    ]),
    ...[...memory.lengths.values()].map((name) => ["local", `$${name}`, "i32"]),
    ...growing
      .filter((name) => ![...names.state.values()].includes(name))
      .map((name) => ["local", `$${name}`, "i32"]),
    ...locals,
  ];
  const parameters = [...names.parameters, "n", "ys"].map((name) => `(param $${name} i32)`);
  const indented = (lines: readonly string[], by = "  ") =>
    lines.map((line) => (line ? by + line : ""));
  const lines = (items: readonly SExpression[], depth: number) =>
    items.flatMap((item) => sExpressionLines(item, 98 - depth));
  const functionLines = [
    `(func (export "f") ${parameters.join(" ")}`,
    ...indented([
      ...lines(declared, 4),
      ...lines([...reserve, ...starts], 4),
      "(block $done",
      "  (loop $next",
      ...indented(lines(loop, 8), "    "),
      "  )))",
    ]),
  ];
  const texts = [...helperTexts(helpers), ...(grows ? [memoryHelpers] : [])];
  const pages = Math.max(1, Math.ceil(memory.end() / pageSize));
  const parts = [
    [
      `(memory (export "memory") ${pages})`,
      `(global (export "heap") i32 (i32.const ${memory.end()}))`,
      ...lines(memory.data, 2),
    ],
    functionLines,
    ...texts.map((text) => text.split("\n")),
  ];
  const comment = lineComments(
    ";;",
    paragraphs(options.docstring, contract(program, names, inputs, grows)),
  );
  const body = parts.map((part) => indented(part).join("\n")).join("\n\n");
  return `${[...comment, "(module", body].join("\n")})\n`;
}
