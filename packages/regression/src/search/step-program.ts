import type { Kernels } from "@latticode/kernels";
import type { Expression, Program } from "@latticode/program";
import {
  comparePrograms,
  compileProgram,
  countNodes,
  input,
  programCost,
  replaceStates,
  simplifyProgram,
  state,
  stateNames,
  unlessFailed,
} from "@latticode/program";
import type { Fitter, Variable } from "./fitting.ts";
import { fitExpressions, readVariables, valuesOn } from "./fitting.ts";
import { cheapestMembership } from "./membership.ts";
import type { Steps } from "./steps.ts";
import { decides, harvestConstants } from "./steps.ts";

// From the steps of a state of integers to a program that takes them. A step can be written in
// several ways, of which the cheapest counts:
//
//   a = U(a, x); y = G(a, x)               the outputs read the new state
//   s = E(a, x); a = F(s); y = G(s)        both are short in terms of something in between,
//   s = E(F(s), x); y = G(s)               which then can be the state itself
//   o = G(a, x); a = U(a, x); y = o        the outputs read the old state

export interface StepOptions {
  readonly kernels: Kernels;
  /** Programs that cost more are of no use. */
  readonly bound: number;
  /** An update of the first state variable that is known to be right. */
  readonly update?: Expression;
}

/** What is in between, beside the state. */
const sharedName = "b";
const names = ["a", "b", "c", "d", "e", "f", "g", "h"];
/** Weights of single expressions that are looked for at most. */
const mostWeight = 9;
/** Weight of E. */
const mostShared = 5;
/** Candidates for E that are followed. */
const mostFollowed = 24;
/** Terms looked at for one. */
const mostTerms = 20_000;

/**
 * The cheapest program found for the steps, simplified; undefined where none is within the bound.
 */
export function programOfSteps(steps: Steps, options: StepOptions): Program | undefined {
  const { stateDim, outputDim } = steps;
  if (stateDim > names.length || steps.rows === 0) return undefined;
  const constants = harvestConstants(steps);
  const { kernels } = options;
  const old = stateVariables(steps.before);
  const inputs = inputVariables(steps.x);
  const fitter = fitExpressions([...old, ...inputs], { kernels, constants });
  let best: Program | undefined;
  let bound = options.bound;
  const offer = (program: Program) => {
    const simple = simplifyProgram(program);
    const cost = programCost(simple);
    if (cost > bound || (best && comparePrograms(simple, best) >= 0)) return;
    best = simple;
    bound = cost;
  };
  try {
    // a statement costs 1 and its nodes: every other update and output 2 at least
    const others = 2 * (stateDim + outputDim - 1);
    const most = Math.min(mostWeight, bound - others - 1);
    const known =
      options.update && countNodes(options.update) <= bound ? [options.update] : undefined;
    const updates = fitAll(fitter, [...old, ...inputs], steps.after, most) ?? known;
    if (updates) {
      const spent = updates.reduce((sum, update) => sum + countNodes(update) + 1, 0);
      /**
       * Weight left for one output, the others at their least, with statements that cost `more`.
       */
      const left = (more: number) =>
        Math.min(mostWeight, bound - spent - more - 2 * (outputDim - 1) - (best ? 2 : 1));
      offerNewState(steps, updates, { inputs, constants, kernels, most: left(0), offer });
      const outputs = fitAll(fitter, [...old, ...inputs], steps.y, left(2 * outputDim));
      if (outputs) offer(oldStateProgram(steps, updates, outputs));
    }
    if (stateDim === 1) {
      offerShared(steps, fitter, {
        old,
        inputs,
        constants,
        kernels,
        most: () => (best ? bound - 1 : bound),
        offer,
      });
    }
    return best;
  } finally {
    fitter.dispose();
  }
}

/** Expressions for all targets; undefined where one has none. */
function fitAll(
  fitter: Fitter,
  variables: readonly Variable[],
  targets: readonly Int32Array[],
  most: number,
): Expression[] | undefined {
  const found: Expression[] = [];
  for (const target of targets) {
    const expression = fitOne(fitter, variables, target, most);
    if (!expression) return undefined;
    found.push(expression);
  }
  return found;
}

/** An expression or a membership, whichever is cheaper. */
export function fitOne(
  fitter: Fitter,
  variables: readonly Variable[],
  target: Int32Array,
  most: number,
): Expression | undefined {
  const found = fitter.fit(target, most);
  const member = cheapestMembership(variables, target);
  if (!member || countNodes(member) > most) return found?.expression;
  return found && found.weight <= countNodes(member) ? found.expression : member;
}

function stateVariables(columns: readonly Int32Array[]): Variable[] {
  return columns.map((values, i) => ({ expression: state(names[i]), values }));
}

export function inputVariables(columns: readonly Int32Array[]): Variable[] {
  return columns.map((values, i) => ({ expression: input(i), values }));
}

interface Parts {
  readonly inputs: readonly Variable[];
  readonly constants: readonly number[];
  readonly kernels: Kernels;
  readonly offer: (program: Program) => void;
}

function offerNewState(
  steps: Steps,
  updates: readonly Expression[],
  parts: Parts & { readonly most: number },
): void {
  const variables = [...stateVariables(steps.after), ...parts.inputs];
  const columns = variables.map(({ values }) => values);
  if (!steps.y.every((target) => decides(columns, target))) return;
  const fitter = fitExpressions(variables, parts);
  try {
    const outputs = fitAll(fitter, variables, steps.y, parts.most);
    if (outputs) parts.offer(newStateProgram(steps, updates, outputs));
  } finally {
    fitter.dispose();
  }
}

function initialOf(steps: Steps): readonly number[] {
  return steps.initial ?? new Array<number>(steps.stateDim).fill(0);
}

