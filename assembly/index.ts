// The module's exports. packages/kernels checks every argument before it calls one of these.
export { adamCreate, adamDispose, adamGradient, adamRun, adamWeights } from "./adam";
export { layerBackward, layerForward, lossForward } from "./layer";
export { leastSquaresSolve } from "./least-squares";
export {
  levenbergCreate,
  levenbergDispose,
  levenbergReport,
  levenbergRun,
  levenbergWeights,
} from "./levenberg-marquardt";
export { normalDeviates, randomWords } from "./random";
export { networkRun } from "./run";
export { symmetricEigenSolve } from "./symmetric-eigen";
