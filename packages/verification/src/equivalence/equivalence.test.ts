import type { Machine, Recurrence } from "@latticode/machines";
import type { Expression, Program } from "@latticode/program";
import {
  add,
  addAt,
  at,
  compileProgram,
  conditional,
  drawIntegers,
  equal,
  floorDivide,
  input,
  integer,
  less,
  listOf,
  modulo,
  multiply,
  reverse,
  shift,
  simplifyProgram,
  state,
  subtract,
  sum,
  xor,
} from "@latticode/program";
import { describe, expect, test } from "vitest";
import { randomProgram } from "../../../program/testing/random-program.ts";
import { affineDimension } from "./affine-program.ts";
import type { Equality } from "./equivalence.ts";
import { proveAgainstMachine, proveAgainstRecurrence, proveEqual } from "./equivalence.ts";

const bits = Int32Array.of(0, 1);
const [a, b, x] = [state("a"), state("b"), input(0)];

function program(
  variables: Readonly<Record<string, number | readonly number[]>>,
  updates: readonly (readonly [string, Expression])[],
  outputs: readonly Expression[],
  order: Program["order"] = "in-place",
): Program {
  return {
    inputDim: 1,
    state: Object.entries(variables).map(([name, initial]) => ({ name, initial })),
    order,
    updates: updates.map(([target, value]) => ({ target, value })),
    outputs,
  };
}

/** The outputs on a word, as text; where a run fails there are none. */
function outputsOn(p: Program, word: Int32Array): string {
  try {
    return compileProgram(p)(word, word.length / p.inputDim).join();
  } catch (error) {
    if (error instanceof RangeError) return "none";
    throw error;
  }
}

/** Whether the outputs are equal on all words over an alphabet up to a length. */
function equalUpTo(p: Program, q: Program, symbols: Int32Array, length: number): boolean {
  const { inputDim } = p;
  let words: number[][] = [[]];
  for (let t = 1; t <= length; t++) {
    words = words.flatMap((word) =>
      Array.from({ length: symbols.length / inputDim }, (_, s) => [
        ...word,
        ...symbols.subarray(s * inputDim, (s + 1) * inputDim),
      ]),
    );
    if (words.some((w) => outputsOn(p, Int32Array.from(w)) !== outputsOn(q, Int32Array.from(w)))) {
      return false;
    }
  }
  return true;
}

/** A verdict must hold up: a counterexample on its word, a proof on all short words. */
function expectSound(equality: Equality, p: Program, q: Program, symbols: Int32Array): void {
  if (equality.equal === false) {
    const word = equality.counterexample;
    expect(outputsOn(p, word)).not.toBe(outputsOn(q, word));
    const earlier = word.subarray(0, word.length - p.inputDim);
    expect(outputsOn(p, earlier)).toBe(outputsOn(q, earlier));
  } else if (equality.equal) {
    expect(equalUpTo(p, q, symbols, 4)).toBe(true);
  }
}

