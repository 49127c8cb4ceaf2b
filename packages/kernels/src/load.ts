import { type Adam, type AdamOptions, createAdam } from "./adam.ts";
import {
  type Clustering,
  type ClusteringOptions,
  clusterPoints,
  createClustering,
} from "./clustering.ts";
import { type Eigen, eigen } from "./eigen.ts";
import { type ElementaryFunction, elementary } from "./elementary.ts";
import {
  createExpressionBank,
  type EvaluatedExpressions,
  type ExpressionBank,
  type ExpressionBatch,
  evaluateExpressions,
} from "./expressions.ts";
import { instantiate } from "./instance.ts";
import { hankelRank, hermite, lll, smith } from "./integer-algebra.ts";
import { descriptionLength, gcdLattice, type Lattice, linearLattice } from "./lattice-finders.ts";
import { denseBackward, denseForward, type LayerSizes, type Loss, meanLoss } from "./layer.ts";
import {
  createLevenbergMarquardt,
  type LevenbergMarquardt,
  type LevenbergMarquardtOptions,
} from "./levenberg-marquardt.ts";
import { leastSquares, symmetricEigen } from "./linear-algebra.ts";
import { determinant, inverse, lu, solve } from "./lu.ts";
import { type NetworkShape, runNetwork } from "./network.ts";
import { refinePartition } from "./partition.ts";
import { qr } from "./qr.ts";
import { normalDeviates, randomWords } from "./random.ts";
import { nullSpace, svd } from "./svd.ts";

