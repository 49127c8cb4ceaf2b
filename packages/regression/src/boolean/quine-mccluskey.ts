// Two-level minimisation (Quine 1952, McCluskey 1956): prime implicants by merging, then the
// cheapest set of them that covers the table, by branch and bound.

/**
 * A product of literals: bit j of `mask` says that variable j occurs, bit j of `value` its value.
 */
export interface Implicant {
  readonly mask: number;
  readonly value: number;
}

/** Branches of the covering search before the best cover so far is taken; counted, not timed. */
const mostSteps = 20_000;

/**
 * A disjunctive normal form of least weight. The weight of an implicant counts the nodes that it
 * adds to an expression: 1 a variable, 1 a negation, 1 an operator (`and` between literals, `or`
 * before the term). Exact unless the covering search exceeds its budget (never seen below 7
 * variables), always a cover.
 *
 * @param on rows where the function is 1, each in [0, 2^variables)
 * @param dontCare rows where it may be either, disjoint from `on`
 * @param variables number of variables, at most 16
 * @returns the terms; none for the constant 0, one with mask 0 for the constant 1
 */
export function minimizeTerms(
  on: readonly number[],
  dontCare: readonly number[],
  variables: number,
): Implicant[] {
  if (on.length === 0) return [];
  const primes = primeImplicants([...on, ...dontCare], variables).filter((prime) =>
    on.some((row) => covers(prime, row)),
  );
  primes.sort(
    (a, b) => implicantWeight(a) - implicantWeight(b) || a.mask - b.mask || a.value - b.value,
  );
  return cheapestCover(primes, on);
}

/** Nodes that the implicant adds to a disjunction, see minimizeTerms. */
export function implicantWeight({ mask, value }: Implicant): number {
  const literals = bitCount(mask);
  return literals === 0 ? 2 : 2 * literals + bitCount(mask & ~value);
}

/** Whether the implicant is 1 at a row of the table. */
export function covers({ mask, value }: Implicant, row: number): boolean {
  return (row & mask) === value;
}

/** All implicants of the rows that no other implicant contains. */
export function primeImplicants(rows: readonly number[], variables: number): Implicant[] {
  const full = 2 ** variables - 1;
  // implicants of a level by mask; a level has one literal less than that before
  let level = new Map<number, Set<number>>([[full, new Set(rows)]]);
  const primes: Implicant[] = [];
  while (level.size > 0) {
    const next = new Map<number, Set<number>>();
    for (const [mask, values] of level) {
      const merged = new Set<number>();
      for (let j = 0; j < variables; j++) {
        const bit = 1 << j;
        if (!(mask & bit)) continue;
        for (const value of values) {
          if (value & bit || !values.has(value | bit)) continue;
          merged.add(value);
          merged.add(value | bit);
          const wider = mask & ~bit;
          const known = next.get(wider);
          if (known) known.add(value);
          else next.set(wider, new Set([value]));
        }
      }
      for (const value of values) if (!merged.has(value)) primes.push({ mask, value });
    }
    level = next;
  }
  return primes;
}

function cheapestCover(primes: readonly Implicant[], on: readonly number[]): Implicant[] {
  const weights = primes.map(implicantWeight);
  const coverers = on.map((row) => primes.map((_, i) => i).filter((i) => covers(primes[i], row)));
  let best: number[] | undefined;
  let bestWeight = Number.POSITIVE_INFINITY;
  let branches = 0;
  const search = (chosen: readonly number[], weight: number, open: readonly number[]) => {
    if (open.length === 0) {
      if (weight < bestWeight) {
        bestWeight = weight;
        best = [...chosen];
      }
      return;
    }
    // the row with the fewest ways to cover it, essential primes first of all
    let hardest = open[0];
    for (const row of open) {
      if (coverers[row].length < coverers[hardest].length) hardest = row;
    }
    for (const i of coverers[hardest]) {
      if (best && (branches >= mostSteps || weight + weights[i] >= bestWeight)) return;
      branches++;
      search(
        [...chosen, i],
        weight + weights[i],
        open.filter((row) => !covers(primes[i], on[row])),
      );
    }
  };
  search(
    [],
    0,
    on.map((_, row) => row),
  );
  return (best ?? []).sort((a, b) => a - b).map((i) => primes[i]);
}

function bitCount(x: number): number {
  let count = 0;
  for (let rest = x; rest !== 0; rest &= rest - 1) count++;
  return count;
}
