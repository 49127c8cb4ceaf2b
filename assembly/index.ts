// The module's exports. packages/kernels checks every argument before it calls one of these.
export { adamCreate, adamDispose, adamGradient, adamRun, adamWeights } from "./training/adam";
export { clusteringAdd, clusteringCreate, clusteringDispose } from "./machines/clustering";
export { eigenDecompose } from "./linear-algebra/eigen";
export { elementaryMap } from "./elementary";
export { bankApply, bankSearch } from "./expressions/enumeration";
export {
  bankAdd, bankCreate, bankDispose, bankFind, bankSize, bankTerms, bankValues,
} from "./expressions/expression-bank";
export { expressionsEvaluate } from "./expressions/expressions";
export { descriptionLength } from "./lattices/description-length";
export { hankelRank } from "./integers/hankel";
export { gcdLattice, linearLattice } from "./lattices/lattice-finders";
export { layerBackward, layerForward, lossForward } from "./tensors/layer";
export { leastSquaresSolve } from "./linear-algebra/least-squares";
export {
  levenbergCreate,
  levenbergDispose,
  levenbergReport,
  levenbergRun,
  levenbergWeights,
} from "./training/levenberg-marquardt";
export { luDecompose, luDeterminant, luSolve } from "./linear-algebra/lu";
export { partitionRefine } from "./machines/partition";
export { hermiteForm, latticeReduce, smithForm } from "./integers/normal-forms";
export { qrDecompose } from "./linear-algebra/qr";
export { normalDeviates, randomWords } from "./random";
export { networkRun } from "./tensors/run";
export { nullSpaceBasis, svdDecompose } from "./linear-algebra/svd";
export { symmetricEigenSolve } from "./linear-algebra/symmetric-eigen";
