// Clustering by tolerance: each point in order joins the nearest representative that is closer than
// the tolerance in the largest difference of a coordinate, or else becomes one itself.
//
// A grid over all coordinates would have 3^dimension neighbouring cells to look at. So the grid is
// laid one coordinate at a time, as a trie: the children of a node are the cells of one coordinate
// that hold representatives, found by hashing (node, cell). A leaf that gets too full is split by
// the coordinate in which its members lie widest apart; a coordinate comes once on a path at most.
// What a query must look at shrinks with the nearest representative so far, and its own cell comes
// first: in tight clouds nearly always that cell alone. Thresholds in a k-d tree would need
// balancing against sorted points; cells don't.
//
// Soundness under rounding: subtraction, addition, division and floor are monotone when rounded, so
// a representative r with |x - r| <= d as computed has cell(x - d) <= cell(r) <= cell(x + d).

import { allocate, release } from "../memory";

/**
 * Members from which a leaf is split: of 4, 8, 16 and 32 the fastest on clouds of 100,000 points.
 */
const LEAF: i32 = 16;
/** Cells beyond are one cell; up to here they are exact integers. */
const FARTHEST: f64 = 4503599627370496; // 2^52

@unmanaged
class Node {
  /** The coordinate whose cells the children are, or -1 in a leaf. */
  axis: i32;
  /** A leaf's members, a list through `next`, and how many may be before a split is tried. */
  first: i32;
  members: i32;
  limit: i32;
  parent: i32;
  cell: i64;
  /** Range of the representatives below in the parent's coordinate. */
  least: f64;
  greatest: f64;
}

const NODE_BYTES: usize = offsetof<Node>();

@unmanaged
class Clustering {
  dimension: i32;
  capacity: i32;
  tolerance: f64;
  representatives: i32;
  nodes: i32;
  /** Number of slots, a power of 2, less 1. */
  mask: i32;
  /** Representatives [capacity][dimension], their classes (-1 unknown), the next in their leaf. */
  coordinates: usize;
  classes: usize;
  next: usize;
  node: usize;
  /** Open addressing: number of a node plus 1, or 0. */
  slots: usize;
  // the query
  point: usize;
  pointClass: i32;
  nearest: i32;
  distance: f64;
}

// @ts-ignore: decorator
@inline
function nodeAt(c: Clustering, index: i32): Node {
  return changetype<Node>(c.node + <usize>index * NODE_BYTES);
}

// @ts-ignore: decorator
@inline
function coordinate(point: usize, axis: i32): f64 {
  return load<f64>(point + ((<usize>axis) << 3));
}

// @ts-ignore: decorator
@inline
function representative(c: Clustering, index: i32): usize {
  return c.coordinates + ((<usize>index * <usize>c.dimension) << 3);
}

/** See `createClustering` in packages/kernels, which checks every argument. */
export function clusteringCreate(dimension: i32, tolerance: f64, capacity: i32): usize {
  let slots = 4;
  while (slots < 4 * capacity) slots <<= 1;
  const record = (offsetof<Clustering>() + 15) & ~15;
  const rows = (<usize>capacity * <usize>dimension) << 3;
  // every split makes two nodes or more, and no leaf is empty
  const nodes = <usize>capacity * 2 * NODE_BYTES;
  const lists = (<usize>capacity) << 2;
  const block = allocate(record + rows + nodes + lists + lists + ((<usize>slots) << 2));
  const c = changetype<Clustering>(block);
  c.dimension = dimension;
  c.capacity = capacity;
  c.tolerance = tolerance;
  c.mask = slots - 1;
  c.coordinates = block + record;
  c.node = c.coordinates + rows;
  c.classes = c.node + nodes;
  c.next = c.classes + lists;
  c.slots = c.next + lists;
  create(c, -1, 0, 0);
  return block;
}

function cellOf(c: Clustering, x: f64): i64 {
  return <i64>min(max(Math.floor(x / c.tolerance), -FARTHEST), FARTHEST);
}

/** The slot of a child, or the empty one where it would be. */
function slotOf(c: Clustering, parent: i32, cell: i64): usize {
  // finalizer of MurmurHash3
  let hash = <u64>cell * 0x9e3779b97f4a7c15 + <u64>parent;
  hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccd;
  hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53;
  let i = <i32>(hash >> 33) & c.mask;
  let slot = c.slots + ((<usize>i) << 2);
  let index = load<i32>(slot) - 1;
  while (index >= 0 && (nodeAt(c, index).cell != cell || nodeAt(c, index).parent != parent)) {
    i = (i + 1) & c.mask;
    slot = c.slots + ((<usize>i) << 2);
    index = load<i32>(slot) - 1;
  }
  return slot;
}

/** An empty leaf. */
function create(c: Clustering, parent: i32, cell: i64, x: f64): i32 {
  const index = c.nodes++;
  const node = nodeAt(c, index);
  node.axis = -1;
  node.first = -1;
  node.limit = LEAF;
  node.parent = parent;
  node.cell = cell;
  node.least = x;
  node.greatest = x;
  return index;
}

