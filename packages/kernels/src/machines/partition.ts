import type { Wasm } from "../../dist/wasm.d.ts";
import { checkArray, checkInteger } from "../check.ts";

/**
 * The classes [states] of the coarsest partition of a machine's states that refines `labels`
 * [states] and in which states of one class have successors of one class by every symbol, in
 * O(m log m) for m transitions (Hopcroft 1971; Valmari and Lehtinen 2008). Classes are numbered by
 * their first state. transitions is [states, symbols], the next state or -1 where it is unknown; an
 * unknown successor equals only unknown ones. Labels are any integers.
 *
 * Throws RangeError for states outside 1 to 2^22, more than 2^23 transitions, a length that is no
 * multiple of the states, or a transition that is no state.
 */
export function refinePartition(
  wasm: Wasm,
  transitions: Int32Array,
  labels: Int32Array,
): Int32Array {
  checkArray("labels", labels, Int32Array);
  const states = labels.length;
  checkInteger("the length of labels", states, 1, 2 ** 22);
  checkArray("transitions", transitions, Int32Array);
  checkInteger("the length of transitions", transitions.length, states, 2 ** 23);
  if (transitions.length % states !== 0) {
    const length = `transitions has length ${transitions.length}`;
    throw new RangeError(`${length}, must be a multiple of the ${states} states`);
  }
  for (let i = 0; i < transitions.length; i++) {
    if (transitions[i] < -1 || transitions[i] >= states) {
      checkInteger(`transitions[${i}]`, transitions[i], -1, states - 1);
    }
  }
  const numbers = new Map<number, number>();
  const numbered = labels.map((label) => {
    const number = numbers.get(label) ?? numbers.size;
    numbers.set(label, number);
    return number;
  });
  return wasm.partitionRefine(transitions, numbered, numbers.size);
}
