// The table of all kernels. An export here becomes a method of `Kernels`: what it takes after `wasm`,
// and with what stands above it where it is defined.

export { createAdam } from "./adam.ts";
export { clusterPoints, createClustering } from "./clustering.ts";
export { eigen } from "./eigen.ts";
export { elementary } from "./elementary.ts";
export { createExpressionBank, evaluateExpressions } from "./expressions.ts";
export { hankelRank, hermite, lll, smith } from "./integer-algebra.ts";
export { descriptionLength, gcdLattice, linearLattice } from "./lattice-finders.ts";
export { denseBackward, denseForward, meanLoss } from "./layer.ts";
export { createLevenbergMarquardt } from "./levenberg-marquardt.ts";
export { leastSquares, symmetricEigen } from "./linear-algebra.ts";
export { determinant, inverse, lu, solve } from "./lu.ts";
export { runNetwork } from "./network.ts";
export { refinePartition } from "./partition.ts";
export { qr } from "./qr.ts";
export { normalDeviates, randomWords } from "./random.ts";
export { nullSpace, svd } from "./svd.ts";
