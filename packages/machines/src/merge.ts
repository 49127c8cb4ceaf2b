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
  folding.redden(machine.initial);
  for (;;) {
    const chosen = folding.shallowestBlue(red, depths);
    if (chosen < 0) break;
    const candidates = red
      .map((state) => ({ state, distance: distance(chosen, state) }))
      .sort((a, b) => a.distance - b.distance);
    if (candidates.some(({ state }) => folding.merge(state, chosen))) continue;
    folding.redden(chosen);
    red.push(chosen);
  }
  return new Int32Array(machine.stateCount).map((_, state) => folding.find(state));
}

/** Classes of states under merging, with what each class knows of its outputs and successors. */
interface Folding {
  /** The state that stands for a state's class: the smallest number in it */
  find(state: number): number;
  /** Keeps the class of a state apart from all red ones, with which its merges failed. */
  redden(state: number): void;
  /**
   * The class of least depth, then of least number, among those that follow red ones; -1 for none.
   */
  shallowestBlue(red: readonly number[], depths: Int32Array): number;
  /**
   * Merges two classes and what must be merged with them; false, and nothing done, on a conflict.
   */
  merge(a: number, b: number): boolean;
}

function createFolding(machine: Machine): Folding {
  const { stateCount } = machine;
  const symbolCount = symbolCountOf(machine);
  // parents, transitions, outputs and whether a class is red in one array, so that a change is
  // undone by its place alone
  const transitions = stateCount;
  const outputs = transitions + machine.transitions.length;
  const reds = outputs + machine.outputs.length;
  const cells = new Int32Array(reds + stateCount);
  for (let state = 0; state < stateCount; state++) cells[state] = state;
  cells.set(machine.transitions, transitions);
  cells.set(machine.outputs, outputs);
  /** Places and the values that they had before, in turn. */
  const undo: number[] = [];
  const write = (at: number, value: number) => {
    undo.push(at, cells[at]);
    cells[at] = value;
  };
  const find = (state: number) => {
    let root = state;
    while (cells[root] !== root) root = cells[root];
    return root;
  };
  const isConflict = (a: number, b: number) => {
    // a merge that failed fails ever after: merging only adds to what classes know
    if (cells[reds + a] === 1 && cells[reds + b] === 1) return true;
    const [left, right] = [outputs + a * symbolCount, outputs + b * symbolCount];
    for (let symbol = 0; symbol < symbolCount; symbol++) {
      const [one, other] = [cells[left + symbol], cells[right + symbol]];
      if (one >= 0 && other >= 0 && one !== other) return true;
    }
    return false;
  };
  return {
    find,
    redden(state) {
      cells[reds + find(state)] = 1;
    },
    shallowestBlue(red, depths) {
      let chosen = -1;
      for (const state of red) {
        const from = transitions + find(state) * symbolCount;
        for (let at = from; at < from + symbolCount; at++) {
          if (cells[at] < 0) continue;
          const blue = find(cells[at]);
          if (cells[reds + blue] === 1) continue;
          const isShallower = chosen < 0 || depths[blue] < depths[chosen];
          if (isShallower || (depths[blue] === depths[chosen] && blue < chosen)) chosen = blue;
        }
      }
      return chosen;
    },
    merge(a, b) {
      const pairs = [a, b];
      for (let pair = 0; pair < pairs.length; pair += 2) {
        const [left, right] = [find(pairs[pair]), find(pairs[pair + 1])];
        if (left === right) continue;
        const [kept, gone] = left < right ? [left, right] : [right, left];
        if (isConflict(kept, gone)) {
          while (undo.length > 0) {
            const value = undo.pop()!;
            cells[undo.pop()!] = value;
          }
          return false;
        }
        write(gone, kept);
        if (cells[reds + gone] === 1) write(reds + kept, 1);
        for (let symbol = 0; symbol < symbolCount; symbol++) {
          const to = kept * symbolCount + symbol;
          const from = gone * symbolCount + symbol;
          const output = cells[outputs + from];
          if (output >= 0 && cells[outputs + to] < 0) write(outputs + to, output);
          const target = cells[transitions + from];
          if (target < 0) continue;
          if (cells[transitions + to] < 0) write(transitions + to, target);
          else pairs.push(cells[transitions + to], target);
        }
      }
      undo.length = 0;
      // parents have smaller numbers, so one pass leads every state straight to its class
      for (let state = 0; state < stateCount; state++) cells[state] = cells[cells[state]];
      return true;
    },
  };
}
