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
  modulo,
  multiply,
  negate,
  not,
  or,
  subtract,
  xor,
} from "@latticode/program";
import { expect, test } from "vitest";
import { functionText, program } from "../../testing/emitted-text.ts";
import { javascript } from "../languages/javascript/javascript.ts";
import { python } from "../languages/python/python.ts";

const x = input(0);
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
