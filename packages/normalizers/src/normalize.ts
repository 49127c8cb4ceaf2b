import type { Kernels } from "@latticode/kernels";
import type { Network } from "@latticode/network";
import type { Examples } from "@latticode/program";
import { product, rowsOf } from "./matrix.ts";
import type { CoordinateChange, NormalizationReport, StepName } from "./normalization.ts";
import { noChange, type Step, type StepOptions } from "./step.ts";
import { debias } from "./steps/debias.ts";
import { type FineTuneOptions, fineTune } from "./steps/fine-tune.ts";
import { jordan } from "./steps/jordan.ts";
import { merge } from "./steps/merge.ts";
import { prune } from "./steps/prune.ts";
import { quantize } from "./steps/quantize.ts";
import { sort } from "./steps/sort.ts";
import { toeplitz } from "./steps/toeplitz.ts";
import { whiten } from "./steps/whiten.ts";

/** A network after all steps, and what each did. */
export interface Normalization {
  readonly network: Network;
  /** The change of coordinates that all steps made together; fine-tuning makes none. */
  readonly change: CoordinateChange;
  readonly steps: readonly NormalizationReport[];
}

export interface NormalizeOptions {
  readonly kernels: Kernels;
  /** The steps in the order in which they are made; `authorsSteps` unless told. */
  readonly steps?: readonly StepName[];
  /** Fine-tunes with an L1 penalty after every step but the last; not unless told. */
  readonly fineTuning?: boolean | Omit<FineTuneOptions, "kernels">;
}

/** The paper's order (section 4.1). */
export const authorsSteps: readonly StepName[] = [
  "whiten",
  "jordan",
  "toeplitz",
  "debias",
  "quantize",
];

const normalizers: Readonly<Record<StepName, Step<StepOptions>>> = {
  ...{ whiten, jordan, toeplitz, debias, quantize, prune, sort, merge },
  "fine-tune": fineTune,
};

/**
 * Chains normalizers. A step that is refused leaves the network as it was, and its report says why.
 *
 * @param examples sequences with the outputs to keep; a network's own traces are such examples
 * @throws Error when the examples do not fit the network, or a step is not known
 */
export function normalize(
  network: Network,
  examples: Examples,
  options: NormalizeOptions,
): Normalization {
  const { kernels, steps = authorsSteps, fineTuning = false } = options;
  const tuning = { ...(typeof fineTuning === "object" && fineTuning), kernels };
  const names = steps.flatMap((name, at): StepName[] =>
    fineTuning && at < steps.length - 1 ? [name, "fine-tune"] : [name],
  );
  let current = network;
  let change = noChange(network.shape.hiddenDim);
  const reports: NormalizationReport[] = [];
  for (const name of names) {
    if (!Object.hasOwn(normalizers, name)) {
      const known = Object.keys(normalizers).join(", ");
      throw new Error(`normalize: no step ${name}, there are ${known}`);
    }
    const result = normalizers[name](
      current,
      examples,
      name === "fine-tune" ? tuning : { kernels },
    );
    current = result.network;
    change = composed(result.change, change);
    reports.push(result.report);
  }
  return { network: current, change, steps: reports };
}

/** The change that makes `first` and then `second`. */
function composed(second: CoordinateChange, first: CoordinateChange): CoordinateChange {
  const inner = first.offset.length;
  const rows = rowsOf(second.matrix, inner);
  const matrix = product(rows, rowsOf(first.matrix, first.matrix.length / inner));
  const offset = second.offset.map((start, i) =>
    first.offset.reduce((sum, v, k) => sum + rows[i][k] * v, start),
  );
  return { matrix: Float64Array.from(matrix.flat()), offset };
}
