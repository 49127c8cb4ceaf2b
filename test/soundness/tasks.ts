// Random tasks of three kinds, each a function of its number: finite machines of 2 to 12 states,
// integer linear systems, and small programs from the grammar. Trivial ones are drawn again: an output
// that hardly changes, a machine that is not minimal, a program that ignores its inputs.

import type { DrawInteger, Expression, Program } from "@latticode/program";
import {
  add,
  argmax,
  at,
  binary,
  contains,
  drawIntegers,
  equal,
  input,
  integer,
  programCost,
  replaceStates,
  reverse,
  shift,
  simplifyProgram,
  state,
  subtract,
  sum,
} from "@latticode/program";
import { randomExpression } from "../../packages/program/testing/random-program.ts";
import type { Definition, Kind, RandomMachine, RandomTask } from "./definition.ts";
import { drawInputs, labellerOf } from "./definition.ts";

/** Positions that drawn tasks are judged on, and within half of which machines reach their states. */
const length = 8;
/**
 * Examples by kind. What tells the states of a machine apart lies up to as many positions behind them
 * as they lie behind the start, and one more shows that nothing else does. Machines solved of 100: 68
 * from 10,000 sequences of length 8, 77 from 40,000 of length 12, whose networks still erred on rare
 * words.
 */
const examples: Readonly<Record<Kind, Pick<RandomTask, "count" | "length" | "longer">>> = {
  machine: { count: 100_000, length: 12, longer: { count: 512, length: 120 } },
  linear: { count: 10_000, length },
  program: { count: 10_000, length },
};
const largestOutput = 1000;
/** Sequences that a drawn task is judged on. */
const trials = 300;
/** The most frequent output may have this share of the positions. */
const largestShare = 0.9;

type Drawn = Pick<RandomTask, "ranges" | "definition" | "description">;

const makers: Readonly<Record<Kind, (draw: DrawInteger, index: number) => Drawn | undefined>> = {
  machine: makeMachine,
  linear: makeLinear,
  program: makeProgram,
};

/** The task of a kind with a number from 0. */
export function randomTask(kind: Kind, index: number): RandomTask {
  const seed = { machine: 1, linear: 2, program: 3 }[kind] * 1_000_000 + index;
  for (let attempt = 0; ; attempt++) {
    const drawn = makers[kind](drawIntegers(seed, attempt), index);
    if (drawn && !isTrivial(drawn, drawIntegers(seed, 2 ** 31 + attempt))) {
      return { kind, index, ...examples[kind], ...drawn };
    }
  }
}

/**
 * Whether a task says little: it fails on some inputs, its outputs are large or nearly always the
 * same, or they don't depend on the inputs.
 */
function isTrivial({ ranges, definition }: Drawn, draw: DrawInteger): boolean {
  const label = labellerOf(definition);
  const counts = new Map<number, number>();
  let depends = false;
  for (let trial = 0; trial < trials; trial++) {
    let labels: number[];
    let changed: number[];
    try {
      labels = label(drawInputs({ ranges, length }, draw), length);
      changed = label(drawInputs({ ranges, length }, draw), length);
    } catch {
      return true;
    }
    for (const y of labels) {
      if (Math.abs(y) > largestOutput) return true;
      counts.set(y, (counts.get(y) ?? 0) + 1);
    }
    depends ||= labels.join() !== changed.join();
  }
  return !depends || Math.max(...counts.values()) > largestShare * trials * length;
}

/** Sizes go round, so that every pair of 2 to 12 states and 2 to 5 symbols comes up. */
function makeMachine(draw: DrawInteger, index: number): Drawn | undefined {
  const stateCount = 2 + (index % 11);
  const symbolCount = 2 + (Math.floor(index / 11) % 4);
  const outputCount = draw(2, Math.min(4, stateCount));
  const size = stateCount * symbolCount;
  const transitions = Array.from({ length: size }, () => draw(0, stateCount - 1));
  const byState = Array.from({ length: stateCount }, () => draw(0, outputCount - 1));
  const outputs =
    index % 2 === 0
      ? transitions.map((to) => byState[to])
      : Array.from({ length: size }, () => draw(0, outputCount - 1));
  const machine = { stateCount, symbolCount, transitions, outputs };
  if (!isConnected(machine) || !isMinimal(machine)) return undefined;
  return {
    ranges: [[0, symbolCount - 1]],
    definition: { type: "machine", machine },
    description: `${stateCount} states, ${symbolCount} symbols, ${outputCount} outputs ${index % 2 === 0 ? "on states" : "on transitions"}`,
  };
}

/** Whether every state is reached from the first, within half of the length. */
export function isConnected({ stateCount, symbolCount, transitions }: RandomMachine): boolean {
  let reached = new Set([0]);
  for (let depth = 0; depth < length / 2; depth++) {
    const next = new Set(reached);
    for (const from of reached) {
      for (let symbol = 0; symbol < symbolCount; symbol++) {
        next.add(transitions[from * symbolCount + symbol]);
      }
    }
    reached = next;
  }
  return reached.size === stateCount;
}

/** Whether any two states are told apart by some word (Moore's refinement). */
export function isMinimal({
  stateCount,
  symbolCount,
  transitions,
  outputs,
}: RandomMachine): boolean {
  const symbols = Array.from({ length: symbolCount }, (_, symbol) => symbol);
  let classes = new Array<number>(stateCount).fill(0);
  for (let round = 0; round < stateCount; round++) {
    const numbers = new Map<string, number>();
    classes = classes.map((own, from) => {
      const at = symbols.map((symbol) => from * symbolCount + symbol);
      const key = [own, ...at.map((i) => `${outputs[i]}/${classes[transitions[i]]}`)].join();
      const number = numbers.get(key) ?? numbers.size;
      numbers.set(key, number);
      return number;
    });
  }
  return new Set(classes).size === stateCount;
}

