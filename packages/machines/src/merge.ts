import { type Machine, symbolCountOf } from "./machine.ts";

// Merging of states in the manner of the red-blue algorithm (Lang, Pearlmutter and Price 1998,
// "Results of the Abbadingo one DFA learning competition"), where it is not the most evidence that
// decides between candidates but the distance in hidden space.

/**
 * Merges states of a machine that is known in part: red states are kept apart, their other
 * successors are blue. The shallowest blue state is merged with the nearest red one that it can be
 * merged with, and is red itself where there is none. A merge takes the successors along and is
 * undone where two outputs then conflict.
 *
 * @param depths length of the shortest word to each state, [stateCount]
 * @param distance between two states
 * @returns classes [stateCount], each numbered by one of its states
 */
export function mergeStates(
  machine: Machine,
  depths: Int32Array,
  distance: (a: number, b: number) => number,
): Int32Array {
  const folding = createFolding(machine);
  const red = [machine.initial];
  for (;;) {
    const reds = new Set(red.map(folding.find));
    const blue = new Set<number>();
    for (const state of reds) {
      for (const target of folding.successors(state)) if (!reds.has(target)) blue.add(target);
    }
    if (blue.size === 0) break;
    let chosen = -1;
    for (const state of blue) {
      const isShallower = chosen < 0 || depths[state] < depths[chosen];
      if (isShallower || (depths[state] === depths[chosen] && state < chosen)) chosen = state;
    }
    const candidates = red
      .map((state) => ({ state, distance: distance(chosen, state) }))
      .sort((a, b) => a.distance - b.distance);
    if (!candidates.some(({ state }) => folding.merge(state, chosen))) red.push(chosen);
  }
  return new Int32Array(machine.stateCount).map((_, state) => folding.find(state));
}

/** Classes of states under merging, with what each class knows of its outputs and successors. */
interface Folding {
  /** The state that stands for a state's class: the smallest number in it */
  find(state: number): number;
  /** Classes that follow a class */
  successors(state: number): number[];
  /**
   * Merges two classes and what must be merged with them; false, and nothing done, on a conflict.
   */
  merge(a: number, b: number): boolean;
}

function createFolding(machine: Machine): Folding {
  const symbolCount = symbolCountOf(machine);
  const parents = Int32Array.from({ length: machine.stateCount }, (_, i) => i);
  const transitions = machine.transitions.slice();
  const outputs = machine.outputs.slice();
  // what to restore on a conflict: an array, a place in it and the value before
  const undo: (readonly [Int32Array, number, number])[] = [];
  const write = (array: Int32Array, at: number, value: number) => {
    undo.push([array, at, array[at]]);
    array[at] = value;
  };
  const find = (state: number) => {
    let root = state;
    while (parents[root] !== root) root = parents[root];
    return root;
  };
  return {
    find,
    successors(state) {
      const from = find(state) * symbolCount;
      const known = transitions.subarray(from, from + symbolCount).filter((target) => target >= 0);
      return Array.from(known, find);
    },
    merge(a, b) {
      undo.length = 0;
      const pairs = [[a, b]];
      for (const [left, right] of pairs) {
        const kept = Math.min(find(left), find(right));
        const gone = Math.max(find(left), find(right));
        if (kept === gone) continue;
        write(parents, gone, kept);
        for (let symbol = 0; symbol < symbolCount; symbol++) {
          const to = kept * symbolCount + symbol;
          const from = gone * symbolCount + symbol;
          if (outputs[from] >= 0) {
            if (outputs[to] < 0) write(outputs, to, outputs[from]);
            else if (outputs[to] !== outputs[from]) {
              while (undo.length > 0) {
                const [array, at, value] = undo.pop()!;
                array[at] = value;
              }
              return false;
            }
          }
          if (transitions[from] < 0) continue;
          if (transitions[to] < 0) write(transitions, to, transitions[from]);
          else pairs.push([transitions[to], transitions[from]]);
        }
      }
      return true;
    },
  };
}
