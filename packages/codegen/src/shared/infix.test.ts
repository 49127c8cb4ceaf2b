import type { Expression } from "@latticode/program";
import {
  absolute,
  add,
  and,
  conditional,
  equal,
  floorDivide,
  input,
  integer,
  less,
  maximum,
  minimum,
  modulo,
  multiply,
  negate,
  not,
  or,
  state,
  subtract,
  xor,
} from "@latticode/program";
import { expect, test } from "vitest";
import { functionText, program } from "../../testing/emitted-text.ts";
import { c } from "../languages/c/c.ts";
import { javascript } from "../languages/javascript/javascript.ts";
import { python } from "../languages/python/python.ts";
import { rust } from "../languages/rust/rust.ts";

const [x, y] = [input(0), input(1)];
const [a, b] = ["a", "b"].map(state);
const one = integer(1);

const expressions: [Expression, string, string][] = [
  [subtract(x, subtract(x, one)), "x - (x - 1)", "x - (x - 1)"],
  [add(x, subtract(x, one)), "x + x - 1", "x + (x - 1)"],
  [multiply(add(x, one), integer(2)), "(x + 1) * 2", "(x + 1) * 2"],
  [add(x, integer(-3)), "x + -3", "x + -3"],
  [negate(negate(x)), "-(-x)", "0 - -x"],
  [negate(add(x, one)), "-(x + 1)", "0 - (x + 1)"],
  [subtract(one, negate(integer(-1))), "1 - -(-1)", "1 - -(-1)"],
  [floorDivide(negate(x), integer(3)), "-x // 3", "Math.floor(-x / 3) + 0"],
  [negate(floorDivide(x, integer(3))), "-(x // 3)", "0 - Math.floor(x / 3)"],
  [modulo(absolute(x), integer(3)), "abs(x) % 3", "Math.abs(x) % 3"],
  [modulo(one, multiply(x, x)), "1 % (x * x)", "modulo(1, exact(x * x))"],
  [equal(less(x, one), x), "int((x < 1) == x)", "Number(Number(x < 1) === x)"],
  [less(one, xor(x, one)), "int(x ^ 1 > 1)", "Number((x ^ 1) > 1)"],
  [xor(x, add(x, one)), "x ^ x + 1", "xor(x, x + 1)"],
  [and(or(x, one), x), "int((x or 1) and x)", ""],
  [not(x), "int(x == 0)", "Number(x === 0)"],
  [not(not(x)), "int(x != 0)", "Number(x !== 0)"],
  [not(less(x, one)), "int(x >= 1)", "Number(x >= 1)"],
  [not(and(x, less(x, one))), "int(not (x and x < 1))", "Number(!(x && x < 1))"],
  [add(less(x, one), one), "(x < 1) + 1", "Number(x < 1) + 1"],
  [
    conditional(conditional(x, one, x), x, conditional(x, one, x)),
    "x if (1 if x else x) else 1 if x else x",
    "(x ? 1 : x) ? x : x ? 1 : x",
  ],
  [conditional(x, less(x, one), one), "int(x < 1 if x else 1)", "x ? Number(x < 1) : 1"],
  [multiply(integer(2), multiply(x, x)), "2 * x * x", "exact(2 * exact(x * x)) + 0"],
];

/** In C and in Rust, where operands that compilers warn of or refuse are in parentheses. */
const bracketed: [Expression, string, string][] = [
  [or(and(x, one), x), "(x && 1) || x", "i64::from(x != 0 && 1_i64 != 0 || x != 0)"],
  [and(x, and(one, x)), "x && (1 && x)", "i64::from(x != 0 && 1_i64 != 0 && x != 0)"],
  [xor(add(x, one), xor(x, one)), "(x + 1) ^ x ^ 1", "x + 1 ^ x ^ 1"],
  [
    equal(less(x, one), not(x)),
    "(x < 1) == !x",
    "i64::from(i64::from(x < 1) == i64::from(x == 0))",
  ],
  [subtract(x, subtract(one, x)), "x - (1 - x)", "x - (1 - x)"],
  [
    multiply(add(x, one), negate(x)),
    "multiply(x + 1, -x, &error)",
    "i64::checked_mul(x + 1, -x).ok_or(OVERFLOW)?",
  ],
  [
    conditional(x, conditional(x, one, x), conditional(one, x, one)),
    "x ? (x ? 1 : x) : (1 ? x : 1)",
    "if x != 0 { if x != 0 { 1 } else { x } } else { if 1_i64 != 0 { x } else { 1 } }",
  ],
  [less(one, xor(x, one)), "(x ^ 1) > 1", "i64::from(x ^ 1 > 1)"],
  [negate(negate(x)), "-(-x)", "-(-x)"],
];

test.each(bracketed)("%j in C and in Rust", (e, inC, inRust) => {
  const given = program(1, "in-place", {}, {}, [e]);
  expect(c.emit(given)).toContain(`ys[i] = ${inC};\n`);
  expect(rust.emit(given)).toContain(`ys.push(${inRust});\n`);
});

test.each(expressions)("%j is written with few parentheses", (e, inPython, inJavaScript) => {
  const given = program(1, "in-place", {}, {}, [e]);
  if (e.op === "and") {
    // Arguments that are no truth values are compared with 0, so that the result is one.
    expect(functionText(python, given)).toContain("ys.append(int((x != 0 or 1) and x != 0))");
    expect(functionText(javascript, given)).toContain(
      "ys.push(Number((x !== 0 || 1) && x !== 0));",
    );
    return;
  }
  expect(functionText(python, given)).toContain(`ys.append(${inPython})\n`);
  expect(functionText(javascript, given)).toContain(`ys.push(${inJavaScript});\n`);
});

test("absolute values and extremes", () => {
  const spread = program(
    1,
    "in-place",
    { a: 9, b: 0 },
    { a: minimum(a, x), b: maximum(maximum(b, absolute(x)), one) },
    [subtract(b, a)],
  );
  expect(functionText(python, spread)).toContain(`\
        a = min(a, x)
        b = max(b, abs(x), 1)
        ys.append(b - a)
`);
  expect(functionText(javascript, spread)).toContain(`\
    a = Math.min(a, x);
    b = Math.max(b, Math.abs(x), 1);
    ys.push(b - a);
`);
});

test("two outputs are a tuple, and only what may be a bool is made an int", () => {
  const two = program(2, "in-place", {}, {}, [less(x, y), modulo(add(x, y), integer(10))]);
  expect(functionText(python, two)).toBe(`\
def f(s, t):
    ys = []
    for x, y in zip(s, t):
        ys.append((int(x < y), (x + y) % 10))
    return ys
`);
  expect(functionText(javascript, two)).toContain(
    "    ys.push([Number(x < y), modulo(x + y, 10)]);\n",
  );
});
