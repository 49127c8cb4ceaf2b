import type { Network } from "@latticode/network";

/** The steps that normalizers know, by the names that reports carry. */
export type StepName =
  | "whiten"
  | "jordan"
  | "toeplitz"
  | "debias"
  | "quantize"
  | "prune"
  | "sort"
  | "merge"
  | "fine-tune";

/** A number of weights (biases and h_0 among them) of a network before and after a step. */
export interface WeightCount {
  readonly before: number;
  readonly after: number;
}

/** What one step did. */
export interface NormalizationReport {
  readonly name: StepName;
  /** Whether the step was kept; false leaves the network as it was. */
  readonly changed: boolean;
  /** What the step changed, in a few words; why it was refused where it was not kept. */
  readonly summary: string;
  /** Largest |difference| of an output between the network before and after, on the examples. */
  readonly deviation: number;
  /** Weights that are not 0, by more than 1e-6. */
  readonly nonZero: WeightCount;
  /** Weights that are integers, 0 among them, within 1e-6. */
  readonly integers: WeightCount;
}

/** h_new = A h + b: the change of the hidden state's coordinates that a step made. */
export interface CoordinateChange {
  /** A: [hiddenDim after, hiddenDim before]. */
  readonly matrix: Float64Array;
  /** b: [hiddenDim after], 0 where nothing was translated. */
  readonly offset: Float64Array;
}

/** A network in new coordinates of its hidden state. */
export interface NormalizedNetwork {
  readonly network: Network;
  readonly change: CoordinateChange;
  readonly report: NormalizationReport;
}
