// Partition refinement of a deterministic machine in m log m (Hopcroft 1971), in the form of
// Valmari and Lehtinen (2008; code in Valmari 2012, "Fast brief practical DFA minimization"): a
// partition of the states and one of the transitions refine each other. It takes machines with
// unknown successors as they are, since the first sets of transitions are those of each symbol.

import { allocate, release } from "../memory";

/** Sets of the numbers below `size`; each is a range of `elements`, its marked members first. */
@unmanaged
class Partition {
  sets: i32;
  touchedCount: i32;
  elements: usize;
  /** Place of each number in `elements`, and its set. */
  location: usize;
  setOf: usize;
  /** First place of each set, the place past its last, and how many members are marked. */
  first: usize;
  past: usize;
  marked: usize;
  /** Sets with marked members. */
  touched: usize;
}

const PARTITION_BYTES: usize = offsetof<Partition>();
const ARRAYS: usize = 7;

// @ts-ignore: decorator
@inline
function at(array: usize, index: i32): i32 {
  return load<i32>(array + ((<usize>index) << 2));
}

// @ts-ignore: decorator
@inline
function put(array: usize, index: i32, value: i32): void {
  store<i32>(array + ((<usize>index) << 2), value);
}

function place(p: Partition, start: usize, size: usize): void {
  const bytes = size << 2;
  p.elements = start;
  p.location = p.elements + bytes;
  p.setOf = p.location + bytes;
  p.first = p.setOf + bytes;
  p.past = p.first + bytes;
  p.marked = p.past + bytes;
  p.touched = p.marked + bytes;
}

/** Appends a number to the last set, which must end where `elements` does so far. */
function append(p: Partition, element: i32): void {
  const set = p.sets - 1;
  const end = at(p.past, set);
  put(p.elements, end, element);
  put(p.location, element, end);
  put(p.setOf, element, set);
  put(p.past, set, end + 1);
}

function openSet(p: Partition): void {
  const end = p.sets == 0 ? 0 : at(p.past, p.sets - 1);
  put(p.first, p.sets, end);
  put(p.past, p.sets, end);
  p.sets++;
}

/** The element must not be marked yet. */
function mark(p: Partition, element: i32): void {
  const set = at(p.setOf, element);
  const marked = at(p.marked, set);
  const from = at(p.location, element);
  const to = at(p.first, set) + marked;
  const other = at(p.elements, to);
  put(p.elements, from, other);
  put(p.location, other, from);
  put(p.elements, to, element);
  put(p.location, element, to);
  put(p.marked, set, marked + 1);
  if (marked == 0) {
    put(p.touched, p.touchedCount, set);
    p.touchedCount++;
  }
}

/**
 * Parts marked from unmarked members. The smaller part becomes the new set: hence the logarithm.
 */
function split(p: Partition): void {
  while (p.touchedCount > 0) {
    p.touchedCount--;
    const set = at(p.touched, p.touchedCount);
    const marked = at(p.marked, set);
    put(p.marked, set, 0);
    const first = at(p.first, set);
    const past = at(p.past, set);
    const middle = first + marked;
    if (middle == past) continue;
    const added = p.sets++;
    if (marked <= past - middle) {
      put(p.first, added, first);
      put(p.past, added, middle);
      put(p.first, set, middle);
    } else {
      put(p.first, added, middle);
      put(p.past, added, past);
      put(p.past, set, middle);
    }
    for (let i = at(p.first, added); i < at(p.past, added); i++) {
      put(p.setOf, at(p.elements, i), added);
    }
  }
}

/** The transitions into state s: incoming[starts[s]] to incoming[starts[s + 1] - 1]. */
function invert(next: usize, cells: i32, states: i32, starts: usize, incoming: usize): void {
  for (let i = 0; i < cells; i++) {
    const target = at(next, i);
    if (target >= 0) put(starts, target, at(starts, target) + 1);
  }
  let sum = 0;
  for (let s = 0; s < states; s++) {
    sum += at(starts, s);
    put(starts, s, sum);
  }
  put(starts, states, sum);
  for (let i = cells - 1; i >= 0; i--) {
    const target = at(next, i);
    if (target < 0) continue;
    const place = at(starts, target) - 1;
    put(starts, target, place);
    put(incoming, place, i);
  }
}

