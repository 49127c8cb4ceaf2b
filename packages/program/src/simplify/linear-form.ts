import type { Expression } from "../expression.ts";
import {
  add,
  countNodes,
  integer,
  multiply,
  negate,
  sameExpression,
  subtract,
} from "../expression.ts";

/** A sum of multiples of distinct expressions. */
interface LinearForm {
  readonly terms: { readonly e: Expression; coefficient: number }[];
  constant: number;
  /** False once a coefficient has left the safe integers, even if it came back. */
  exact: boolean;
}

function addTo(form: LinearForm, e: Expression, factor: number): void {
  form.exact &&= Number.isSafeInteger(factor);
  switch (e.op) {
    case "integer":
      form.exact &&= Number.isSafeInteger(factor * e.value);
      form.constant += factor * e.value;
      form.exact &&= Number.isSafeInteger(form.constant);
      return;
    case "negate":
      addTo(form, e.args[0], -factor);
      return;
    case "+":
    case "-":
      addTo(form, e.args[0], factor);
      addTo(form, e.args[1], e.op === "+" ? factor : -factor);
      return;
    case "*": {
      const [a, b] = e.args;
      if (a.op === "integer") {
        addTo(form, b, factor * a.value);
        return;
      }
      if (b.op === "integer") {
        addTo(form, a, factor * b.value);
        return;
      }
    }
  }
  const known = form.terms.find((term) => sameExpression(term.e, e));
  if (known === undefined) {
    form.terms.push({ e, coefficient: factor });
  } else {
    known.coefficient += factor;
    form.exact &&= Number.isSafeInteger(known.coefficient);
  }
}

function scaled(e: Expression, factor: number): Expression {
  return factor === 1 ? e : multiply(integer(factor), e);
}

/** The shortest way to write the sum: a positive term first, so that no negation is needed. */
function build(form: LinearForm): Expression {
  const { constant } = form;
  const rest = form.terms.filter(({ coefficient }) => coefficient !== 0);
  if (rest.length === 0) {
    return integer(constant);
  }
  const first = rest.findIndex(({ coefficient }) => coefficient > 0);
  const startsWithConstant = first < 0 && constant > 0;
  let sum: Expression;
  if (first >= 0) {
    const [term] = rest.splice(first, 1);
    sum = scaled(term.e, term.coefficient);
  } else if (startsWithConstant) {
    sum = integer(constant);
  } else {
    const [term] = rest.splice(0, 1);
    sum = term.coefficient === -1 ? negate(term.e) : multiply(integer(term.coefficient), term.e);
  }
  for (const { e, coefficient } of rest) {
    sum =
      coefficient > 0 ? add(sum, scaled(e, coefficient)) : subtract(sum, scaled(e, -coefficient));
  }
  if (constant === 0 || startsWithConstant) {
    return sum;
  }
  return constant > 0 ? add(sum, integer(constant)) : subtract(sum, integer(-constant));
}

function greatestCommonDivisor(a: number, b: number): number {
  while (b !== 0) {
    [a, b] = [b, a % b];
  }
  return Math.abs(a);
}

/** The common factor of all coefficients taken out, where there is one. */
function factored(form: LinearForm): Expression | undefined {
  const divisor = form.terms.reduce(
    (result, { coefficient }) => greatestCommonDivisor(result, coefficient),
    form.constant,
  );
  if (divisor < 2) {
    return undefined;
  }
  const terms = form.terms.map(({ e, coefficient }) => ({ e, coefficient: coefficient / divisor }));
  return multiply(
    integer(divisor),
    build({ terms, constant: form.constant / divisor, exact: true }),
  );
}

/**
 * A shorter way to write a sum, difference or multiple: like terms collected, constants added up, a
 * common factor taken out. Undefined when there is none, when a coefficient is no safe integer, or
 * when a term would vanish for which `canDrop` is false.
 */
export function shorterSum(
  e: Expression,
  canDrop: (term: Expression) => boolean,
): Expression | undefined {
  const form: LinearForm = { terms: [], constant: 0, exact: true };
  addTo(form, e, 1);
  if (!form.exact || form.terms.some((term) => term.coefficient === 0 && !canDrop(term.e))) {
    return undefined;
  }
  let best: Expression | undefined;
  let cost = countNodes(e);
  for (const candidate of [build(form), factored(form)]) {
    if (candidate !== undefined && countNodes(candidate) < cost) {
      best = candidate;
      cost = countNodes(candidate);
    }
  }
  return best;
}
