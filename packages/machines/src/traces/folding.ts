import type { Machine } from "../machine.ts";
import { symbolCountOf } from "../machine.ts";
import type { LabelledTree } from "./labelled-tree.ts";

/** Whether outputs depend on state and symbol, or on the state that is reached. */
export type MachineKind = "mealy" | "moore";

/**
 * A machine in the making (Lang, Pearlmutter and Price 1998): red nodes are its states, and what
 * hangs from them are trees, the roots of which are blue. A merge folds such a tree into a red
 * state. An edge has the number of the tree's node that it led to at first.
 */
export interface Folding {
  /** The number of red states; the root is state 0. */
  readonly stateCount: () => number;
  /** The next place, from `place` on, of an edge to a blue node, -1 if there is none left. */
  readonly nextBlue: (place: number) => number;
  /** The edge at a place. */
  readonly edgeAt: (place: number) => number;
  /** Makes the blue node that the edge leads to a state. */
  readonly promote: (edge: number) => void;
  /**
   * Folds the tree that an edge leads to into a state.
   *
   * @returns how many labels it found confirmed, at most about `enough` of them; -1 where labels
   *   contradict each other, and nothing is changed then
   */
  readonly merge: (edge: number, state: number, enough?: number) => number;
  /** Takes the last merge back. */
  readonly undo: () => void;
  /** The first place that the last merge has changed, Infinity if there is none. */
  readonly firstChanged: () => number;
  /** The work so far: pairs of nodes that were folded, in vain or not, and places looked at. */
  readonly steps: () => number;
  /** The machine of the red states; edges to blue nodes lead nowhere. */
  readonly machine: () => Machine;
}

/** Everything is folded in linear time, and an undone merge costs as much as it had done. */
export function createFolding(tree: LabelledTree, kind: MachineKind): Folding {
  const { inputDim, outputDim, inputs, outputVectors, nodeCount, symbols } = tree;
  const symbolCount = symbolCountOf({ symbols: inputs, inputDim });
  const isMoore = kind === "moore";
  // of edges: their node; the next edge out of the same tree node. Of nodes: their first edge
  const targets = Int32Array.from({ length: nodeCount }, (_, i) => i);
  const siblings = new Int32Array(nodeCount).fill(-1);
  const firstEdges = new Int32Array(nodeCount).fill(-1);
  for (let node = nodeCount - 1; node > 0; node--) {
    siblings[node] = firstEdges[tree.parents[node]];
    firstEdges[tree.parents[node]] = node;
  }
  // labels of edges (Mealy) or of nodes (Moore)
  const labels = tree.labels.slice();
  // of red states: their node; their edges by symbol, [stateCount, symbolCount]. Of nodes: their
  // state
  const reds: number[] = [];
  let edges = new Int32Array(16 * symbolCount).fill(-1);
  const states = new Int32Array(nodeCount).fill(-1);
  const log = createLog();
  let pairs = new Int32Array(1024);
  let steps = 0;

  const promote = (edge: number) => {
    const node = targets[edge];
    const from = reds.length * symbolCount;
    if (from === edges.length) {
      const more = new Int32Array(edges.length * 2 + symbolCount).fill(-1);
      more.set(edges);
      edges = more;
    }
    for (let e = firstEdges[node]; e >= 0; e = siblings[e]) edges[from + symbols[e]] = e;
    states[node] = reds.length;
    reds.push(node);
  };
  const edgeOf = (node: number, symbol: number) => {
    if (states[node] >= 0) return edges[states[node] * symbolCount + symbol];
    let edge = firstEdges[node];
    while (edge >= 0 && symbols[edge] !== symbol) edge = siblings[edge];
    return edge;
  };
  const attach = (node: number, edge: number) => {
    if (states[node] >= 0) {
      log.write(edges, states[node] * symbolCount + symbols[edge], edge);
      return;
    }
    log.write(siblings, edge, firstEdges[node]);
    log.write(firstEdges, node, edge);
  };
  /** 1 where both have a label, 0 where one has none, -1 where labels differ */
  const join = (kept: number, gone: number) => {
    if (labels[gone] < 0) return 0;
    if (labels[kept] < 0) {
      log.write(labels, kept, labels[gone]);
      return 0;
    }
    return labels[kept] === labels[gone] ? 1 : -1;
  };
  const merge = (edge: number, state: number, enough = Number.POSITIVE_INFINITY) => {
    log.clear();
    let evidence = 0;
    let end = 2;
    pairs[0] = reds[state];
    pairs[1] = targets[edge];
    log.write(targets, edge, reds[state]);
    for (let at = 0; at < end && evidence < enough; at += 2) {
      const kept = pairs[at];
      const gone = pairs[at + 1];
      steps++;
      const joined = isMoore ? join(kept, gone) : 0;
      let isRight = joined >= 0;
      evidence += joined;
      // attaching an edge overwrites its sibling
      for (let e = firstEdges[gone], after = -1; e >= 0 && isRight; e = after) {
        after = siblings[e];
        const twin = edgeOf(kept, symbols[e]);
        if (twin < 0) {
          attach(kept, e);
          continue;
        }
        const confirmed = isMoore ? 0 : join(twin, e);
        isRight = confirmed >= 0;
        evidence += confirmed;
        if (end === pairs.length) {
          const more = new Int32Array(pairs.length * 2);
          more.set(pairs);
          pairs = more;
        }
        pairs[end++] = targets[twin];
        pairs[end++] = targets[e];
      }
      if (!isRight) {
        log.undo();
        return -1;
      }
    }
    return evidence;
  };
  targets[0] = 0;
  promote(0);
  return {
    stateCount: () => reds.length,
    nextBlue(place) {
      let at = place;
      const end = reds.length * symbolCount;
      while (at < end && (edges[at] < 0 || states[targets[edges[at]]] >= 0)) at++;
      steps += at - place + 1;
      return at < end ? at : -1;
    },
    edgeAt: (place) => edges[place],
    promote,
    merge,
    undo: log.undo,
    firstChanged: () => log.firstIn(edges),
    steps: () => steps,
    machine() {
      const used = edges.subarray(0, reds.length * symbolCount);
      const known = used.map((edge) => (edge >= 0 && states[targets[edge]] >= 0 ? edge : -1));
      return {
        inputDim,
        outputDim,
        symbols: inputs,
        outputVectors,
        stateCount: reds.length,
        initial: 0,
        transitions: known.map((edge) => (edge < 0 ? -1 : states[targets[edge]])),
        outputs: known.map((edge) => (edge < 0 ? -1 : labels[isMoore ? targets[edge] : edge])),
      };
    },
  };
}

/** Writes to arrays that can be taken back. */
function createLog() {
  const arrays: Int32Array[] = [];
  let places = new Int32Array(1024);
  let values = new Int32Array(1024);
  const grown = (array: Int32Array) => {
    const more = new Int32Array(array.length * 2);
    more.set(array);
    return more;
  };
  return {
    clear() {
      arrays.length = 0;
    },
    write(array: Int32Array, place: number, value: number) {
      if (arrays.length === places.length) {
        places = grown(places);
        values = grown(values);
      }
      places[arrays.length] = place;
      values[arrays.length] = array[place];
      arrays.push(array);
      array[place] = value;
    },
    undo() {
      for (let i = arrays.length - 1; i >= 0; i--) arrays[i][places[i]] = values[i];
      arrays.length = 0;
    },
    firstIn(array: Int32Array) {
      let first = Number.POSITIVE_INFINITY;
      for (let i = 0; i < arrays.length; i++) {
        if (arrays[i] === array && places[i] < first) first = places[i];
      }
      return first;
    },
  };
}
