import { readFileSync, statSync } from "node:fs";
import { type Activation, loadNetwork } from "@latticode/network";
import { UsageError } from "../usage-error.ts";

/** The largest file that is read; the largest network that the kernels take has about 3 MB. */
const mostBytes = 1 << 24;

/**
 * The network in a safetensors file with its metadata, and the file's bytes.
 *
 * @param activation what stands between its layers, where the file does not say
 * @throws UsageError with one line where there is no such file, or it holds no network
 */
export function readNetwork(
  path: string,
  activation?: Activation,
): ReturnType<typeof loadNetwork> & { bytes: Uint8Array } {
  const bytes = readBytes(path);
  try {
    return { ...loadNetwork(bytes, { activation }), bytes };
  } catch (error) {
    throw new UsageError(`${path}: ${error instanceof Error ? error.message : error}`);
  }
}

function readBytes(path: string): Uint8Array {
  try {
    const status = statSync(path, { throwIfNoEntry: false });
    if (!status) throw new UsageError(`${path}: no such file`);
    if (status.isDirectory()) {
      throw new UsageError(`${path}: is a directory; give a .safetensors file`);
    }
    if (!status.isFile())
      throw new UsageError(`${path}: is not a regular file; give a .safetensors file`);
    if (status.size > mostBytes) {
      throw new UsageError(
        `${path}: has ${status.size} bytes; networks of more than ${mostBytes} bytes ` +
          "cannot be read",
      );
    }
    return readFileSync(path);
  } catch (error) {
    // Errors of the system have a code; ours have none.
    if (!(error instanceof Error && "syscall" in error)) throw error;
    throw new UsageError(`${path}: cannot be read: ${error.message}`);
  }
}
