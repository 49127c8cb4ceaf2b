import type { Expression } from "@latticode/program";
import { add, integer, multiply, negate, subtract } from "@latticode/program";
import { greatestCommonDivisor } from "./integer-matrix.ts";

// Shortest text of an integer affine form, sum of coefficient * variable + constant, and its length
// without building it, which the search over coordinates asks for many thousand times.

/**
 * Nodes of the expression that affineExpression builds.
 *
 * @param coefficients safe integers
 * @param constant a safe integer
 */
export function affineCost(coefficients: readonly number[], constant: number): number {
  const divisor = commonFactor(coefficients);
  const plain = sumCost(coefficients, constant, 1);
  return divisor > 1 ? Math.min(plain, factoredCost(coefficients, constant, divisor)) : plain;
}

/**
 * The form over the given variables: sums before differences, a common factor taken out where that
 * is shorter.
 */
export function affineExpression(
  coefficients: readonly number[],
  constant: number,
  variables: readonly Expression[],
): Expression {
  const divisor = commonFactor(coefficients);
  if (
    divisor > 1 &&
    factoredCost(coefficients, constant, divisor) < sumCost(coefficients, constant, 1)
  ) {
    const inner = coefficients.map((c) => c / divisor);
    const product = multiply(integer(divisor), sumExpression(inner, 0, variables));
    if (constant === 0) return product;
    return constant > 0 ? add(product, integer(constant)) : subtract(product, integer(-constant));
  }
  return sumExpression(coefficients, constant, variables);
}

/** Common divisor of the coefficients where there are two or more, else 1. */
function commonFactor(coefficients: readonly number[]): number {
  let divisor = 0;
  let terms = 0;
  for (const c of coefficients) {
    if (c === 0) continue;
    if (c === 1 || c === -1) return 1;
    terms++;
    divisor = greatestCommonDivisor(divisor, c);
  }
  return terms > 1 ? divisor : 1;
}

function factoredCost(coefficients: readonly number[], constant: number, divisor: number): number {
  return 2 + sumCost(coefficients, 0, divisor) + (constant === 0 ? 0 : 2);
}

function sumCost(coefficients: readonly number[], constant: number, divisor: number): number {
  let cost = 0;
  let terms = 0;
  // whether a first term can be had without a minus sign
  let leads = constant !== 0;
  for (const c of coefficients) {
    if (c === 0) continue;
    terms++;
    const unit = Math.abs(c) === divisor;
    cost += unit ? 1 : 3;
    if (c > 0 || !unit) leads = true;
  }
  if (constant !== 0) {
    terms++;
    cost++;
  }
  if (terms === 0) return 1;
  return cost + terms - 1 + (leads ? 0 : 1);
}

function sumExpression(
  coefficients: readonly number[],
  constant: number,
  variables: readonly Expression[],
): Expression {
  const term = (c: number, i: number) =>
    c === 1 ? variables[i] : multiply(integer(c), variables[i]);
  const indices = coefficients.map((_, i) => i).filter((i) => coefficients[i] !== 0);
  const positive = indices.filter((i) => coefficients[i] > 0);
  let negative = indices.filter((i) => coefficients[i] < 0);
  let sum: Expression | undefined;
  for (const i of positive) {
    const next = term(coefficients[i], i);
    sum = sum ? add(sum, next) : next;
  }
  let rest = constant;
  if (!sum && rest !== 0) {
    sum = integer(rest);
    rest = 0;
  }
  if (!sum) {
    // only negative terms: one with a factor carries its sign in the factor
    const first = negative.find((i) => coefficients[i] < -1) ?? negative[0];
    if (first === undefined) return integer(0);
    sum = coefficients[first] === -1 ? negate(variables[first]) : term(coefficients[first], first);
    negative = negative.filter((i) => i !== first);
  }
  for (const i of negative) sum = subtract(sum, term(-coefficients[i], i));
  if (rest > 0) sum = add(sum, integer(rest));
  if (rest < 0) sum = subtract(sum, integer(-rest));
  return sum;
}
