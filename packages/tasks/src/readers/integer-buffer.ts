/** An Int32Array that grows: appending n numbers costs O(n) in all. */
export interface IntegerBuffer {
  push(value: number): void;
  /** Numbers pushed and not cut off again. */
  size(): number;
  /** Copies the numbers from `from` to the end over those that start at `to`, before `from`. */
  moveEnd(from: number, to: number): void;
  /** Cuts off the numbers from `size` on. */
  truncate(size: number): void;
  /** A copy of exactly the numbers held. */
  toArray(): Int32Array;
}

export function createIntegerBuffer(): IntegerBuffer {
  let values = new Int32Array(1024);
  let size = 0;
  return {
    push(value) {
      if (size === values.length) {
        const larger = new Int32Array(2 * values.length);
        larger.set(values);
        values = larger;
      }
      values[size++] = value;
    },
    size: () => size,
    moveEnd: (from, to) => {
      values.copyWithin(to, from, size);
    },
    truncate(newSize) {
      size = newSize;
    },
    // A view would carry the whole buffer along when it is posted to a worker.
    toArray: () => values.slice(0, size),
  };
}
