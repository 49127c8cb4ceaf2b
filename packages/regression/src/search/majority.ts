import { mostDisagreement } from "../disagreement.ts";
import type { Variable } from "./fitting.ts";

// Outputs that are wrong now and then: rows with the same key vote, and what most of them say
// counts.

/** Rows that a key needs to be believed: by chance so many are never wrong in the same way. */
const fewestRows = 4;
const fewestAgreeing = 0.8;
/** Share of rows that must have a key that is believed. */
const fewestCovered = 0.9;

/**
 * One row for every key that is believed, with the targets that most rows of that key have;
 * undefined where no row contradicts its key or more than a share of them do, or where keys hardly
 * repeat.
 *
 * @param columns the key: [columns][rows]
 * @param targets [targets][rows]
 */
export function majorityRows(
  columns: readonly Int32Array[],
  targets: readonly Int32Array[],
  mostContradicting = mostDisagreement,
): Int32Array | undefined {
  const rows = targets[0].length;
  /** First row and number of rows for each key and its targets. */
  const votes = new Map<string, Map<string, { readonly row: number; count: number }>>();
  for (let row = 0; row < rows; row++) {
    const key = columns.map((column) => column[row]).join();
    const target = targets.map((column) => column[row]).join();
    let votesOfKey = votes.get(key);
    if (!votesOfKey) {
      votesOfKey = new Map();
      votes.set(key, votesOfKey);
    }
    const vote = votesOfKey.get(target);
    if (vote) vote.count++;
    else votesOfKey.set(target, { row, count: 1 });
  }
  const kept: number[] = [];
  let [covered, contradicting] = [0, 0];
  for (const votesOfKey of votes.values()) {
    let all = 0;
    let most = { row: 0, count: 0 };
    for (const vote of votesOfKey.values()) {
      all += vote.count;
      if (vote.count > most.count) most = vote;
    }
    contradicting += all - most.count;
    if (all < fewestRows || most.count < fewestAgreeing * all) continue;
    covered += all;
    kept.push(most.row);
  }
  if (contradicting === 0 || contradicting > mostContradicting * rows) return undefined;
  return covered < fewestCovered * rows ? undefined : Int32Array.from(kept);
}

/** The columns at these rows. */
export function pickRows(columns: readonly Int32Array[], rows: Int32Array): Int32Array[] {
  return columns.map((column) => rows.map((row) => column[row]));
}

/** Variables and target on the rows of the majority. */
export function majorityOf(
  variables: readonly Variable[],
  target: Int32Array,
): { readonly variables: readonly Variable[]; readonly target: Int32Array } | undefined {
  const columns = variables.map(({ values }) => values);
  const rows = majorityRows(columns, [target]);
  if (!rows) return undefined;
  const picked = pickRows(columns, rows);
  return {
    variables: variables.map((variable, i) => ({ ...variable, values: picked[i] })),
    target: pickRows([target], rows)[0],
  };
}
