import type { Names } from "../../shared/names.ts";
import type { WatPlaces } from "./expressions.ts";
import type { SExpression } from "./s-expressions.ts";
import { get, i32, set } from "./s-expressions.ts";

/** The bytes of a list of integers of 64 bits, little-endian, as a WAT string. */
function bytesText(values: readonly number[]): string {
  let text = "";
  for (const value of values) {
    let rest = BigInt.asUintN(64, BigInt(value));
    for (let k = 0; k < 8; k++) {
      text += `\\${(rest & 0xffn).toString(16).padStart(2, "0")}`;
      rest >>= 8n;
    }
  }
  return `"${text}"`;
}

/** Where an emitted module keeps its lists. */
export type Layout = ReturnType<typeof layout>;

/**
 * Memory of an emitted module: constants and lists of known length from 0 on, others at the top.
 */
export function layout(names: Names, own: (preferred: string) => string) {
  const constants = new Map<string, number>();
  const data: SExpression[] = [];
  // The locals of lists that grow: their lengths, by the name of the variable, and their addresses.
  const lengths = new Map<string, string>();
  const growing: string[] = [];
  let end = 0;

  const allocate = (numbers: number) => {
    const address = end;
    end += 8 * Math.max(1, numbers);
    return address;
  };

  const places: WatPlaces = {
    constant(values) {
      const key = values.join(",");
      let address = constants.get(key);
      if (address === undefined) {
        address = allocate(values.length);
        constants.set(key, address);
        data.push(["data", i32(address), bytesText(values)]);
      }
      return i32(address);
    },
    scratch({ variable, constant }) {
      if (variable === undefined) {
        return i32(allocate(constant));
      }
      const name = own(`scratch${growing.length + 1}`);
      growing.push(name);
      return get(name);
    },
    length({ variable, constant }) {
      if (variable === undefined) {
        return i32(constant);
      }
      const length = get(lengths.get(variable)!);
      return constant === 0 ? length : ["i32.add", length, i32(constant)];
    },
  };

  /** Gives a list variable its place and its start, which every call begins with. */
  function declare(name: string, initial: readonly number[], isFixed: boolean): SExpression[] {
    const local = names.state.get(name)!;
    const lines: SExpression[] = [];
    if (isFixed) {
      lines.push(set(local, i32(allocate(initial.length))));
    } else {
      const length = own(`${local}_length`);
      lengths.set(name, length);
      growing.push(local);
      lines.push(set(length, i32(initial.length)));
    }
    if (initial.length > 0) {
      lines.push(["memory.copy", get(local), places.constant(initial), i32(8 * initial.length)]);
    }
    return lines;
  }

  return {
    places,
    lengths,
    growing,
    data,
    declare,
    /** The first address behind all that has a known length. */
    end: () => end,
  };
}
