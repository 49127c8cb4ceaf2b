// Sequences lie along the SIMD lanes, LANES to a chunk. The number is part of the numerical
// contract: sums run over the lanes of a chunk first, so another number gives other bits.
export const LANES: i32 = 32;
export const LANE_BYTES: usize = 128;

/** The allocator's limit for one block, less its rounding. */
const MOST_BYTES: u64 = (1 << 30) - 64;

/** Throws an Error that says how many bytes are too many. */
@external("env", "refuse")
declare function refuse(bytes: f64, most: f64): void;

/**
 * A block, 16-byte aligned, outside the garbage collector, with anything in it. Free it with
 * `release`. Sizes are u64, so that no product or sum of sizes that the caller lets through wraps
 * around.
 */
export function reserve(bytes: u64): usize {
  if (bytes > MOST_BYTES) refuse(<f64>bytes, <f64>MOST_BYTES);
  return heap.alloc(<usize>bytes);
}

/** A zeroed block; otherwise as `reserve`. */
export function allocate(bytes: u64): usize {
  const block = reserve(bytes);
  memory.fill(block, 0, <usize>bytes);
  return block;
}

export function release(block: usize): void {
  heap.free(block);
}

/** Number of chunks that hold `count` sequences. */
export function chunksOf(count: i32): i32 {
  return (count + LANES - 1) / LANES;
}

const arena = memory.data(sizeof<u64>(), 8);

/** The arena, from an address on. There is one only: no layout begins before another's end. */
export function arenaAt(start: usize): Arena {
  store<u64>(arena, start);
  return changetype<Arena>(arena);
}

/**
 * Lays the records and buffers of a job out in one block. Run the layout once on a draft of the record
 * to learn the size, then again on the block to set the pointers. `next` is u64, so that sizes that
 * are too large don't wrap around but reach `reserve`, which refuses them.
 */
@unmanaged
export class Arena {
  next: u64;

  take(bytes: u64): usize {
    const start = this.next;
    this.next = start + ((bytes + 15) & ~15);
    return <usize>start;
  }
}