function newStateProgram(
  steps: Steps,
  updates: readonly Expression[],
  outputs: readonly Expression[],
): Program {
  const initial = initialOf(steps);
  return inlineStateless({
    inputDim: steps.inputDim,
    state: updates.map((_, i) => ({ name: names[i], initial: initial[i] })),
    order: "simultaneous",
    updates: updates.map((value, i) => ({ target: names[i], value })),
    outputs,
  });
}

function oldStateProgram(
  steps: Steps,
  updates: readonly Expression[],
  outputs: readonly Expression[],
): Program {
  const { stateDim } = steps;
  const initial = initialOf(steps);
  const emitted = outputs.map((_, i) => outputName(i, outputs.length));
  return {
    inputDim: steps.inputDim,
    state: [
      ...updates.map((_, i) => ({ name: names[i], initial: initial[i] })),
      ...emitted.map((name) => ({ name, initial: 0 })),
    ],
    order: stateDim === 1 ? "in-place" : "simultaneous",
    updates: [
      ...outputs.map((value, i) => ({ target: emitted[i], value })),
      ...updates.map((value, i) => ({ target: names[i], value })),
    ],
    outputs: emitted.map((name) => state(name)),
  };
}

function outputName(i: number, count: number): string {
  return count === 1 ? "y" : `y${i + 1}`;
}

/** A program whose state is read by its outputs only says what they are of the inputs. */
function inlineStateless(program: Program): Program {
  const readsState = program.updates.some(({ value }) => stateNames(value).size > 0);
  if (readsState) return program;
  const values = new Map(program.updates.map(({ target, value }) => [target, value]));
  const outputs = program.outputs.map((output) =>
    replaceStates(output, (name) => values.get(name) ?? state(name)),
  );
  const inlined = { ...program, state: [], updates: [], outputs };
  return programCost(inlined) <= programCost(program) ? inlined : program;
}

/** Programs by way of something that decides both the state and the outputs. */
function offerShared(
  steps: Steps,
  fitter: Fitter,
  parts: Parts & {
    readonly old: readonly Variable[];
    /** Most that a program may cost. */
    readonly most: () => number;
  },
): void {
  const { search, rows } = fitter.search();
  const pick = (column: Int32Array) => Int32Array.from(rows, (row) => column[row]);
  const targets = [steps.after[0], ...steps.y];
  const picked = targets.map(pick);
  const all = [...parts.old, ...parts.inputs];
  let followed = 0;
  let looked = 0;
  for (const { index, weight, values } of search.terms(mostShared)) {
    // E, F and G, and two statements; F takes the place of a leaf, and one of F and G is no leaf
    if (weight - 1 + 3 + 2 > parts.most() || ++looked > mostTerms) return;
    if (weight < 3 || !picked.every((target) => decides([values], target))) continue;
    const found = search.expression(index);
    const shared = readVariables(found, all);
    if (!stateNames(shared).has(names[0])) continue;
    const onAll = valuesOn(found, all);
    if (!onAll?.every((value) => Number.isSafeInteger(value) && Math.abs(Number(value)) < 2 ** 31))
      continue;
    const column = Int32Array.from(onAll, Number);
    if (!targets.every((target) => decides([column], target))) continue;
    if (++followed > mostFollowed) return;
    followShared(steps, { shared, values: column, weight }, parts);
  }
}

/** The start of a state that is never read. */
const unread = 0;
/** Weights of F and G. */
const mostOfShared = 5;

/** F and G for one E. */
function followShared(
  steps: Steps,
  { shared, values, weight }: { shared: Expression; values: Int32Array; weight: number },
  { constants, kernels, most: mostCost, offer }: Parts & { readonly most: () => number },
): void {
  const first = new Map<number, number>();
  values.forEach((value, row) => {
    if (!first.has(value)) first.set(value, row);
  });
  const rows = [...first.values()];
  const pick = (column: Int32Array) => Int32Array.from(rows, (row) => column[row]);
  const variables: Variable[] = [{ expression: state(sharedName), values: pick(values) }];
  const fitter = fitExpressions(variables, { kernels, constants, capacity: 2 ** 12 });
  try {
    // of E, F and G one is left, the second of them 1 at least, with two statements
    const most = Math.min(mostOfShared, mostCost() - (weight - 1) - 1 - 2);
    const outputs = fitAll(fitter, variables, steps.y.map(pick), most);
    const next = outputs && fitOne(fitter, variables, pick(steps.after[0]), most);
    if (!outputs || !next) return;
    const { inputDim } = steps;
    const [initial] = initialOf(steps);
    offer({
      inputDim,
      state: [
        { name: sharedName, initial: unread },
        { name: names[0], initial },
      ],
      order: "in-place",
      updates: [
        { target: sharedName, value: shared },
        { target: names[0], value: next },
      ],
      outputs,
    });
    const start = startOf(next, initial, [...first.keys()]);
    if (start === undefined) return;
    const named = (e: Expression) => replaceStates(e, () => state(names[0]));
    offer({
      inputDim,
      state: [{ name: names[0], initial: start }],
      order: "in-place",
      updates: [{ target: names[0], value: replaceStates(shared, () => named(next)) }],
      outputs: outputs.map(named),
    });
  } finally {
    fitter.dispose();
  }
}

/** The smallest value of the shared state from which the old state begins. */
function startOf(next: Expression, initial: number, values: readonly number[]): number | undefined {
  const candidates = [...new Set([0, ...values])].sort(
    (a, b) => Math.abs(a) - Math.abs(b) || b - a,
  );
  const step = compileProgram({
    inputDim: 1,
    state: [],
    order: "in-place",
    updates: [],
    outputs: [replaceStates(next, () => input(0))],
  });
  return candidates.find((value) => unlessFailed(() => step([value], 1)[0]) === initial);
}
