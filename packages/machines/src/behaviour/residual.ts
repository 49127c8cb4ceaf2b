import { agreementOnSample } from "../agreement.ts";
import { type Machine, symbolCountOf } from "../machine.ts";
import { isRejection, type Rejection } from "../rejection.ts";
import { numberRows, type System, sampleWords, stepByAll } from "../system.ts";
import { residuals, type SuffixTree, suffixTree } from "./suffixes.ts";

// The machine of a system's behaviour alone. Two words lead to one state when the same outputs
// follow on all suffixes of bounded length, the residual of the word (Nerode 1958; the observation
// table of Angluin 1987 with a fixed set of suffixes). A bound that is too short joins states, and
// no bound within the trained length is enough for a counter: so a machine is believed when one
// more step of look-ahead finds no further state, and otherwise its deep states stay apart.

export interface ResidualMachine {
  readonly machine: Machine;
  /**
   * The look-ahead of one step more found the same states, and every state was left by every
   * symbol.
   */
  readonly closed: boolean;
  /** Length of the suffixes that tell states apart. */
  readonly lookAhead: number;
  /** The first states, told apart from each other; the others only from those equally deep. */
  readonly coreStates: number;
  /** Transitions whose target was compared with equally deep states only. */
  readonly inferred: number;
}

export interface ResidualOptions {
  /** For suffixes and test words when there are too many; an integer from 0 to 2^32 - 1. */
  readonly seed: number;
  /** Most states; 4096 unless told. */
  readonly maximumStates?: number;
  /** Shortest look-ahead; 1 unless told. */
  readonly leastLookAhead?: number;
  /**
   * Suffixes of which all are asked after a word if the machine does not close; 2^16 unless told.
   */
  readonly mostSuffixes?: number;
}

const testWords = 500;
/**
 * Suffixes of which all are asked after a word if the machine closes: it is tested on words too.
 */
const closedNodes = 2048;
/** Steps of the system in one search: seconds. */
const mostSteps = 1 << 23;

/**
 * The smallest machine that gives the system's outputs, its states by breadth-first search over
 * shortest words. With look-ahead R it is closed when every state lies R or more steps before the
 * trained length; it is accepted when R and R + 1 agree on the number of states and it is right on
 * random words.
 *
 * Otherwise the look-ahead is half the length, or the shortest one told. States that lie too deep
 * for it are identified by the steps that are left: with a known state while there is one step more
 * than tells the known ones apart, else only with those as deep as themselves, so that a counter is
 * not bent back on itself. Nothing is known of the states at the trained length.
 */
export function residualMachine(
  system: System,
  options: ResidualOptions,
): ResidualMachine | Rejection {
  const { seed, maximumStates = 4096, leastLookAhead = 1, mostSuffixes = 2 ** 16 } = options;
  const symbolCount = system.symbols.length / system.inputDim;
  let previous: ResidualMachine | undefined;
  for (let lookAhead = leastLookAhead; lookAhead < system.length; lookAhead++) {
    const tree = suffixTree(symbolCount, lookAhead, { mostNodes: closedNodes, seed });
    const found = explore(system, tree, { lookAhead, maximumStates, tail: false });
    // a longer look-ahead finds no fewer states
    if (!found) break;
    if (isRejection(found)) return found;
    const { stateCount } = found.machine;
    const isStable = previous?.machine.stateCount === stateCount;
    if (isStable && isRightOnSample(system, found.machine, seed)) return { ...found, closed: true };
    previous = found;
  }
  const lookAhead = Math.max(1, Math.floor(system.length / 2), leastLookAhead);
  const tree = suffixTree(symbolCount, lookAhead, { mostNodes: mostSuffixes, seed });
  return explore(system, tree, { lookAhead, maximumStates, tail: true })!;
}

/** The states that are told apart from each other; where others follow, nothing is known. */
export function coreMachine({ machine, coreStates }: ResidualMachine): Machine {
  const known = coreStates * symbolCountOf(machine);
  return {
    ...machine,
    stateCount: coreStates,
    transitions: machine.transitions.slice(0, known).map((t) => (t < coreStates ? t : -1)),
    outputs: machine.outputs.slice(0, known),
  };
}

function isRightOnSample(system: System, machine: Machine, seed: number): boolean {
  const { words, right } = agreementOnSample(machine, sampleWords(system, testWords, seed));
  return right === words;
}

interface Known {
  /** Residuals on the whole tree or on less, [nodes, outputDim] */
  readonly residual: Int32Array;
  readonly state: number;
}

/**
 * Breadth-first search; undefined where a state is too deep for the look-ahead and `tail` unset.
 */
