// What every entry of this package exports, besides its own loadKernels.

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
} from "./expressions/expressions.ts";
export type { Lattice } from "./lattices/lattice-finders.ts";
export type { Eigen } from "./linear-algebra/eigen.ts";
export type { KernelSource, Kernels, LoadKernels } from "./load.ts";
export type { Clustering, ClusteringOptions } from "./machines/clustering.ts";
export type { LayerSizes, Loss } from "./tensors/layer.ts";
export {
  checkShape,
  type LayerLayout,
  maxLength,
  type NetworkShape,
  networkLayers,
  parameterCount,
} from "./tensors/network.ts";
export type { Adam, AdamOptions } from "./training/adam.ts";
export type {
  LevenbergMarquardt,
  LevenbergMarquardtOptions,
  LevenbergMarquardtReport,
} from "./training/levenberg-marquardt.ts";
export { maxLevenbergParameters } from "./training/levenberg-marquardt.ts";