describe("programs", () => {
  const parity = program({ a: 0 }, [["a", xor(a, x)]], [a]);

  test("parity in three ways, one of them wrong after a while", () => {
    const modular = program({ b: 0 }, [["b", modulo(add(b, x), integer(2))]], [b]);
    const counting = program({ a: 0 }, [["a", add(a, x)]], [modulo(a, integer(2))]);
    const list = program(
      { w: [0, 0] },
      [["w", addAt(state("w"), x, integer(1))]],
      [modulo(at(state("w"), integer(1)), integer(2))],
    );
    expect(proveEqual(parity, modular, bits)).toEqual({
      equal: true,
      proof: "all 2 reachable pairs of states agree",
      pairs: 2,
    });
    // the sums go on for ever
    expect(proveEqual(parity, counting, bits, { pairs: 100 })).toEqual({
      equal: undefined,
      reason: "not closed after 100 pairs of states",
    });
    expect(proveEqual(parity, list, bits, { steps: 50 })).toEqual({
      equal: undefined,
      reason: "not closed after 50 steps",
    });
    const wrong = program(
      { a: 0 },
      [["a", add(a, x)]],
      [conditional(less(integer(6), a), integer(0), modulo(a, integer(2)))],
    );
    expect(proveEqual(parity, wrong, bits)).toEqual({
      equal: false,
      counterexample: Int32Array.of(1, 1, 1, 1, 1, 1, 1),
    });
  });

  test("lists are states by value", () => {
    const [w, v] = [state("w"), state("v")];
    const window = program({ w: [0, 0, 0] }, [["w", shift(w, x)]], [equal(w, reverse(w))]);
    const names = program(
      { v: [0, 0, 0] },
      [["v", shift(v, x)]],
      [equal(at(v, integer(0)), at(v, integer(-1)))],
    );
    const three = Int32Array.of(0, 1, 2);
    expect(proveEqual(window, names, three)).toMatchObject({ equal: true, pairs: 27 });
    const lazy = program(
      { v: [0, 0, 0] },
      [["v", shift(v, x)]],
      [equal(at(v, integer(0)), at(v, integer(1)))],
    );
    expectSound(proveEqual(window, lazy, three), window, lazy, three);
    expect(proveEqual(window, lazy, three).equal).toBe(false);
  });

  test("affine ones of any growth are compared by Markov parameters", () => {
    const fibonacci = program(
      { a: 0, b: 0 },
      [
        ["a", add(a, b)],
        ["b", add(add(subtract(a, b), x), integer(3))],
      ],
      [b],
    );
    expect(proveEqual(fibonacci, fibonacci, bits)).toEqual({
      equal: true,
      proof: "Markov parameters and free responses are equal up to order 4",
    });
    const sums = program({ w: [0, 0] }, [["w", shift(state("w"), x)]], [sum(state("w"))]);
    const differences = program(
      { a: 0, b: 0 },
      [
        ["b", subtract(a, integer(0))],
        ["a", x],
      ],
      [add(b, a)],
    );
    expect(proveEqual(sums, differences, Int32Array.of(5, 9))).toMatchObject({ equal: true });
    const late = program(
      { w: [0, 0, 0] },
      [["w", shift(state("w"), x)]],
      [add(at(state("w"), integer(0)), x)],
    );
    expect(proveEqual(sums, late, bits)).toEqual({
      equal: false,
      counterexample: Int32Array.of(1, 0),
    });
  });

  test("an alphabet may not tell affine programs apart", () => {
    const twice: Program = { ...program({}, [], [multiply(integer(2), x)]), inputDim: 2 };
    const both: Program = { ...twice, outputs: [add(x, input(1))] };
    const diagonal = Int32Array.of(3, 3, 5, 5);
    expect(proveEqual(twice, both, diagonal)).toMatchObject({
      equal: true,
      proof: expect.stringMatching(/on the observed inputs$/),
    });
    expect(proveEqual(twice, both, Int32Array.of(3, 3, 4, 5))).toEqual({
      equal: false,
      counterexample: Int32Array.of(4, 5),
    });
  });

  test("failures are part of the behaviour", () => {
    const divides = program({ a: 1 }, [["a", floorDivide(a, x)]], [a]);
    const holds = program({ a: 1 }, [], [a]);
    expect(proveEqual(divides, holds, bits)).toEqual({
      equal: false,
      counterexample: Int32Array.of(0),
    });
    expect(proveEqual(divides, divides, bits).equal).toBe(true);
    expect(proveEqual(divides, holds, Int32Array.of(1)).equal).toBe(true);
  });

  test("numbers beyond all bounds end it without a verdict", () => {
    const squares = program({ a: 2 }, [["a", multiply(a, a)]], [modulo(a, integer(2))]);
    const zero = program({}, [], [integer(0)]);
    expect(proveEqual(squares, zero, Int32Array.of(7))).toEqual({
      equal: undefined,
      reason: "the program's state grows beyond 64 bits or 256 numbers",
    });
  });

  test("programs of different sizes can't be compared", () => {
    expect(() => proveEqual(parity, { ...parity, inputDim: 2 }, bits)).toThrow(
      "cannot be compared",
    );
  });

  test("random pairs: verdicts hold up, and both kinds come", () => {
    const verdicts = { true: 0, false: 0, undefined: 0 };
    const limits = { pairs: 300, steps: 1500 };
    for (let seed = 0; seed < 300; seed++) {
      const p = randomProgram({ seed, depth: 2 });
      const draw = drawIntegers(seed, 7);
      const symbols = Int32Array.from({ length: 3 * p.inputDim }, () => draw(-2, 3));
      const simpler = simplifyProgram(p);
      // one constant or operand changed somewhere, which may matter or not
      const other: Program = {
        ...p,
        outputs: p.outputs.map((e) =>
          draw(0, 1) === 0 ? e : conditional(less(integer(draw(-2, 2)), e), integer(1), e),
        ),
      };
      for (const q of [simpler, other]) {
        const equality = proveEqual(p, q, symbols, limits);
        verdicts[`${equality.equal}`]++;
        expectSound(equality, p, q, symbols);
      }
    }
    expect(verdicts.true).toBeGreaterThan(200);
    expect(verdicts.false).toBeGreaterThan(50);
  });
});

