// Random programs with lists, for tests of what writes or runs programs.

import type { DrawInteger, Expression, Program } from "@latticode/program";
import {
  add,
  addAt,
  append,
  argmax,
  at,
  conditional,
  contains,
  drawIntegers,
  equal,
  input,
  integer,
  less,
  listOf,
  modulo,
  multiply,
  not,
  reverse,
  shift,
  state,
  subtract,
  sum,
} from "@latticode/program";

const numbers = ["a", "b"];
const lists = ["v", "w"];

function list(draw: DrawInteger, depth: number): Expression {
  const kind = depth === 0 ? draw(0, 1) : draw(0, 7);
  const inner = () => list(draw, depth - 1);
  const e = () => number(draw, depth - 1);
  if (kind === 0 || kind >= 6) return state(lists[draw(0, 1)]);
  if (kind === 1) return listOf(Array.from({ length: draw(1, 4) }, () => draw(-3, 9)));
  if (kind === 2) return shift(inner(), e());
  if (kind === 3) return append(inner(), e());
  if (kind === 4) return addAt(inner(), modulo(e(), integer(2)), e());
  return reverse(inner());
}

function number(draw: DrawInteger, depth: number): Expression {
  if (depth <= 0) {
    const kind = draw(0, 3);
    if (kind === 0) return integer(draw(-2, 5));
    return kind === 1 ? state(numbers[draw(0, 1)]) : input(0);
  }
  const e = () => number(draw, depth - 1);
  const l = () => list(draw, depth - 1);
  const makers = [
    () => sum(l()),
    () => at(l(), modulo(e(), integer(draw(1, 3)))),
    () => at(l(), integer(draw(-2, 1))),
    () => argmax(l()),
    () => contains(e(), l()),
    () => not(contains(e(), l())),
    () => equal(l(), l()),
    () => add(e(), e()),
    () => subtract(e(), e()),
    () => multiply(modulo(e(), integer(7)), e()),
    () => conditional(less(e(), e()), e(), e()),
  ];
  return makers[draw(0, makers.length - 1)]();
}

/** A program of one input with two numbers and two lists, which may grow. */
export function randomListProgram(seed: number): Program {
  const draw = drawIntegers(seed, 1);
  const start = () => Array.from({ length: draw(0, 3) }, () => draw(-2, 4));
  const updates = [
    { target: "a", value: number(draw, 2) },
    { target: "b", value: number(draw, 1) },
    { target: "v", value: list(draw, 2) },
    { target: "w", value: list(draw, draw(1, 2)) },
  ];
  return {
    inputDim: 1,
    state: [
      { name: "a", initial: draw(-2, 3) },
      { name: "b", initial: draw(-2, 3) },
      { name: "v", initial: start() },
      { name: "w", initial: start() },
    ],
    order: draw(0, 1) === 0 ? "simultaneous" : "in-place",
    updates: updates.filter(() => draw(0, 4) !== 0),
    outputs: [number(draw, 3), number(draw, 2)].slice(0, draw(1, 2)),
  };
}
