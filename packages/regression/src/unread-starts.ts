import type { Program } from "@latticode/program";
import { stateNames } from "@latticode/program";

/**
 * The program with start values that nothing reads set to 0; lists keep theirs, and so their
 * length.
 */
export function clearUnreadStarts(program: Program): Program {
  const { order, updates, outputs } = program;
  const reads = updates.map(({ value }) => stateNames(value));
  const isRead = (name: string): boolean => {
    const written = updates.findIndex(({ target }) => target === name);
    if (written < 0) {
      return reads.some((names) => names.has(name)) || outputs.some((e) => stateNames(e).has(name));
    }
    // in place, only updates up to its own see the value before
    const seeing = order === "in-place" ? reads.slice(0, written + 1) : reads;
    return seeing.some((names) => names.has(name));
  };
  return {
    ...program,
    state: program.state.map(({ name, initial }) => ({
      name,
      initial: isRead(name) || typeof initial !== "number" ? initial : 0,
    })),
  };
}
