import type { NetworkShape } from "@latticode/kernels";

/** A recurrent network h_t = f([h_(t-1), x_t]), y_t = g(h_t), as plain data. */
export interface Network {
  readonly shape: NetworkShape;
  /** Flat, laid out as `networkLayers` of @latticode/kernels says; in f32 precision as trained. */
  readonly weights: Float64Array;
  /** h_0 [hiddenDim]; zero as trained. */
  readonly initial: Float64Array;
  /** The seed that the start of its training was drawn from. */
  readonly seed: number;
}
