import type { Wasm } from "../dist/wasm.d.ts";
import { type AsBindInstance, instantiateSync } from "./as-bind.js";
import { replaceConverters } from "./converters.ts";

/** One instantiated module behind as-bind. */
export interface Instance {
  /** Its functions: array arguments and records are copied in, results are copied out. */
  readonly wasm: Wasm;
  /** Bytes of WebAssembly memory at present. */
  memoryBytes(): number;
}

type Call = (...args: unknown[]) => unknown;

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
  const exports = bound.exports as Record<string, Call> & { memory: WebAssembly.Memory };
  // as-bind pins arguments and forgets those of a call that throws, which then are never collected;
  // nothing needs a pin, as nothing is collected during a call
  exports.__pin = exports.__unpin = () => {};
  let copied = 0;
  const count = (value: unknown) => {
    if (ArrayBuffer.isView(value)) copied += value.byteLength;
  };
  const guarded = (name: string): Call => {
    const call = exports[name];
    return (...args) => {
      args.forEach(count);
      try {
        const result = call(...args);
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
    };
  };
  const names = Object.keys(bound.typeDescriptor.exportedFunctions);
  return {
    wasm: Object.fromEntries(names.map((name) => [name, guarded(name)])) as unknown as Wasm,
    memoryBytes: () => exports.memory.buffer.byteLength,
  };
}