/** The loaded kernels. Shapes, ranges, errors and sources stand where each function is defined. */
export interface Kernels {
  /** What they were loaded from: other threads instantiate it without compiling it again. */
  readonly module: WebAssembly.Module;
  /** One dense layer in f32: {@link denseForward}. */
  denseForward(
    weight: Float32Array,
    bias: Float32Array,
    x: Float32Array,
    options: LayerSizes & { readonly relu: boolean },
  ): Float32Array;
  /** Gradients of one dense layer in f32: {@link denseBackward}. */
  denseBackward(
    weight: Float32Array,
    x: Float32Array,
    dy: Float32Array,
    options: LayerSizes & { readonly rectified: boolean },
  ): { dx: Float32Array; dw: Float32Array; db: Float32Array };
  /** A loss and its gradient: {@link meanLoss}. */
  meanLoss(
    loss: Loss,
    y: Float32Array,
    target: Float32Array,
    options: { readonly outputs: number; readonly batch: number; readonly deadZone?: number },
  ): { loss: number; gradient: Float32Array };
  /** Least squares by Householder QR: {@link leastSquares}. */
  leastSquares(
    a: Float64Array,
    rows: number,
    columns: number,
    b: Float64Array,
    sides: number,
  ): Float64Array;
  /** Eigenvalues and eigenvectors of a symmetric matrix: {@link symmetricEigen}. */
  symmetricEigen(a: Float64Array, n: number): { values: Float64Array; vectors: Float64Array };
  /** Eigenvalues and eigenvectors of any real matrix: {@link eigen}. */
  eigen(a: Float64Array, n: number, options?: { readonly balance?: boolean }): Eigen;
  /** Thin QR decomposition: {@link qr}. */
  qr(a: Float64Array, rows: number, columns: number): { q: Float64Array; r: Float64Array };
  /** Thin singular value decomposition: {@link svd}. */
  svd(
    a: Float64Array,
    rows: number,
    columns: number,
  ): { u: Float64Array; values: Float64Array; v: Float64Array };
  /** Rank and an orthonormal basis of the null space: {@link nullSpace}. */
  nullSpace(
    a: Float64Array,
    rows: number,
    columns: number,
    tolerance?: number,
  ): { rank: number; basis: Float64Array };
  /** LU decomposition with partial pivoting: {@link lu}. */
  lu(a: Float64Array, n: number): { lower: Float64Array; upper: Float64Array; order: Int32Array };
  /** Linear systems with one matrix: {@link solve}. */
  solve(a: Float64Array, n: number, b: Float64Array, sides: number): Float64Array;
  /** The inverse of a matrix: {@link inverse}. */
  inverse(a: Float64Array, n: number): Float64Array;
  /** The determinant of a matrix: {@link determinant}. */
  determinant(a: Float64Array, n: number): number;
  /** Hermite normal form of an integer matrix, with its transformation: {@link hermite}. */
  hermite(
    a: BigInt64Array,
    rows: number,
    columns: number,
  ): { h: BigInt64Array; u: BigInt64Array; rank: number };
  /** Smith normal form of an integer matrix, with its transformations: {@link smith}. */
  smith(
    a: BigInt64Array,
    rows: number,
    columns: number,
  ): { d: BigInt64Array; u: BigInt64Array; v: BigInt64Array; rank: number };
  /** An LLL-reduced basis of an integer lattice: {@link lll}. */
  lll(
    basis: BigInt64Array,
    rows: number,
    columns: number,
    options?: { readonly delta?: number },
  ): { basis: BigInt64Array; transform: BigInt64Array; rank: number };
  /** Exact rank of a Hankel matrix of an impulse response: {@link hankelRank}. */
  hankelRank(
    markov: BigInt64Array,
    options: { readonly outputs: number; readonly inputs: number; readonly blocks: number },
  ): number;
  /** Bits that hidden states take under a lattice: {@link descriptionLength}. */
  descriptionLength(codes: Float64Array, residuals: Float64Array): number;
  /** The lattice that hidden states of near-affine dynamics lie near: {@link linearLattice}. */
  linearLattice(
    h: Float64Array,
    x: Int32Array,
    sizes: {
      readonly count: number;
      readonly length: number;
      readonly hiddenDim: number;
      readonly inputDim: number;
    },
  ): Lattice;
  /** The lattice of 1 to 3 dimensions that hidden states lie near: {@link gcdLattice}. */
  gcdLattice(h: Float64Array, rows: number, hiddenDim: number): Lattice;
  /** exp, log, tanh, cos, sin or sqrt of every number: {@link elementary}. */
  elementary(name: ElementaryFunction, x: Float64Array): Float64Array;
  /** Hidden states and outputs of a network, in f64: {@link runNetwork}. */
  runNetwork(
    shape: NetworkShape,
    weights: Float64Array,
    initial: Float64Array,
    x: Int32Array,
    count: number,
    length: number,
  ): { h: Float64Array; y: Float64Array };
  /** Clusters of points by tolerance: {@link clusterPoints}. */
  clusterPoints(
    points: Float64Array,
    rows: number,
    dimension: number,
    tolerance: number,
  ): { labels: Int32Array; representatives: Int32Array };
  /** The coarsest partition of a machine's states that refines labels: {@link refinePartition}. */
  refinePartition(transitions: Int32Array, labels: Int32Array): Int32Array;
  /** One block of counter-based random words: {@link randomWords}. */
  randomWords(
    counter: readonly [number, number, number, number],
    key: readonly [number, number],
  ): Uint32Array;
  /** Standard normal deviates from a seed: {@link normalDeviates}. */
  normalDeviates(seed: number, count: number): Float64Array;
  /** Values of many integer expressions on many rows: {@link evaluateExpressions}. */
  evaluateExpressions(batch: ExpressionBatch): EvaluatedExpressions;
  /** Bottom-up enumeration of integer expressions: {@link createExpressionBank}. */
  createExpressionBank(options: {
    readonly rows: number;
    readonly capacity: number;
    readonly width: 32 | 64;
  }): ExpressionBank;
  /** Training by Adam over minibatches, in f32: {@link createAdam}. */
  createAdam(options: AdamOptions): Adam;
  /** Clusters by tolerance that points join one after the other: {@link createClustering}. */
  createClustering(options: ClusteringOptions): Clustering;
  /** Training of a small network by Levenberg-Marquardt: {@link createLevenbergMarquardt}. */
  createLevenbergMarquardt(options: LevenbergMarquardtOptions): LevenbergMarquardt;
  /** Bytes of WebAssembly memory at present; it never shrinks. */
  memoryBytes(): number;
}

