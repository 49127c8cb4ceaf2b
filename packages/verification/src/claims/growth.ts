import type { Expression, Program } from "@latticode/program";
import { argumentsOf, compileStep, EvaluationError, stateNames } from "@latticode/program";
import type { Domain } from "./domain.ts";
import { rowCountOf, rowOrderOf } from "./domain.ts";

// A sum that grows with the length goes on as it began. A remainder, a minimum or a comparison of
// what grows does not: of all words of 8 bits, `a %= -x ^ 5` from 4 counts the rising edges, of
// which there are 4 at most, and stays at 4 from there on. No label of that length says so or
// otherwise.

/** Steps that are taken in all. */
const mostSteps = 4096;

/**
 * The variables that still take new values in the second half of words of the domain's length.
 * Undefined where there are too many states to look at.
 */
function growingVariables(program: Program, domain: Domain): Set<string> | undefined {
  const { rows, order, length, inputDim } = domain;
  const rowCount = rowCountOf(domain);
  if (!rows || rowCount > mostSteps) return undefined;
  const { initial, step } = compileStep(program);
  const inputs = Array.from({ length: rowCount }, (_, i) =>
    rows.subarray(i * inputDim, (i + 1) * inputDim),
  );
  const mayFollow = rowOrderOf(domain);
  const growing = new Set<string>();
  const values = program.state.map((_, i) => new Set([String(initial[i])]));
  let layer = [{ state: initial, last: -1 }];
  const seen = new Set<string>();
  let steps = 0;
  for (let depth = 1; depth <= length && layer.length > 0; depth++) {
    const next: typeof layer = [];
    for (const { state, last } of layer) {
      for (let row = 0; row < rowCount; row++) {
        if (!mayFollow(last, row)) continue;
        if (++steps > mostSteps) return undefined;
        const after = stepUnlessFailed(() => step(state, inputs[row]).state);
        if (!after) continue;
        after.forEach((value, i) => {
          const text = String(value);
          if (values[i].has(text)) return;
          values[i].add(text);
          if (depth > length / 2) growing.add(program.state[i].name);
        });
        const key = `${after.join(";")}|${order ? row : ""}`;
        if (seen.has(key)) continue;
        seen.add(key);
        next.push({ state: after, last: row });
      }
    }
    layer = next;
  }
  return growing;
}

function stepUnlessFailed<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    if (error instanceof EvaluationError) return undefined;
    throw error;
  }
}

/**
 * Whether a program whose states grow with the length may go on otherwise than its labels say: what
 * grows is compared, or more than added.
 */
export function isOpenBeyond(program: Program, domain: Domain): boolean {
  const growing = growingVariables(program, domain);
  return growing !== undefined && !isLinearIn(program, growing);
}

/** Whether variables enter a program's expressions by sums and multiples only, and by no choice. */
function isLinearIn(program: Program, names: ReadonlySet<string>): boolean {
  const reads = (e: Expression) => [...stateNames(e)].some((name) => names.has(name));
  const isLinear = (e: Expression): boolean => {
    if (!reads(e) || e.op === "state") return true;
    switch (e.op) {
      case "+":
      case "-":
      case "negate":
        return argumentsOf(e).every(isLinear);
      case "*":
        return e.args.some((argument) => !reads(argument)) && e.args.every(isLinear);
      case "if":
        return !reads(e.args[0]) && e.args.every(isLinear);
      default:
        return false;
    }
  };
  return program.outputs.every(isLinear) && program.updates.every(({ value }) => isLinear(value));
}
