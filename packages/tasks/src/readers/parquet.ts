import type { Examples } from "@latticode/program";
import { collectTable } from "./collect-table.ts";
import { readColumns } from "./columns.ts";
import { InputError } from "./input-error.ts";
import { excerpt } from "./message.ts";
import type { ReadOptions } from "./sequence-store.ts";

/** A file that can be read in parts. */
export interface RandomAccessFile {
  readonly byteLength: number;
  /** The bytes from `start` to before `end`, the file's end by default. */
  slice(start: number, end?: number): Promise<ArrayBuffer>;
}

function toNumber(cell: unknown): unknown {
  return typeof cell === "bigint" ? Number(cell) : cell;
}

/**
 * Reads examples from a Parquet file, one row group at a time, so that beside the examples only a
 * row group is held; hyparquet is loaded at the first call, its decompressors only for a file that
 * is compressed by other means than Snappy. Columns and rows are those of `parseCsv`, of any
 * integer or floating-point type.
 *
 * Throws an InputError for what `parseCsv` throws one, with `name: row n` for the place (from 1),
 * and where the bytes are no Parquet file.
 */
export async function parseParquet(
  file: RandomAccessFile,
  options: ReadOptions,
): Promise<Examples> {
  const { parquetMetadataAsync, parquetScan, parquetSchema } = await import("hyparquet");
  const { name } = options;
  const reading = async <T>(read: () => Promise<T>): Promise<T> => {
    try {
      return await read();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new InputError(`${name}: not a Parquet file that can be read: ${excerpt(reason)}`);
    }
  };

  const metadata = await reading(() => parquetMetadataAsync(file));
  const names = parquetSchema(metadata).children.map(({ element }) => element.name);
  const columns = readColumns(name, names);
  const scan = await reading(async () =>
    parquetScan({ file, metadata, ...(await decompressors(metadata.row_groups)) }),
  );
  const where = (row: number) => `${name}: row ${row}`;
  const table = collectTable({ ...options, columns, where, toNumber });
  const cells = new Array<unknown>(names.length);
  let row = 0;
  for (const range of scan.ranges) {
    const values = await reading(() =>
      Promise.all(names.map((column) => scan.readColumn({ column, ...range }))),
    );
    const size = range.rowEnd - range.rowStart;
    values.forEach(({ length }, i) => {
      if (length !== size) {
        throw new InputError(
          `${name}: column "${names[i]}" has ${length} values where its row group has ${size} rows`,
        );
      }
    });
    for (let i = 0; i < size; i++) {
      for (let column = 0; column < cells.length; column++) cells[column] = values[column][i];
      table.add(++row, cells);
    }
  }
  return table.finish(row);
}

interface RowGroup {
  readonly columns: readonly { readonly meta_data?: { readonly codec: string } }[];
}

async function decompressors(rowGroups: readonly RowGroup[]) {
  const builtIn = (codec = "UNCOMPRESSED") => codec === "UNCOMPRESSED" || codec === "SNAPPY";
  if (rowGroups.every(({ columns }) => columns.every((c) => builtIn(c.meta_data?.codec))))
    return {};
  return { compressors: (await import("hyparquet-compressors")).compressors };
}
