import type { Wasm } from "../dist/wasm.d.ts";
import { elementary } from "./elementary.ts";
import { createExpressionBank, evaluateExpressions } from "./expressions/expressions.ts";
import { hankelRank, hermite, lll, smith } from "./integers/integer-algebra.ts";
import { descriptionLength, gcdLattice, linearLattice } from "./lattices/lattice-finders.ts";
import { eigen } from "./linear-algebra/eigen.ts";
import { leastSquares, symmetricEigen } from "./linear-algebra/linear-algebra.ts";
import { determinant, inverse, lu, solve } from "./linear-algebra/lu.ts";
import { qr } from "./linear-algebra/qr.ts";
import { nullSpace, svd } from "./linear-algebra/svd.ts";
import { clusterPoints, createClustering } from "./machines/clustering.ts";
import { refinePartition } from "./machines/partition.ts";
import { normalDeviates, randomWords } from "./random.ts";
import { denseBackward, denseForward, meanLoss } from "./tensors/layer.ts";
import { runNetwork } from "./tensors/network.ts";
import { createAdam } from "./training/adam.ts";
import { createLevenbergMarquardt } from "./training/levenberg-marquardt.ts";

/** A kernel without its first argument. */
function bind<Arguments extends unknown[], Result>(
  kernel: (wasm: Wasm, ...args: Arguments) => Result,
  wasm: Wasm,
): (...args: Arguments) => Result {
  return (...args) => kernel(wasm, ...args);
}

/** The table of all kernels: an entry here is a method of `Kernels`, with its types. */
export function bindKernels(wasm: Wasm) {
  return {
    /** One dense layer in f32: {@link denseForward}. */
    denseForward: bind(denseForward, wasm),
    /** Gradients of one dense layer in f32: {@link denseBackward}. */
    denseBackward: bind(denseBackward, wasm),
    /** A loss and its gradient: {@link meanLoss}. */
    meanLoss: bind(meanLoss, wasm),
    /** Least squares by Householder QR: {@link leastSquares}. */
    leastSquares: bind(leastSquares, wasm),
    /** Eigenvalues and eigenvectors of a symmetric matrix: {@link symmetricEigen}. */
    symmetricEigen: bind(symmetricEigen, wasm),
    /** Eigenvalues and eigenvectors of any real matrix: {@link eigen}. */
    eigen: bind(eigen, wasm),
    /** Thin QR decomposition: {@link qr}. */
    qr: bind(qr, wasm),
    /** Thin singular value decomposition: {@link svd}. */
    svd: bind(svd, wasm),
    /** Rank and an orthonormal basis of the null space: {@link nullSpace}. */
    nullSpace: bind(nullSpace, wasm),
    /** LU decomposition with partial pivoting: {@link lu}. */
    lu: bind(lu, wasm),
    /** Linear systems with one matrix: {@link solve}. */
    solve: bind(solve, wasm),
    /** The inverse of a matrix: {@link inverse}. */
    inverse: bind(inverse, wasm),
    /** The determinant of a matrix: {@link determinant}. */
    determinant: bind(determinant, wasm),
    /** Hermite normal form of an integer matrix, with its transformation: {@link hermite}. */
    hermite: bind(hermite, wasm),
    /** Smith normal form of an integer matrix, with its transformations: {@link smith}. */
    smith: bind(smith, wasm),
    /** An LLL-reduced basis of an integer lattice: {@link lll}. */
    lll: bind(lll, wasm),
    /** Exact rank of a Hankel matrix of an impulse response: {@link hankelRank}. */
    hankelRank: bind(hankelRank, wasm),
    /** Bits that hidden states take under a lattice: {@link descriptionLength}. */
    descriptionLength: bind(descriptionLength, wasm),
    /** The lattice that hidden states of near-affine dynamics lie near: {@link linearLattice}. */
    linearLattice: bind(linearLattice, wasm),
    /** The lattice of 1 to 3 dimensions that hidden states lie near: {@link gcdLattice}. */
    gcdLattice: bind(gcdLattice, wasm),
    /** exp, log, tanh, cos, sin or sqrt of every number: {@link elementary}. */
    elementary: bind(elementary, wasm),
    /** Hidden states and outputs of a network, in f64: {@link runNetwork}. */
    runNetwork: bind(runNetwork, wasm),
    /** Clusters of points by tolerance: {@link clusterPoints}. */
    clusterPoints: bind(clusterPoints, wasm),
    /**
     * The coarsest partition of a machine's states that refines labels: {@link refinePartition}.
     */
    refinePartition: bind(refinePartition, wasm),
    /** One block of counter-based random words: {@link randomWords}. */
    randomWords: bind(randomWords, wasm),
    /** Standard normal deviates from a seed: {@link normalDeviates}. */
    normalDeviates: bind(normalDeviates, wasm),
    /** Values of many integer expressions on many rows: {@link evaluateExpressions}. */
    evaluateExpressions: bind(evaluateExpressions, wasm),
    /** Bottom-up enumeration of integer expressions: {@link createExpressionBank}. */
    createExpressionBank: bind(createExpressionBank, wasm),
    /** Training by Adam over minibatches, in f32: {@link createAdam}. */
    createAdam: bind(createAdam, wasm),
    /** Clusters by tolerance that points join one after the other: {@link createClustering}. */
    createClustering: bind(createClustering, wasm),
    /** Training of a small network by Levenberg-Marquardt: {@link createLevenbergMarquardt}. */
    createLevenbergMarquardt: bind(createLevenbergMarquardt, wasm),
  };
}
