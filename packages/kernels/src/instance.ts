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
      refuse(bytes: number, most: number) {
        throw new RangeError(`these sizes need a block of ${bytes} bytes, the most is ${most}`);
      },
    },
  });
  const exports = bound.exports as Record<string, (...args: unknown[]) => unknown> & {
    memory: WebAssembly.Memory;
  };
  // as-bind pins arguments and forgets those of a call that throws, which then are never collected;
  // nothing needs a pin, as nothing is collected during a call
  exports.__pin = exports.__unpin = () => {};
  let copied = 0;
  return {
    call(name, ...args) {
      const count = (value: unknown) => {
        if (ArrayBuffer.isView(value)) copied += value.byteLength;
      };
      args.forEach(count);
      try {
        const result = exports[name](...args);
        count(result);
        return result;
      } catch (error) {
        if (!(error instanceof WebAssembly.RuntimeError)) throw error;
        // the allocator traps where the host gives no more memory
        const used = `${exports.memory.buffer.byteLength} bytes of memory are in use`;
        throw new Error(`kernels: ${name} failed while ${used}`, { cause: error });
      } finally {
        if (copied > collectAfterBytes) {
          copied = 0;
          exports.__collect();
        }
      }
    },
    memoryBytes: () => exports.memory.buffer.byteLength,
  };
}
