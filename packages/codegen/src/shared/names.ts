import type { Program } from "@latticode/program";

/** The identifiers of an emitted function. All differ from each other and from reserved words. */
export interface Names {
  /** Parameters, one list of numbers each, by input. */
  readonly parameters: readonly string[];
  /** Loop variables that hold the current number, by input. */
  readonly inputs: readonly string[];
  /** Variables, by the name of the state variable in the program. */
  readonly state: ReadonlyMap<string, string>;
}

/** Letters while they last, else the first of them numbered. */
function series(letters: string, count: number): string[] {
  return Array.from({ length: count }, (_, i) =>
    count <= letters.length ? letters[i] : `${letters[0]}${i}`,
  );
}

/** Names of state variables come from program data and may be any text at all. */
function identifier(name: string): string {
  if (!/[A-Za-z]/.test(name)) {
    return "state";
  }
  const cleaned = name.replace(/[^A-Za-z0-9_]/g, "_");
  return /^[0-9]/.test(cleaned) ? `_${cleaned}` : cleaned;
}

/**
 * Chooses identifiers: s, t, u, v, w (or s0, s1, ... when there are more) for parameters, x, y, z
 * (or x0, x1, ...) for the current inputs, and for state variables their own names where these are
 * identifiers that are free, else the nearest one, with as many _ at the end as it takes. Names
 * that are `isRisky`, such as those that may be macros, get one too.
 */
export function chooseNames(
  program: Program,
  reserved: Iterable<string>,
  isRisky: (name: string) => boolean = () => false,
): Names {
  const parameters = series("stuvw", program.inputDim);
  const inputs = series("xyz", program.inputDim);
  const taken = new Set([...reserved, ...parameters, ...inputs]);
  const state = new Map<string, string>();
  const renamed: string[] = [];
  for (const { name } of program.state) {
    if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !taken.has(name) && !isRisky(name)) {
      state.set(name, name);
      taken.add(name);
    } else {
      renamed.push(name);
    }
  }
  for (const name of renamed) {
    let free = identifier(name);
    if (isRisky(free)) {
      free += "_";
    }
    while (taken.has(free)) {
      free += "_";
    }
    state.set(name, free);
    taken.add(free);
  }
  return { parameters, inputs, state };
}

/**
 * A function that gives names of an emitted function's own making: as preferred, or with _ behind
 * it.
 */
export function ownNames(names: Names, reserved: Iterable<string>): (preferred: string) => string {
  const taken = new Set([
    ...reserved,
    ...names.parameters,
    ...names.inputs,
    ...names.state.values(),
  ]);
  return (preferred) => {
    let free = preferred;
    while (taken.has(free)) {
      free += "_";
    }
    taken.add(free);
    return free;
  };
}