function explore(
  system: System,
  tree: SuffixTree,
  options: { readonly lookAhead: number; readonly maximumStates: number; readonly tail: boolean },
): ResidualMachine | Rejection | undefined {
  const { hiddenDim, length, outputDim, symbols, inputDim } = system;
  const { lookAhead, maximumStates, tail } = options;
  const symbolCount = symbols.length / inputDim;
  const outputNumbers = numberRows(outputDim);
  const states: Float64Array[] = [system.initial];
  const transitions: Int32Array[] = [];
  const outputs: Int32Array[] = [];
  const first = Math.min(lookAhead, length);
  let table = createTable();
  table.find(residuals(system, tree, first, system.initial), () => 0);
  let coreStates = 1;
  let inferred = 0;
  let steps = 0;
  let frontier = 0;
  for (let depth = 1; depth <= length && frontier < states.length; depth++) {
    const left = length - depth;
    if (left < lookAhead && !tail) return undefined;
    const end = states.length;
    const from = new Float64Array((end - frontier) * hiddenDim);
    for (let i = frontier; i < end; i++) from.set(states[i], (i - frontier) * hiddenDim);
    const { h, y } = stepByAll(system, from);
    const rows = (end - frontier) * symbolCount;
    outputs.push(outputNumbers.of(y));
    const look = Math.min(left, lookAhead);
    const isEnough = look === lookAhead || look > table.distinguishingLevel(tree, outputDim, look);
    if (isEnough && look < lookAhead) table = table.shortened(tree.ends[look] * outputDim);
    if (!isEnough && look > 0) inferred += rows;
    const layer = isEnough ? table : createTable();
    const targets = new Int32Array(rows).fill(-1);
    if (look > 0) {
      steps += rows * tree.ends[look];
      if (steps > mostSteps) return { rejected: "machine: too many words tell its states apart" };
      const signatures = residuals(system, tree, look, h);
      const width = tree.ends[look] * outputDim;
      for (let row = 0; row < rows; row++) {
        const signature = signatures.subarray(row * width, (row + 1) * width);
        targets[row] = layer.find(signature, () => {
          states.push(h.slice(row * hiddenDim, (row + 1) * hiddenDim));
          return states.length - 1;
        });
        if (states.length > maximumStates) {
          return { rejected: `machine: more than ${maximumStates} states` };
        }
      }
    }
    transitions.push(targets);
    if (isEnough) coreStates = states.length;
    frontier = end;
  }
  const machine: Machine = {
    inputDim,
    outputDim,
    symbols,
    outputVectors: outputNumbers.rows(),
    stateCount: states.length,
    initial: 0,
    transitions: concatenate(transitions),
    outputs: concatenate(outputs),
  };
  return { machine, closed: false, lookAhead, coreStates, inferred };
}

interface Table {
  /** The state of an equal residual, else the one that `create` gives. */
  find(residual: Int32Array, create: () => number): number;
  /**
   * Level of the tree up to which all residuals differ; Infinity where none up to `most` is enough.
   */
  distinguishingLevel(tree: SuffixTree, outputDim: number, most: number): number;
  /** The same states by the first `width` outputs, which tell them apart. */
  shortened(width: number): Table;
}

/** States by their residuals, exact: rows are hashed and then compared. */
function createTable(entries: readonly Known[] = []): Table {
  const all: Known[] = [];
  const buckets = new Map<number, Known[]>();
  const append = (entry: Known) => {
    all.push(entry);
    const hash = hashOf(entry.residual);
    const bucket = buckets.get(hash);
    if (bucket) bucket.push(entry);
    else buckets.set(hash, [entry]);
  };
  entries.forEach(append);
  return {
    find(residual, create) {
      const bucket = buckets.get(hashOf(residual)) ?? [];
      const known = bucket.find((entry) => isEqual(entry.residual, residual));
      if (known) return known.state;
      const state = create();
      append({ residual: residual.slice(), state });
      return state;
    },
    distinguishingLevel(tree, outputDim, most) {
      for (let level = 0; level <= most; level++) {
        const prefixes = createTable();
        const width = tree.ends[level] * outputDim;
        const states = all.map(({ residual, state }) =>
          prefixes.find(residual.subarray(0, width), () => state),
        );
        if (new Set(states).size === all.length) return level;
      }
      return Number.POSITIVE_INFINITY;
    },
    shortened: (width) =>
      createTable(
        all.map(({ residual, state }) => ({ residual: residual.subarray(0, width), state })),
      ),
  };
}

function hashOf(values: Int32Array): number {
  // FNV-1a over whole words
  let hash = 0x811c9dc5;
  for (let i = 0; i < values.length; i++) hash = Math.imul(hash ^ values[i], 0x01000193);
  return hash;
}

function isEqual(a: Int32Array, b: Int32Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

function concatenate(rows: readonly Int32Array[]): Int32Array {
  const all = new Int32Array(rows.reduce((sum, row) => sum + row.length, 0));
  let at = 0;
  for (const row of rows) {
    all.set(row, at);
    at += row.length;
  }
  return all;
}
