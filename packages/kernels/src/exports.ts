// What every entry of this package exports, besides its own loadKernels.

export type { Adam, AdamOptions } from "./adam.ts";
export type { Clustering, ClusteringOptions } from "./clustering.ts";
export type { Eigen } from "./eigen.ts";
export type { ElementaryFunction } from "./elementary.ts";
export {
  type Column,
  type EvaluatedExpressions,
  type ExpressionBank,
  type ExpressionBankReport,
  type ExpressionBatch,
  type ExpressionOperator,
  type ExpressionSearch,
  type ExpressionTerm,
  expressionOperators,
  type TermRange,
} from "./expressions.ts";
export type { Lattice } from "./lattice-finders.ts";
export type { LayerSizes, Loss } from "./layer.ts";
export type {
  LevenbergMarquardt,
  LevenbergMarquardtOptions,
  LevenbergMarquardtReport,
} from "./levenberg-marquardt.ts";
export { maxLevenbergParameters } from "./levenberg-marquardt.ts";
export type { KernelSource, Kernels, LoadKernels } from "./load.ts";
export {
  checkShape,
  type LayerLayout,
  maxLength,
  type NetworkShape,
  networkLayers,
  parameterCount,
} from "./network.ts";
