// What crosses the boundary. as-bind's own converters were made for AssemblyScript 0.19: under 0.28
// they corrupt f64 arrays and return views that dangle once memory grows. These check the type,
// copy in, and copy out; arrays of references are refused.

import { type AsBindInstance, type Converter, converters } from "./as-bind.js";

interface Runtime {
  readonly memory: WebAssembly.Memory;
  __new(size: number, id: number): number;
}

type TypedArray = Int32Array | BigInt64Array | Float32Array | Float64Array | Uint8Array;

// The run-time type id that AssemblyScript 0.28 gives to array buffers in every module.
const arrayBufferId = 1;
// An ArrayBufferView is { buffer, dataStart, byteLength }, each 4 bytes.
const viewBytes = 12;

function runtime(instance: AsBindInstance): Runtime {
  return instance.exports as unknown as Runtime;
}

const arrayTypes = [Int32Array, Float32Array, Float64Array, Uint8Array, BigInt64Array] as const;

/** All of a memory, as words and as each of the types. */
interface Views {
  readonly words: Uint32Array;
  readonly arrays: readonly TypedArray[];
}

const known = new WeakMap<WebAssembly.Memory, Views>();

// To make a view takes longer than to copy a small array, so they are kept until the memory grows.
function viewsOf(memory: WebAssembly.Memory): Views {
  const { buffer } = memory;
  const kept = known.get(memory);
  if (kept?.words.buffer === buffer) return kept;
  const views = {
    words: new Uint32Array(buffer),
    arrays: arrayTypes.map((arrayType) => new arrayType(buffer)),
  };
  known.set(memory, views);
  return views;
}

function setTypedArrayConverter(arrayType: (typeof arrayTypes)[number], ascName: string): void {
  const place = arrayTypes.indexOf(arrayType);
  const item = arrayType.BYTES_PER_ELEMENT;
  converters.set(`~lib/typedarray/${ascName}`, {
    jsToAsc(instance, value, typeName) {
      if (!(value instanceof (arrayType as unknown as new () => TypedArray))) {
        const got = value === null ? "null" : (value?.constructor?.name ?? typeof value);
        throw new TypeError(`expected ${arrayType.name}, got ${got}`);
      }
      const { __new, memory } = runtime(instance);
      // the minimal runtime collects only when asked, so nothing needs a pin in between
      const buffer = __new(value.byteLength, arrayBufferId);
      const view = __new(viewBytes, instance.getTypeId(typeName));
      const { words, arrays } = viewsOf(memory);
      const record = view >>> 2;
      words[record] = buffer;
      words[record + 1] = buffer;
      words[record + 2] = value.byteLength;
      // both are of one type, so bits are copied, those of NaN too
      (arrays[place] as Float64Array).set(value as Float64Array, buffer / item);
      return view;
    },
    ascToJs(instance, pointer) {
      const { words, arrays } = viewsOf(runtime(instance).memory);
      const [start, byteLength] = [words[(pointer >>> 2) + 1], words[(pointer >>> 2) + 2]];
      return arrays[place].slice(start / item, (start + byteLength) / item);
    },
  });
}

/** Copies the fields that a record of the assembly has, each a number, by their names. */
const recordConverter: Converter = {
  jsToAsc(instance, value, typeName) {
    const { byteSize, fields = [] } = instance.typeDescriptor.typeIds[typeName];
    const { __new, memory } = runtime(instance);
    const pointer = __new(byteSize, arrayBufferId);
    const view = new DataView(memory.buffer, pointer, byteSize);
    for (const [name, type, offset] of fields) {
      const field = (value as Record<string, unknown>)[name];
      if (typeof field !== "number") {
        throw new TypeError(`${typeName}: ${name} is ${typeof field}, must be a number`);
      }
      if (type === "f64") view.setFloat64(offset, field, true);
      else view.setInt32(offset, field, true);
    }
    return pointer;
  },
  ascToJs: (_, __, typeName) => refuse(typeName),
};

function refuse(typeName: string): never {
  throw new TypeError(`${typeName} can't cross the boundary`);
}

/** Replaces the entries of as-bind's public map of converters. */
export function replaceConverters(): void {
  converters.clear();
  const scalar = {
    ascToJs: (_: AsBindInstance, value: number) => value,
    jsToAsc: (_: AsBindInstance, value: unknown) => value as number,
  };
  converters.set("void", scalar);
  converters.set(/^(i|u|f)(8|16|32|64)$|^[ui]size$|^bool$/, scalar);
  for (const arrayType of arrayTypes) {
    setTypedArrayConverter(arrayType, arrayType === BigInt64Array ? "Int64Array" : arrayType.name);
  }
  converters.set(/^assembly\//, recordConverter);
  converters.set(/./, {
    ascToJs: (_, __, typeName) => refuse(typeName),
    jsToAsc: (_, __, typeName) => refuse(typeName),
  });
}
