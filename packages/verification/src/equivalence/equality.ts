/** What is known of two descriptions of a computation. */
export type Equality =
  | {
      readonly equal: true;
      /** One line, as in "all 14 reachable pairs of states agree". */
      readonly proof: string;
      /** Pairs of states in the product, where that is the proof. */
      readonly pairs?: number;
    }
  /** A word on which they differ at the last position: [length, inputDim] */
  | { readonly equal: false; readonly counterexample: Int32Array }
  | { readonly equal: undefined; readonly reason: string };