declare const process: {
  getBuiltinModule(name: "node:fs"): { readFileSync(url: URL): Uint8Array<ArrayBuffer> };
};

/** A compiled module, its bytes, or where to fetch it from. */
export type KernelSource = WebAssembly.Module | BufferSource | URL | string;

async function compile(source: KernelSource): Promise<WebAssembly.Module> {
  if (source instanceof WebAssembly.Module) return source;
  if (typeof source !== "string" && !(source instanceof URL)) return WebAssembly.compile(source);
  // a page or its worker may name a path of its own site, as bundlers do
  const url = new URL(source, globalThis.location?.href);
  if (url.protocol === "file:") {
    // Node, Deno and Bun; no import statement, which bundlers for browsers would trip over
    const bytes = process.getBuiltinModule("node:fs").readFileSync(url);
    return WebAssembly.compile(bytes);
  }
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status} ${response.statusText}`);
  return WebAssembly.compile(await response.arrayBuffer());
}

async function load(source: KernelSource): Promise<Kernels> {
  const module = await compile(source);
  const instance = instantiate(module);
  return {
    module,
    denseForward: (...args) => denseForward(instance, ...args),
    denseBackward: (...args) => denseBackward(instance, ...args),
    meanLoss: (...args) => meanLoss(instance, ...args),
    leastSquares: (...args) => leastSquares(instance, ...args),
    symmetricEigen: (...args) => symmetricEigen(instance, ...args),
    eigen: (...args) => eigen(instance, ...args),
    qr: (...args) => qr(instance, ...args),
    svd: (...args) => svd(instance, ...args),
    nullSpace: (...args) => nullSpace(instance, ...args),
    lu: (...args) => lu(instance, ...args),
    solve: (...args) => solve(instance, ...args),
    inverse: (...args) => inverse(instance, ...args),
    determinant: (...args) => determinant(instance, ...args),
    hermite: (...args) => hermite(instance, ...args),
    smith: (...args) => smith(instance, ...args),
    lll: (...args) => lll(instance, ...args),
    hankelRank: (...args) => hankelRank(instance, ...args),
    descriptionLength: (...args) => descriptionLength(instance, ...args),
    linearLattice: (...args) => linearLattice(instance, ...args),
    gcdLattice: (...args) => gcdLattice(instance, ...args),
    elementary: (...args) => elementary(instance, ...args),
    runNetwork: (...args) => runNetwork(instance, ...args),
    clusterPoints: (...args) => clusterPoints(instance, ...args),
    refinePartition: (...args) => refinePartition(instance, ...args),
    randomWords: (...args) => randomWords(instance, ...args),
    normalDeviates: (...args) => normalDeviates(instance, ...args),
    evaluateExpressions: (batch) => evaluateExpressions(instance, batch),
    createExpressionBank: (options) => createExpressionBank(instance, options),
    createAdam: (options) => createAdam(instance, options),
    createClustering: (options) => createClustering(instance, options),
    createLevenbergMarquardt: (options) => createLevenbergMarquardt(instance, options),
    memoryBytes: () => instance.memoryBytes(),
  };
}

/** What each entry of this package exports as `loadKernels`. */
export type LoadKernels = (source?: KernelSource) => Promise<Kernels>;

/** A `loadKernels` that takes the module from `find` where it is given none, and that once. */
export function loader(find: () => KernelSource | Promise<KernelSource>): LoadKernels {
  let shared: Promise<Kernels> | undefined;
  return async (source) => {
    if (source !== undefined) return load(source);
    shared ??= Promise.resolve(find()).then(load);
    return shared;
  };
}
