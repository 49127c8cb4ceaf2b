import { type AsBindInstance, instantiateSync } from "./as-bind.js";
import { replaceConverters } from "./converters.ts";

/** One instantiated module behind as-bind. */
export interface Instance {
  /** Calls an export. Its array arguments are copied in, its result is copied out. */
  call(name: string, ...args: (number | TypedArgument)[]): unknown;
  /** Bytes of WebAssembly memory at present. */
  memoryBytes(): number;
}

type TypedArgument = Int32Array | BigInt64Array | Float32Array | Float64Array | Uint8Array | string;

// Copied arguments are garbage at once; sweeping them after every call would cost more than the
// small calls themselves.
const collectAfterBytes = 1 << 20;

/** Instantiates a compiled module; synchronous, since the module is compiled. */
export function instantiate(module: WebAssembly.Module): Instance {
  replaceConverters();
  const bound: AsBindInstance = instantiateSync(module, {
    env: {
      abort(_message: number, _file: number, line: number, column: number) {
        throw new Error(`kernels: internal error at ${line}:${column}`);
      },
    },
  });
  const exports = bound.exports as Record<string, (...args: unknown[]) => unknown> & {
    memory: WebAssembly.Memory;
  };
  let copied = 0;
  return {
    call(name, ...args) {
      const result = exports[name](...args);
      for (const value of [...args, result]) {
        if (ArrayBuffer.isView(value)) copied += value.byteLength;
      }
      if (copied > collectAfterBytes) {
        copied = 0;
        exports.__collect();
      }
      return result;
    },
    memoryBytes: () => exports.memory.buffer.byteLength,
  };
}
