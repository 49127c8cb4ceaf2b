import type { Recurrence } from "@latticode/machines";
import type { Expression, Program, Update } from "@latticode/program";
import { input, integer, state } from "@latticode/program";
import { affineCost, affineExpression } from "./affine-expression.ts";

// From a recurrence to the statements of a program in the coordinates that it has. Outputs see the
// new state and the current input, so a coordinate that only repeats the input need not be stored;
// updates in place may read what was just written, which is often shorter.

/** How the statements are written; costs are nodes plus 1 a statement. */
export interface LinearPlan {
  readonly cost: number;
  readonly inPlace: boolean;
  readonly updates: readonly PlannedUpdate[];
  readonly outputs: readonly AffineForm[];
}

/** Coefficients over [state coordinates, inputs], and a constant. */
interface AffineForm {
  readonly coefficients: readonly number[];
  readonly constant: number;
}

interface PlannedUpdate extends AffineForm {
  readonly target: number;
}

/** Above this many coordinates the orders are not searched: there are 2^n sets of those done. */
const mostOrdered = 10;
/** Above this many an update reads at most one new value. */
const mostPaired = 4;
const signs = [1, -1] as const;
const variableNames = "abcdefghijklmnopqrstuvwxyz";

/** The cheapest way to write a recurrence without changing its coordinates. */
export function planRecurrence(recurrence: Recurrence): LinearPlan {
  const stored = planOutputs(recurrence, plainOutputs(recurrence));
  if (recurrence.transition.every((row) => row.some((m) => m !== 0))) return stored;
  const inlined = planOutputs(recurrence, inlinedOutputs(recurrence));
  return inlined.cost <= stored.cost ? inlined : stored;
}

/** The program of a plan: variables a, b, c, ... in the order of their updates. */
export function writePlan(recurrence: Recurrence, plan: LinearPlan): Program {
  const names = new Map(
    plan.updates.map(({ target }, i) => [
      target,
      i < variableNames.length ? variableNames[i] : `a${i}`,
    ]),
  );
  const variables: Expression[] = [
    // forms have no terms of coordinates that are not stored
    ...recurrence.initial.map((_, i) => {
      const name = names.get(i);
      return name === undefined ? integer(0) : state(name);
    }),
    ...Array.from({ length: recurrence.inputDim }, (_, i) => input(i)),
  ];
  const write = ({ coefficients, constant }: AffineForm) =>
    affineExpression(coefficients, constant, variables);
  return {
    inputDim: recurrence.inputDim,
    state: plan.updates.map(({ target }) => ({
      name: names.get(target)!,
      initial: recurrence.initial[target],
    })),
    order: plan.inPlace ? "in-place" : "simultaneous",
    updates: plan.updates.map(
      (update): Update => ({ target: names.get(update.target)!, value: write(update) }),
    ),
    outputs: plan.outputs.map(write),
  };
}

function plainOutputs({ output, outputOffset, inputDim }: Recurrence): AffineForm[] {
  return output.map((row, k) => ({
    coefficients: [...row, ...new Array<number>(inputDim).fill(0)],
    constant: outputOffset[k],
  }));
}

/** Outputs with every coordinate that depends on the current input only replaced by what it is. */
function inlinedOutputs(recurrence: Recurrence): AffineForm[] {
  const { stateDim, transition, input: inputs, offset } = recurrence;
  return plainOutputs(recurrence).map(({ coefficients, constant }) => {
    const result = [...coefficients];
    let sum = constant;
    for (let i = 0; i < stateDim; i++) {
      const c = coefficients[i];
      if (c === 0 || transition[i].some((m) => m !== 0)) continue;
      result[i] = 0;
      sum += c * offset[i];
      for (let j = 0; j < inputs[i].length; j++) result[stateDim + j] += c * inputs[i][j];
    }
    return { coefficients: result, constant: sum };
  });
}

function planOutputs(recurrence: Recurrence, outputs: readonly AffineForm[]): LinearPlan {
  const needed = neededCoordinates(recurrence, outputs);
  const outputCost = outputs.reduce(
    (cost, f) => cost + 1 + affineCost(f.coefficients, f.constant),
    0,
  );
  const old = needed.map((i) => form(recurrence, i));
  const simultaneous = old.reduce(
    (cost, f) => cost + 1 + affineCost(f.coefficients, f.constant),
    0,
  );
  const ordered = needed.length <= mostOrdered ? planInPlace(recurrence, needed) : undefined;
  // at equal cost in place, which needs no temporaries
  return ordered && ordered.cost <= simultaneous
    ? { cost: outputCost + ordered.cost, inPlace: true, updates: ordered.updates, outputs }
    : { cost: outputCost + simultaneous, inPlace: false, updates: old, outputs };
}

