// The module's exports. packages/kernels checks every argument before it calls one of these.
export { adamCreate, adamDispose, adamGradient, adamRun, adamWeights } from "./adam";
export { clusteringAdd, clusteringCreate, clusteringDispose } from "./clustering";
export { eigenDecompose } from "./eigen";
export { elementaryMap } from "./elementary";
export { bankApply, bankSearch } from "./enumeration";
export {
  bankAdd, bankCreate, bankDispose, bankFind, bankSize, bankTerms, bankValues,
} from "./expression-bank";
export { expressionsEvaluate } from "./expressions";
export { descriptionLength } from "./description-length";
export { hankelRank } from "./hankel";
export { gcdLattice, linearLattice } from "./lattice-finders";
export { layerBackward, layerForward, lossForward } from "./layer";
export { leastSquaresSolve } from "./least-squares";
export {
  levenbergCreate,
  levenbergDispose,
  levenbergReport,
  levenbergRun,
  levenbergWeights,
} from "./levenberg-marquardt";
export { luDecompose, luDeterminant, luSolve } from "./lu";
export { partitionRefine } from "./partition";
export { hermiteForm, latticeReduce, smithForm } from "./normal-forms";
export { qrDecompose } from "./qr";
export { normalDeviates, randomWords } from "./random";
export { networkRun } from "./run";
export { nullSpaceBasis, svdDecompose } from "./svd";
export { symmetricEigenSolve } from "./symmetric-eigen";
