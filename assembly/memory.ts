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
 * Lays records and buffers out, one after the other. `next` is u64, so that sizes that are too
 * large don't wrap around but reach `reserve`, which refuses them.
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

/** Where a job's record, and those that its layout fills, are until the job's size is known. */
export const DRAFT_BYTES: i32 = 1024;
const draft = memory.data(DRAFT_BYTES, 16);

/** A zeroed record for a new job. There is one only: no draft begins before another's `settle`. */
export function draftOf<J>(): J {
  memory.fill(draft, 0, offsetof<J>());
  return changetype<J>(draft);
}

/**
 * The drafted job in a block of its own, which `release` frees: its record first, then what
 * `layout` takes. That runs on the draft to learn the size, then on the block to set the pointers.
 * The rest of the block is zeroed where asked.
 */
export function settle<J>(layout: (job: J, arena: Arena) => void, zeroed: bool): J {
  const size = layoutAt<J>(draft, layout);
  const block = zeroed ? allocate(size) : reserve(size);
  memory.copy(block, draft, offsetof<J>());
  layoutAt<J>(block, layout);
  return changetype<J>(block);
}

function layoutAt<J>(start: usize, layout: (job: J, arena: Arena) => void): u64 {
  const arena = arenaAt(start);
  arena.take(offsetof<J>());
  layout(changetype<J>(start), arena);
  return arena.next - start;
}
