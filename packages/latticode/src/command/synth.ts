import type { Language } from "@latticode/codegen";
import { exitCodes } from "./exit-codes.ts";
import type { Progress } from "./progress.ts";
import { readSource } from "./read-source.ts";
import { reportOf } from "./report.ts";
import { runSynthesis } from "./run-synthesis.ts";
import { prepareDirectory, writeFiles } from "./write-files.ts";

export interface SynthOptions {
  readonly out?: string;
  readonly emit: readonly Language[];
  readonly seed: number;
  readonly json?: true;
  readonly quiet?: true;
}

/**
 * `latticode synth`: examples in, program out, on standard output and in files.
 *
 * @returns the exit code
 * @throws UsageError or InputError when the source or an option is wrong
 */
export async function synth(
  source: string,
  options: SynthOptions,
  progress: Progress,
): Promise<number> {
  const { out, emit, seed, json } = options;
  if (out !== undefined) prepareDirectory(out);
  const examples = await readSource(source, { seed });
  const result = await runSynthesis({ examples, seed, emit }, progress.show);
  progress.stop();
  if (out !== undefined) writeFiles(out, result);
  process.stdout.write(json ? `${JSON.stringify(result)}\n` : reportOf(result));
  return result.solved ? exitCodes.solved : exitCodes.notSolved;
}
