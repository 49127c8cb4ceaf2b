import { type FileHandle, open } from "node:fs/promises";
import { parentPort, workerData } from "node:worker_threads";
import { InputError, parseParquet, type RandomAccessFile } from "@latticode/tasks";
import type { ParquetJob, ParquetOutcome } from "./read-parquet.ts";

/** Reads parts of a file; a part beyond its end is shorter. */
function accessOf(handle: FileHandle, byteLength: number): RandomAccessFile {
  return {
    byteLength,
    async slice(start, end = byteLength) {
      const buffer = new ArrayBuffer(Math.min(end, byteLength) - start);
      let size = 0;
      while (size < buffer.byteLength) {
        const { bytesRead } = await handle.read(new Uint8Array(buffer, size), {
          position: start + size,
        });
        if (bytesRead === 0) throw new Error("the file ends early");
        size += bytesRead;
      }
      return buffer;
    },
  };
}

async function read({ path, name, sampling }: ParquetJob): Promise<ParquetOutcome> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path);
    const { size } = await handle.stat();
    let sample: readonly [number, number] | undefined;
    const onSample = (kept: number, found: number) => {
      sample = [kept, found];
    };
    let places: readonly number[] = [];
    const onPlaces = (all: readonly number[]) => {
      places = all;
    };
    const examples = await parseParquet(accessOf(handle, size), {
      ...{ name, onPlaces },
      ...(sampling && { sampling: { ...sampling, onSample } }),
    });
    return { examples, places, sample };
  } catch (error) {
    if (error instanceof InputError) return { wrong: error.message };
    if (error instanceof Error && "syscall" in error) {
      return { unreadable: `${name}: cannot be read: ${error.message}` };
    }
    throw error;
  } finally {
    await handle?.close();
  }
}

const outcome = await read(workerData as ParquetJob);
const transfer =
  "examples" in outcome
    ? [outcome.examples.x.buffer as ArrayBuffer, outcome.examples.y.buffer as ArrayBuffer]
    : [];
parentPort?.postMessage(outcome, transfer);
