import type { Task } from "./task.ts";

interface Node {
  readonly outputs: string;
  /** The fewest steps that lead here. */
  readonly depth: number;
  readonly state: unknown;
  /** The node after each input; empty beyond the depth explored. */
  next: readonly number[];
}

/**
 * The number of states that a task's definition can be in after 1 to `task.length` steps, told
 * apart by behaviour: the output of the step that led there, and the outputs of all that can
 * follow. That is the size of the minimal Moore machine without its start, and what the hidden
 * states of a perfect, discrete network count. Where the definition never runs out of states
 * (a counter), what follows is compared over `task.length` steps more.
 *
 * `Infinity` where there are more than `bound`, or the definition passes through more than
 * 16 `bound` states of its own before that is known.
 *
 * Partition refinement in Moore's form ("Gedanken-experiments on sequential machines", 1956).
 */
export function countMooreStates(task: Task, options: { readonly bound?: number } = {}): number {
  const bound = options.bound ?? 512;
  const explored = explore(task, 16 * bound);
  if (!explored) return Number.POSITIVE_INFINITY;
  const { nodes, isComplete } = explored;
  const counted = nodes.filter(({ depth }) => depth <= task.length);

  let classes = numbered(nodes.map(({ outputs }) => outputs));
  for (let step = 1; isComplete || step <= task.length; step++) {
    // Classes are right for the nodes that `step` steps do not lead from beyond what was explored;
    // the last step is right for those that count.
    const refined = numbered(
      nodes.map(({ next }, i) => [classes.of[i], ...next.map((j) => classes.of[j])].join()),
    );
    const isStable = refined.size === classes.size;
    classes = refined;
    if (isStable) break;
  }
  const distinct = new Set(counted.map((_, i) => classes.of[i])).size;
  return distinct > bound ? Number.POSITIVE_INFINITY : distinct;
}

/** The nodes within 2 `task.length` steps, breadth first, or undefined when they are too many. */
function explore(
  task: Task,
  limit: number,
): { readonly nodes: readonly Node[]; readonly isComplete: boolean } | undefined {
  const inputs = allInputs(task);
  const nodes: Node[] = [];
  const indices = new Map<string, number>();
  const follow = (state: unknown, depth: number) =>
    inputs.map((x) => {
      const { state: after, y } = task.step(state, x);
      const outputs = y.join();
      const key = `${outputs} ${JSON.stringify(after, plain)}`;
      let index = indices.get(key);
      if (index === undefined) {
        index = nodes.length;
        indices.set(key, index);
        nodes.push({ outputs, depth, state: after, next: [] });
      }
      return index;
    });

  follow(task.initial, 1);
  let i = 0;
  for (; i < nodes.length && nodes[i].depth < 2 * task.length; i++) {
    nodes[i].next = follow(nodes[i].state, nodes[i].depth + 1);
    if (nodes.length > limit) return undefined;
  }
  return { nodes, isComplete: i === nodes.length };
}

function allInputs({ inputDim, inputRange: [low, high] }: Task): readonly (readonly number[])[] {
  const values = Array.from({ length: high - low + 1 }, (_, i) => low + i);
  let rows: readonly (readonly number[])[] = [[]];
  for (let i = 0; i < inputDim; i++) rows = rows.flatMap((row) => values.map((x) => [...row, x]));
  return rows;
}

function plain(_: string, value: unknown): unknown {
  return typeof value === "bigint" ? `${value}n` : value;
}

/** Numbers equal keys alike, in order of first appearance. */
function numbered(keys: readonly string[]): { readonly of: number[]; readonly size: number } {
  const numbers = new Map<string, number>();
  const of = keys.map((key) => {
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    return number;
  });
  return { of, size: numbers.size };
}