/** Coordinates that outputs depend on, directly or through updates of others. */
function neededCoordinates(recurrence: Recurrence, outputs: readonly AffineForm[]): number[] {
  const { stateDim, transition } = recurrence;
  const needed = new Set<number>();
  const visit = (row: readonly number[]) => {
    for (let i = 0; i < stateDim; i++) {
      if (row[i] === 0 || needed.has(i)) continue;
      needed.add(i);
      visit(transition[i]);
    }
  };
  for (const { coefficients } of outputs) visit(coefficients);
  return [...needed].sort((a, b) => a - b);
}

function form(recurrence: Recurrence, i: number): PlannedUpdate {
  return {
    target: i,
    coefficients: [...recurrence.transition[i], ...recurrence.input[i]],
    constant: recurrence.offset[i],
  };
}

/** A way to write an update when others are written already, which it may then read. */
interface Option {
  /** Coordinates whose new value it reads, as a set of bits. */
  readonly after: number;
  /** Coordinates whose old value it reads. */
  readonly before: number;
  readonly cost: number;
  readonly target: number;
  readonly terms: Terms;
}

/**
 * The cheapest order of updates in place, by dynamic programming over the sets of coordinates
 * already updated; undefined when every order would overwrite something too early.
 */
function planInPlace(
  recurrence: Recurrence,
  needed: readonly number[],
): { cost: number; updates: readonly PlannedUpdate[] } | undefined {
  const n = needed.length;
  const options = needed.map((_, j) => updateOptions(recurrence, needed, j));
  const full = (1 << n) - 1;
  const best = new Float64Array(full + 1).fill(Number.POSITIVE_INFINITY);
  const last = new Array<Option | undefined>(full + 1);
  const previous = new Int32Array(full + 1);
  best[0] = 0;
  for (let done = 0; done < full; done++) {
    if (best[done] === Number.POSITIVE_INFINITY) continue;
    for (let j = 0; j < n; j++) {
      const next = done | (1 << j);
      if (next === done) continue;
      const option = options[j].find(
        ({ after, before }) => (after & ~done) === 0 && (before & done) === 0,
      );
      if (!option || best[done] + option.cost >= best[next]) continue;
      best[next] = best[done] + option.cost;
      last[next] = option;
      previous[next] = done;
    }
  }
  if (best[full] === Number.POSITIVE_INFINITY) return undefined;
  const updates: PlannedUpdate[] = [];
  for (let set = full; set !== 0; set = previous[set]) {
    const { target, terms } = last[set]!;
    updates.unshift(updateWith(recurrence, target, terms));
  }
  return { cost: best[full], updates };
}

/**
 * Ways to update coordinate `needed[at]`, the cheapest first: as it stands, or with one or two new
 * values of others taken once with either sign, whose old values must cancel in return.
 */
function updateOptions(recurrence: Recurrence, needed: readonly number[], at: number): Option[] {
  const { stateDim, inputDim, transition, input: inputs, offset } = recurrence;
  const target = needed[at];
  const options: Option[] = [];
  const sums = new Array<number>(stateDim + inputDim);
  const consider = (terms: Terms, after: number) => {
    let before = 0;
    for (let j = 0; j < stateDim; j++) sums[j] = transition[target][j];
    for (const { i, sign } of terms) {
      for (let j = 0; j < stateDim; j++) sums[j] -= sign * transition[i][j];
    }
    for (let j = 0; j < needed.length; j++) {
      if (sums[needed[j]] === 0) continue;
      if ((after >> j) & 1) return;
      if (j !== at) before |= 1 << j;
    }
    let constant = offset[target];
    for (let j = 0; j < inputDim; j++) sums[stateDim + j] = inputs[target][j];
    for (const { i, sign } of terms) {
      sums[i] = sign;
      for (let j = 0; j < inputDim; j++) sums[stateDim + j] -= sign * inputs[i][j];
      constant -= sign * offset[i];
    }
    options.push({ after, before, cost: 1 + affineCost(sums, constant), target, terms });
  };
  consider([], 0);
  for (let a = 0; a < needed.length; a++) {
    if (a === at) continue;
    for (const sign of signs) {
      const first = { i: needed[a], sign };
      consider([first], 1 << a);
      for (let b = 0; b < a && needed.length <= mostPaired; b++) {
        if (b === at) continue;
        for (const other of signs) {
          consider([first, { i: needed[b], sign: other }], (1 << a) | (1 << b));
        }
      }
    }
  }
  return options.sort((x, y) => x.cost - y.cost);
}

/** New values of coordinates, each with its sign. */
type Terms = readonly { readonly i: number; readonly sign: number }[];

function updateWith(recurrence: Recurrence, target: number, terms: Terms): PlannedUpdate {
  const { stateDim, inputDim, transition, input: inputs, offset } = recurrence;
  const { coefficients, constant } = form(recurrence, target);
  const changed = [...coefficients];
  let rest = constant;
  for (const { i, sign } of terms) {
    for (let j = 0; j < stateDim; j++) changed[j] -= sign * transition[i][j];
    for (let j = 0; j < inputDim; j++) changed[stateDim + j] -= sign * inputs[i][j];
    rest -= sign * offset[i];
  }
  for (const { i, sign } of terms) changed[i] += sign;
  return { target, coefficients: changed, constant: rest };
}