/** The child of an inner node for a representative, made where there is none. */
function childFor(c: Clustering, index: i32, point: usize): i32 {
  const x = coordinate(point, nodeAt(c, index).axis);
  const cell = cellOf(c, x);
  const slot = slotOf(c, index, cell);
  const known = load<i32>(slot) - 1;
  if (known >= 0) {
    const child = nodeAt(c, known);
    child.least = min(child.least, x);
    child.greatest = max(child.greatest, x);
    return known;
  }
  const created = create(c, index, cell, x);
  store<i32>(slot, created + 1);
  return created;
}

function push(c: Clustering, leaf: Node, index: i32): void {
  store<i32>(c.next + ((<usize>index) << 2), leaf.first);
  leaf.first = index;
  leaf.members++;
}

function split(c: Clustering, index: i32): void {
  const node = nodeAt(c, index);
  let axis = 0;
  let widest = -1.0;
  let low: i64 = 0;
  let high: i64 = 0;
  for (let k = 0; k < c.dimension; k++) {
    let least = Infinity;
    let greatest = -Infinity;
    for (let r = node.first; r >= 0; r = load<i32>(c.next + ((<usize>r) << 2))) {
      const x = coordinate(representative(c, r), k);
      least = min(least, x);
      greatest = max(greatest, x);
    }
    if (greatest - least > widest) {
      widest = greatest - least;
      axis = k;
      low = cellOf(c, least);
      high = cellOf(c, greatest);
    }
  }
  if (low == high) {
    // members of different classes may lie together
    node.limit *= 2;
    return;
  }
  node.axis = axis;
  let r = node.first;
  while (r >= 0) {
    const following = load<i32>(c.next + ((<usize>r) << 2));
    push(c, nodeAt(c, childFor(c, index, representative(c, r))), r);
    r = following;
  }
}

function scan(c: Clustering, leaf: Node): void {
  for (let r = leaf.first; r >= 0; r = load<i32>(c.next + ((<usize>r) << 2))) {
    const known = load<i32>(c.classes + ((<usize>r) << 2));
    if (known != c.pointClass && known >= 0 && c.pointClass >= 0) continue;
    const other = representative(c, r);
    let distance = 0.0;
    for (let k = 0; k < c.dimension && distance <= c.distance; k++) {
      distance = max(distance, abs(coordinate(c.point, k) - coordinate(other, k)));
    }
    // a tie goes to the first representative; none has been found at the tolerance itself
    if (distance < c.distance || (distance == c.distance && r < c.nearest)) {
      c.distance = distance;
      c.nearest = r;
    }
  }
}

function search(c: Clustering, index: i32): void {
  const node = nodeAt(c, index);
  if (node.axis < 0) {
    scan(c, node);
    return;
  }
  const x = coordinate(c.point, node.axis);
  const own = cellOf(c, x);
  searchChild(c, index, own, x);
  const last = cellOf(c, x + c.distance);
  for (let cell = cellOf(c, x - c.distance); cell <= last; cell++) {
    if (cell != own) searchChild(c, index, cell, x);
  }
}

function searchChild(c: Clustering, parent: i32, cell: i64, x: f64): void {
  const index = load<i32>(slotOf(c, parent, cell)) - 1;
  if (index < 0) return;
  const child = nodeAt(c, index);
  const gap = max(child.least - x, x - child.greatest);
  if (gap < c.tolerance && gap <= c.distance) search(c, index);
}

/**
 * The label of each point of points [rows][dimension], -1 where it needs a representative beyond
 * the capacity. `classes` is [rows], or empty where all are unknown.
 */
export function clusteringAdd(
  handle: usize, points: Float64Array, classes: Int32Array,
): Int32Array {
  const c = changetype<Clustering>(handle);
  const rows = points.length / c.dimension;
  const bytes = (<usize>c.dimension) << 3;
  const labels = new Int32Array(rows);
  c.point = points.dataStart;
  for (let row = 0; row < rows; row++, c.point += bytes) {
    c.pointClass = classes.length ? unchecked(classes[row]) : -1;
    c.nearest = -1;
    c.distance = c.tolerance;
    search(c, 0);
    let label = c.nearest;
    if (label < 0 && c.representatives < c.capacity) {
      label = c.representatives++;
      memory.copy(representative(c, label), c.point, bytes);
      store<i32>(c.classes + ((<usize>label) << 2), -1);
      let index = 0;
      while (nodeAt(c, index).axis >= 0) index = childFor(c, index, c.point);
      const leaf = nodeAt(c, index);
      push(c, leaf, label);
      if (leaf.members > leaf.limit) split(c, index);
    }
    if (label >= 0) {
      const known = c.classes + ((<usize>label) << 2);
      if (load<i32>(known) < 0) store<i32>(known, c.pointClass);
    }
    unchecked(labels[row] = label);
  }
  return labels;
}

export function clusteringDispose(handle: usize): void {
  release(handle);
}
