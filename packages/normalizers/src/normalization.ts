import type { Network } from "@latticode/training";

/** What one step did. */
export interface NormalizationReport {
  readonly name: "whiten";
  /** Whether the step was kept; false leaves the network as it was. */
  readonly changed: boolean;
  /** Largest |difference| of an output between the network before and after, on the traces' inputs. */
  readonly deviation: number;
  /** Why the step was refused. */
  readonly reason?: string;
}

/** A network in new coordinates of its hidden state. */
export interface NormalizedNetwork {
  readonly network: Network;
  /** A: h_new = A h, [hiddenDim, hiddenDim]; the identity where nothing changed. */
  readonly change: Float64Array;
  readonly report: NormalizationReport;
}
