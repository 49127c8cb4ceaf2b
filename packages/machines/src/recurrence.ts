/** A small integer matrix as rows; all entries safe integers. */
export type IntegerMatrix = readonly (readonly number[])[];

/**
 * An affine recurrence over the integers: z_t = M z_(t-1) + N x_t + c, y_t = C z_t + d.
 * Plain data; all numbers are safe integers.
 */
export interface Recurrence {
  readonly stateDim: number;
  readonly inputDim: number;
  readonly outputDim: number;
  /** z_0: [stateDim] */
  readonly initial: readonly number[];
  /** M: [stateDim, stateDim] */
  readonly transition: IntegerMatrix;
  /** N: [stateDim, inputDim] */
  readonly input: IntegerMatrix;
  /** c: [stateDim] */
  readonly offset: readonly number[];
  /** C: [outputDim, stateDim] */
  readonly output: IntegerMatrix;
  /** d: [outputDim] */
  readonly outputOffset: readonly number[];
}
