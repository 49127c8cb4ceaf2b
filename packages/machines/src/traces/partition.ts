// Partition refinement of sequences by what they hold, a position at a time. Prefixes are equal
// when they are in one class: rows are found by a hash and then compared, number by number.

/** Classes of 0, 1, ..., count - 1. */
export interface Partition {
  /** The smallest member of each one's class: [count] */
  readonly classes: Int32Array;
  /** At the smallest member of a class: 1 if the class has others. [count] */
  readonly shared: Uint8Array;
}

/**
 * One row of numbers per member: row i is values[offset + i * stride] and the width - 1 after it.
 */
interface Rows {
  readonly values: Int32Array;
  readonly offset: number;
  readonly stride: number;
  readonly width: number;
}

export interface Refiner {
  /**
   * Splits classes where rows differ: writes those of members that were in one class and have equal
   * rows. In linear time, if hashes spread.
   *
   * @returns whether a class with more than one member is left
   */
  refine(before: Partition, rows: Rows, after: Partition): boolean;
}

/** All members in one class. */
export function onePartition(count: number): Partition {
  const shared = new Uint8Array(count);
  if (count > 1) shared[0] = 1;
  return { classes: new Int32Array(count), shared };
}

/**
 * Refines partitions of the same members; its table has twice to four times as many places as
 * classes.
 */
export function createRefiner(): Refiner {
  let table = new Int32Array(64).fill(-1);
  return {
    refine(before, { values, offset, stride, width }, after) {
      const { classes, shared } = before;
      const hash = (i: number) => {
        let h = Math.imul(classes[i] + 1, 0x9e3779b1);
        const end = offset + i * stride + width;
        for (let at = end - width; at < end; at++) {
          h = Math.imul(h ^ (h >>> 15) ^ values[at], 0x85ebca6b);
        }
        return h ^ (h >>> 13);
      };
      const isEqual = (i: number, j: number) => {
        if (classes[i] !== classes[j]) return false;
        const to = (j - i) * stride;
        const end = offset + i * stride + width;
        for (let at = end - width; at < end; at++) {
          if (values[at] !== values[at + to]) return false;
        }
        return true;
      };
      table.fill(-1);
      after.shared.fill(0);
      let mask = table.length - 1;
      let used = 0;
      let isShared = false;
      for (let i = 0; i < classes.length; i++) {
        if (shared[classes[i]] === 0) {
          after.classes[i] = i;
          continue;
        }
        let slot = hash(i) & mask;
        while (table[slot] >= 0 && !isEqual(i, table[slot])) slot = (slot + 1) & mask;
        if (table[slot] >= 0) {
          after.classes[i] = table[slot];
          after.shared[table[slot]] = 1;
          isShared = true;
          continue;
        }
        table[slot] = i;
        after.classes[i] = i;
        if (++used * 2 < table.length) continue;
        const found = table.filter((member) => member >= 0);
        table = new Int32Array(table.length * 2).fill(-1);
        mask = table.length - 1;
        for (const member of found) {
          let free = hash(member) & mask;
          while (table[free] >= 0) free = (free + 1) & mask;
          table[free] = member;
        }
      }
      return isShared;
    },
  };
}