/** A random complete machine over 0 .. symbols - 1. */
function randomMachine(seed: number, stateCount: number, symbolCount: number): Machine {
  const draw = drawIntegers(seed, 3);
  const entries = stateCount * symbolCount;
  return {
    ...{ inputDim: 1, outputDim: 1, stateCount, initial: 0 },
    symbols: Int32Array.from({ length: symbolCount }, (_, s) => s),
    outputVectors: Int32Array.of(4, -1, 9),
    transitions: Int32Array.from({ length: entries }, () => draw(0, stateCount - 1)),
    outputs: Int32Array.from({ length: entries }, () => draw(0, 2)),
  };
}

/** The machine as a program of tables. */
function tableProgram({ transitions, outputs, outputVectors, symbols }: Machine): Program {
  const place = (q: Expression) => add(multiply(q, integer(symbols.length)), x);
  return program(
    { q: 0, y: 0 },
    [
      ["y", at(listOf(outputs.map((o) => outputVectors[o])), place(state("q")))],
      ["q", at(listOf(transitions), place(state("q")))],
    ],
    [state("y")],
  );
}

describe("programs and machines", () => {
  test("random machines as tables, with and without a mistake", () => {
    let [mistakes, proofs] = [0, 0];
    for (let seed = 0; seed < 200; seed++) {
      const draw = drawIntegers(seed, 4);
      const machine = randomMachine(seed, draw(1, 9), draw(1, 4));
      const table = tableProgram(machine);
      expect(proveAgainstMachine(table, machine).equal).toBe(true);
      const outputs = machine.outputs.slice();
      const changed = draw(0, outputs.length - 1);
      outputs[changed] = (outputs[changed] + 1) % 3;
      const broken = { ...machine, outputs };
      const equality = proveAgainstMachine(table, broken);
      expectSound(equality, table, tableProgram(broken), machine.symbols);
      // the changed step may be out of reach
      if (equality.equal === false) mistakes++;
      else if (equality.equal) proofs++;
    }
    expect(mistakes + proofs).toBe(200);
    expect(mistakes).toBeGreaterThan(100);
  });

  test("what a machine does not know proves nothing, but its mistakes count", () => {
    const machine = randomMachine(3, 4, 2);
    const table = tableProgram(machine);
    const transitions = machine.transitions.slice();
    transitions[0] = -1;
    expect(proveAgainstMachine(table, { ...machine, transitions })).toEqual({
      equal: undefined,
      reason: "the machine does not know every step",
    });
    const outputs = machine.outputs.slice();
    outputs[0] = -1;
    expect(proveAgainstMachine(table, { ...machine, outputs }).equal).toBeUndefined();
    outputs[1] = (outputs[1] + 1) % 3;
    expect(proveAgainstMachine(table, { ...machine, outputs })).toEqual({
      equal: false,
      counterexample: Int32Array.of(1),
    });
  });
});