/** s' = A s + B x + c from s = 0, y = C s' + D x, of dimension 1 to 3, with entries from -2 to 2. */
function makeLinear(draw: DrawInteger): Drawn | undefined {
  const dimension = draw(1, 3);
  const inputDim = draw(1, 2);
  const high = [1, 5, 9, 20][draw(0, 3)];
  const low = draw(0, 1) === 0 ? 0 : -high;
  const names = ["a", "b", "c"].slice(0, dimension);
  const entry = () => [-2, -1, -1, 0, 0, 0, 1, 1, 1, 2][draw(0, 9)];
  const total = (states: readonly string[], constant: number) => {
    const terms = [
      ...states.map((name) => [entry(), state(name)] as const),
      ...Array.from({ length: inputDim }, (_, i) => [entry(), input(i)] as const),
    ].filter(([factor]) => factor !== 0);
    const products = terms.map(([factor, e]) => {
      const size = Math.abs(factor);
      return [factor, size === 1 ? e : binary("*", integer(size), e)] as const;
    });
    return products.reduce<Expression>(
      (all, [factor, e]) => (factor < 0 ? subtract(all, e) : add(all, e)),
      integer(constant),
    );
  };
  const program: Program = {
    inputDim,
    state: names.map((name) => ({ name, initial: 0 })),
    order: "simultaneous",
    updates: names.map((target) => ({
      target,
      value: total(names, draw(0, 3) === 0 ? entry() : 0),
    })),
    outputs: [total(names, 0)],
  };
  const ranges = Array.from({ length: inputDim }, () => [low, high] as const);
  return { ...described(program), ranges };
}

const constants = [-1, 0, 1, 1, 2, 2, 3, 4, 5, 10];

/** What random expressions name for a number read from the list, which is put in its place. */
const reading = "reading of w";

/**
 * Up to two state variables, one output, cost 6 to 12 when simplified. Their number goes round, as
 * most of those drawn with state forget it. One in five has none. One program in four has a list of
 * the last 2 to 4 of some numbers in the place of one variable, and keeps all of its state.
 */
export function makeProgram(draw: DrawInteger, index: number): Drawn | undefined {
  const inputDim = draw(1, 2);
  const ranges = Array.from(
    { length: inputDim },
    () =>
      (
        [
          [0, 1],
          [0, 1],
          [0, 3],
          [0, 9],
          [-5, 5],
        ] as const
      )[draw(0, 4)],
  );
  const size = index % 4 === 3 ? draw(2, 4) : 0;
  const numbers = [1, 1, 0, 1, 2][index % 5];
  const names = ["a", "b"].slice(0, size > 0 ? Math.max(numbers - 1, 0) : numbers);
  const choices = { depth: 2, inputDim, state: names, constants };
  const expression = () =>
    size === 0
      ? randomExpression(draw, choices)
      : replaceStates(randomExpression(draw, { ...choices, state: [...names, reading] }), (name) =>
          name === reading ? randomReading(draw, size, inputDim) : state(name),
        );
  const start = () => constants[draw(0, constants.length - 1)];
  const program = simplifyProgram({
    inputDim,
    state: [
      ...names.map((name) => ({ name, initial: start() })),
      ...(size > 0 ? [{ name: "w", initial: Array.from({ length: size }, start) }] : []),
    ],
    order: draw(0, 1) === 0 ? "simultaneous" : "in-place",
    updates: [
      ...names.map((target) => ({ target, value: expression() })),
      ...(size > 0
        ? [{ target: "w", value: shift(state("w"), randomExpression(draw, choices)) }]
        : []),
    ],
    outputs: [expression()],
  });
  const cost = programCost(program);
  if (cost < 6 || cost > 12) return undefined;
  if (size > 0 && program.state.length <= names.length) return undefined;
  const drawn = { ...described(program), ranges };
  return names.length + size > 0 && !remembers(drawn, draw) ? undefined : drawn;
}

/** A number read from the list w of that size. */
function randomReading(draw: DrawInteger, size: number, inputDim: number): Expression {
  const w = state("w");
  const x = () => input(draw(0, inputDim - 1));
  switch (draw(0, 4)) {
    case 0:
      return sum(w);
    case 1:
      return at(w, draw(0, 2) === 0 ? x() : integer(draw(0, size - 1)));
    case 2:
      return argmax(w);
    case 3:
      return contains(draw(0, 1) === 0 ? x() : integer(constants[draw(0, 9)]), w);
    default:
      return equal(w, reverse(w));
  }
}

/** Whether the last output depends on inputs before the last position. */
function remembers({ ranges, definition }: Drawn, draw: DrawInteger): boolean {
  const label = labellerOf(definition);
  try {
    for (let trial = 0; trial < trials; trial++) {
      const x = drawInputs({ ranges, length }, draw);
      const other = drawInputs({ ranges, length: length - 1 }, draw);
      const changed = [...other, ...x.slice(other.length)];
      if (label(x, length)[length - 1] !== label(changed, length)[length - 1]) return true;
    }
  } catch {
    // judged by `isTrivial`
  }
  return false;
}

function described(program: Program): { definition: Definition; description: string } {
  const cost = programCost(program);
  const lists = program.state.flatMap(({ initial }) =>
    typeof initial === "number" ? [] : [`a list of ${initial.length}`],
  );
  const states = program.state.length - lists.length;
  return {
    definition: { type: "program", program },
    description: [
      `${states} state variables`,
      ...lists,
      `${program.inputDim} inputs`,
      `cost ${cost}`,
    ].join(", "),
  };
}
