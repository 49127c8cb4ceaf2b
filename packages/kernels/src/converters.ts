// What crosses the boundary. as-bind's own converters were made for AssemblyScript 0.19: under 0.28
// they corrupt f64 arrays and return views that dangle once memory grows. These check the type,
// copy in, and copy out; arrays of references are refused.

import { type AsBindInstance, converters } from "./as-bind.js";

interface Runtime {
  readonly memory: WebAssembly.Memory;
  __new(size: number, id: number): number;
}

type TypedArray = Int32Array | BigInt64Array | Float32Array | Float64Array | Uint8Array;
type TypedArrayConstructor = {
  new (buffer: ArrayBufferLike, offset: number, length: number): TypedArray;
  readonly name: string;
  readonly BYTES_PER_ELEMENT: number;
};

// Run-time type ids that AssemblyScript 0.28 gives to every module.
const arrayBufferId = 1;
const stringId = 2;
// An ArrayBufferView is { buffer, dataStart, byteLength }, each 4 bytes.
const viewBytes = 12;

function runtime(instance: AsBindInstance): Runtime {
  return instance.exports as unknown as Runtime;
}

function setTypedArrayConverter(arrayType: TypedArrayConstructor, ascName: string): void {
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
      new Uint32Array(memory.buffer, view, 3).set([buffer, buffer, value.byteLength]);
      const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
      new Uint8Array(memory.buffer, buffer, value.byteLength).set(bytes);
      return view;
    },
    ascToJs(instance, pointer) {
      const { buffer } = runtime(instance).memory;
      const [, start, byteLength] = new Uint32Array(buffer, pointer, 3);
      return new arrayType(buffer, start, byteLength / arrayType.BYTES_PER_ELEMENT).slice();
    },
  });
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
  for (const arrayType of [Int32Array, Float32Array, Float64Array, Uint8Array]) {
    setTypedArrayConverter(arrayType, arrayType.name);
  }
  setTypedArrayConverter(BigInt64Array, "Int64Array");
  converters.set("~lib/string/String", {
    jsToAsc(instance, value) {
      if (typeof value !== "string") throw new TypeError(`expected string, got ${typeof value}`);
      const { __new, memory } = runtime(instance);
      const pointer = __new(value.length * 2, stringId);
      const units = new Uint16Array(memory.buffer, pointer, value.length);
      for (let i = 0; i < value.length; i++) units[i] = value.charCodeAt(i);
      return pointer;
    },
    ascToJs(instance, pointer) {
      const { buffer } = runtime(instance).memory;
      const byteLength = new Uint32Array(buffer, pointer - 4, 1)[0];
      return new TextDecoder("utf-16le").decode(
        new Uint8Array(buffer, pointer, byteLength).slice(),
      );
    },
  });
  converters.set(/./, {
    ascToJs(_, __, typeName) {
      throw new TypeError(`${typeName} can't cross the boundary`);
    },
    jsToAsc(_, __, typeName) {
      throw new TypeError(`${typeName} can't cross the boundary`);
    },
  });
}