describe("programs and recurrences", () => {
  /** A random recurrence, and the program that says it line by line. */
  function randomRecurrence(seed: number) {
    const draw = drawIntegers(seed, 5);
    const [stateDim, inputDim, outputDim] = [draw(0, 4), draw(1, 2), draw(1, 2)];
    const row = (n: number) => Array.from({ length: n }, () => draw(-2, 2));
    const rows = (m: number, n: number) => Array.from({ length: m }, () => row(n));
    const recurrence: Recurrence = {
      ...{ stateDim, inputDim, outputDim },
      initial: row(stateDim),
      transition: rows(stateDim, stateDim),
      input: rows(stateDim, inputDim),
      offset: row(stateDim),
      output: rows(outputDim, stateDim),
      outputOffset: row(outputDim),
    };
    return { recurrence, draw };
  }

  function programOf(r: Recurrence): Program {
    const dot = (factors: readonly number[], terms: readonly Expression[], constant: number) =>
      factors.reduce<Expression>(
        (total, factor, k) => add(total, multiply(terms[k], integer(factor))),
        integer(constant),
      );
    const z = r.initial.map((_, i) => state(`z${i}`));
    const inputs = Array.from({ length: r.inputDim }, (_, i) => input(i));
    return {
      inputDim: r.inputDim,
      state: r.initial.map((initial, i) => ({ name: `z${i}`, initial })),
      order: "simultaneous",
      updates: r.transition.map((row, i) => ({
        target: `z${i}`,
        value: dot([...row, ...r.input[i]], [...z, ...inputs], r.offset[i]),
      })),
      outputs: r.output.map((row, i) => dot(row, z, r.outputOffset[i])),
    };
  }

  test("random recurrences, with and without a mistake", () => {
    let [mistakes, proofs] = [0, 0];
    for (let seed = 0; seed < 300; seed++) {
      const { recurrence, draw } = randomRecurrence(seed);
      const p = programOf(recurrence);
      expect(proveAgainstRecurrence(p, recurrence).equal).toBe(true);
      const part = (["initial", "offset"] as const)[draw(0, 1)];
      const at = recurrence.stateDim > 0 ? draw(0, recurrence.stateDim - 1) : -1;
      const changed = {
        ...recurrence,
        [part]: recurrence[part].map((v, i) => (i === at ? v + 1 : v)),
      };
      const equality = proveAgainstRecurrence(p, changed);
      const symbols = Int32Array.from({ length: 3 * recurrence.inputDim }, () => draw(-9, 9));
      expectSound(equality, p, programOf(changed), symbols);
      if (equality.equal === false) mistakes++;
      else if (equality.equal) proofs++;
    }
    expect(mistakes + proofs).toBe(300);
    expect(mistakes).toBeGreaterThan(150);
    expect(proofs).toBeGreaterThan(30);
  });

  test("what differs late only is found: a delay of 6", () => {
    const delay = (n: number): Recurrence => ({
      ...{ stateDim: n, inputDim: 1, outputDim: 1, outputOffset: [0] },
      initial: new Array<number>(n).fill(0),
      offset: new Array<number>(n).fill(0),
      transition: Array.from({ length: n }, (_, i) =>
        Array.from({ length: n }, (_, j) => (j === i - 1 ? 1 : 0)),
      ),
      input: Array.from({ length: n }, (_, i) => [i === 0 ? 1 : 0]),
      output: [Array.from({ length: n }, (_, j) => (j === n - 1 ? 1 : 0))],
    });
    const w = program(
      { w: [0, 0, 0, 0, 0, 0] },
      [["w", shift(state("w"), x)]],
      [at(state("w"), integer(0))],
    );
    expect(proveAgainstRecurrence(w, delay(6)).equal).toBe(true);
    expect(proveAgainstRecurrence(w, delay(7))).toMatchObject({
      equal: false,
      counterexample: Int32Array.of(1, 0, 0, 0, 0, 0),
    });
  });

  test("a program that is not affine is only refuted", () => {
    const { recurrence } = randomRecurrence(1);
    const single = { ...recurrence, ...{ stateDim: 1, inputDim: 1, outputDim: 1 } };
    const total: Recurrence = {
      ...single,
      ...{ initial: [0], transition: [[1]], input: [[1]], offset: [0] },
      ...{ output: [[1]], outputOffset: [0] },
    };
    const capped = (most: number) =>
      program({ a: 0 }, [["a", add(a, x)]], [conditional(less(integer(most), a), integer(0), a)]);
    expect(proveAgainstRecurrence(capped(50), total)).toEqual({
      equal: undefined,
      reason: "the program is not written in affine form",
    });
    expect(proveAgainstRecurrence(capped(0), total)).toMatchObject({ equal: false });
  });
});

test("affine programs are told by their form", () => {
  const w = state("w");
  const dimension = (e: Expression) =>
    affineDimension(program({ a: 0, w: [0, 0, 0] }, [["a", e]], [a]));
  expect(dimension(add(sum(reverse(shift(w, x))), multiply(integer(-2), a)))).toBe(4);
  expect(dimension(multiply(add(integer(1), integer(2)), x))).toBe(4);
  for (const e of [
    multiply(a, x),
    modulo(a, integer(2)),
    at(w, x),
    at(w, integer(3)),
    less(a, x),
  ]) {
    expect(dimension(e)).toBeUndefined();
  }
  const grown = program({ w: [0] }, [["w", listOf([1, 2])]], [sum(w)]);
  expect(affineDimension(grown)).toBeUndefined();
});