/** A set for each label, by counting: the size of each first, then its members. */
function partitionByLabel(p: Partition, labels: Int32Array, labelCount: i32): void {
  for (let s = 0; s < labels.length; s++) {
    const label = unchecked(labels[s]);
    put(p.past, label, at(p.past, label) + 1);
  }
  p.sets = labelCount;
  let sum = 0;
  for (let label = 0; label < labelCount; label++) {
    put(p.first, label, sum);
    sum += at(p.past, label);
    put(p.past, label, at(p.first, label));
  }
  for (let s = 0; s < labels.length; s++) {
    const label = unchecked(labels[s]);
    const end = at(p.past, label);
    put(p.elements, end, s);
    put(p.location, s, end);
    put(p.setOf, s, label);
    put(p.past, label, end + 1);
  }
}

/** A set of known transitions for each symbol that has any. */
function partitionBySymbol(p: Partition, next: usize, cells: i32, symbols: i32): void {
  for (let symbol = 0; symbol < symbols; symbol++) {
    let opened = false;
    for (let i = symbol; i < cells; i += symbols) {
      if (at(next, i) < 0) continue;
      if (!opened) openSet(p);
      opened = true;
      append(p, i);
    }
  }
}

/** The set of each of `states` numbers, sets counted by their first number; ends the use of p. */
function numberSets(p: Partition, states: i32): Int32Array {
  const classes = new Int32Array(states);
  // `first` has done its work and now holds the numbers of the sets, plus 1
  memory.fill(p.first, 0, (<usize>states) << 2);
  let count = 0;
  for (let s = 0; s < states; s++) {
    const set = at(p.setOf, s);
    if (at(p.first, set) == 0) put(p.first, set, ++count);
    unchecked(classes[s] = at(p.first, set) - 1);
  }
  return classes;
}

/**
 * The classes of the coarsest partition that refines `labels` [states] and that transitions
 * [states][symbols] (-1 for unknown) respect, numbered by their first state. Labels are numbered by
 * first occurrence, `labelCount` of them.
 */
export function partitionRefine(
  transitions: Int32Array, labels: Int32Array, labelCount: i32,
): Int32Array {
  const states = labels.length;
  const cells = transitions.length;
  const symbols = cells / states;
  const next = transitions.dataStart;
  const words = <u64>(ARRAYS + 1) * (<u64>states + <u64>cells) + 1;
  const block = allocate(<u64>PARTITION_BYTES * 2 + words * 4);
  const blocks = changetype<Partition>(block);
  const cords = changetype<Partition>(block + PARTITION_BYTES);
  const blockArrays = block + PARTITION_BYTES * 2;
  const cordArrays = blockArrays + ((ARRAYS * <usize>states) << 2);
  place(blocks, blockArrays, states);
  place(cords, cordArrays, cells);
  const incoming = cordArrays + ((ARRAYS * <usize>cells) << 2);
  const starts = incoming + ((<usize>cells) << 2);
  invert(next, cells, states, starts, incoming);
  partitionByLabel(blocks, labels, labelCount);
  partitionBySymbol(cords, next, cells, symbols);

  // the transitions into block 0 are what the other blocks leave over
  let block1 = 1;
  for (let cord = 0; ; cord++) {
    for (; block1 < blocks.sets; block1++) {
      for (let i = at(blocks.first, block1); i < at(blocks.past, block1); i++) {
        const state = at(blocks.elements, i);
        const end = at(starts, state + 1);
        for (let j = at(starts, state); j < end; j++) mark(cords, at(incoming, j));
      }
      split(cords);
    }
    if (cord == cords.sets) break;
    for (let i = at(cords.first, cord); i < at(cords.past, cord); i++) {
      mark(blocks, at(cords.elements, i) / symbols);
    }
    split(blocks);
  }

  const classes = numberSets(blocks, states);
  release(block);
  return classes;
}
