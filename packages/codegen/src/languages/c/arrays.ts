import { numbersText } from "../../shared/lines.ts";
import type { Names } from "../../shared/names.ts";
import type { Length } from "../../shared/word-analysis.ts";
import type { ListPlaces } from "./expressions.ts";

/** Arrays of an emitted function: constants, variables and what is computed on the way. */
export type Arrays = ReturnType<typeof arrays>;

/** Room for lists of a function with those names; `capacity` is that of a list that grows, in C. */
export function arrays(names: Names, own: (preferred: string) => string, capacity: string) {
  const constants = new Map<string, string>();
  const lengths = new Map<string, string>();
  const fixed: string[] = [];
  const growing: string[] = [];

  const places: ListPlaces = {
    constant(values) {
      const key = numbersText(values);
      const name = constants.get(key) ?? own(`list${constants.size + 1}`);
      constants.set(key, name);
      return name;
    },
    scratch({ variable, constant }) {
      const name = own(`scratch${fixed.length + growing.length + 1}`);
      if (variable === undefined) {
        fixed.push(`int64_t ${name}[${Math.max(1, constant)}];`);
      } else {
        growing.push(name);
      }
      return name;
    },
    lengthText: (length) => lengthText(length, lengths),
  };

  /** The lines that declare a list variable. */
  function declareVariable(name: string, initial: readonly number[], isFixed: boolean): string[] {
    const identifier = names.state.get(name)!;
    if (isFixed) {
      const values = initial.length === 0 ? "0" : numbersText(initial);
      return [`int64_t ${identifier}[${Math.max(1, initial.length)}] = {${values}};`];
    }
    const length = own(`${identifier}_length`);
    lengths.set(name, length);
    growing.push(identifier);
    const lines = [`size_t ${length} = ${initial.length};`];
    if (initial.length > 0) {
      const source = places.constant(initial);
      lines.push(`memcpy(${identifier}, ${source}, sizeof ${source});`);
    }
    return lines;
  }

  return {
    places,
    own,
    /** The variables that hold the lengths of lists that grow, by the name of the list's. */
    lengths,
    declareVariable,
    constantLines: () =>
      [...constants].map(([values, name]) => `static const int64_t ${name}[] = {${values}};`),
    memoryLines: () => memoryLines(growing, capacity),
    fixedLines: () => fixed,
  };
}

function lengthText({ variable, constant }: Length, lengths: ReadonlyMap<string, string>): string {
  if (variable === undefined) {
    return String(constant);
  }
  return constant === 0 ? lengths.get(variable)! : `${lengths.get(variable)} + ${constant}`;
}

/** Lines that find room for lists that grow, side by side. */
function memoryLines(growing: readonly string[], capacity: string): string[] {
  if (growing.length === 0) {
    return [];
  }
  return [
    `const size_t capacity = ${capacity};`,
    `int64_t *const memory = malloc(${growing.length} * capacity * sizeof *memory);`,
    "if (!memory) {",
    "    return F_MEMORY;",
    "}",
    ...growing.map((name, k) => {
      const offset = k === 0 ? "" : ` + ${k === 1 ? "" : `${k} * `}capacity`;
      return `int64_t *const ${name} = memory${offset};`;
    }),
  ];
}
