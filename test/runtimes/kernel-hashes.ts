import {
  type Kernels,
  type LevenbergMarquardtOptions,
  type NetworkShape,
  parameterCount,
} from "@latticode/kernels";

/**
 * Every kernel on fixed data; the results as SHA-256 of their little-endian bytes, by name. What
 * runs here must itself be the same everywhere: integers and exactly rounded operations only.
 */
export async function kernelHashes(kernels: Kernels): Promise<Record<string, string>> {
  const linear = shapeOf({ hiddenDim: 2, hiddenDepth: 1, outputDepth: 1 });
  const shallow = shapeOf({ hiddenDim: 3, hiddenDepth: 2, outputDepth: 1 });
  const deep = shapeOf({ hiddenDim: 5, hiddenDepth: 3, outputDepth: 3 });
  return {
    "adam, linear, squared loss": await sha256(trainAdam(kernels, linear, "squared")),
    "adam, depth 2 and 1, log loss": await sha256(trainAdam(kernels, shallow, "log")),
    "adam, depth 3, log loss": await sha256(trainAdam(kernels, deep, "log")),
    "levenberg-marquardt": await sha256(trainLevenbergMarquardt(kernels, shallow)),
    clusters: await sha256(clusterStates(kernels)),
    "partition of a machine": await sha256(refineMachine(kernels)),
    "network run": await sha256(...runDeepNetwork(kernels, deep)),
    "least squares": await sha256(solveLeastSquares(kernels)),
    "symmetric eigenvalues": await sha256(...decomposeSymmetric(kernels)),
  };
}

function shapeOf(sizes: {
  hiddenDim: number;
  hiddenDepth: number;
  outputDepth: number;
}): NetworkShape {
  return {
    ...sizes,
    inputDim: 2,
    outputDim: 1,
    hiddenWidth: sizes.hiddenDepth === 1 ? 0 : 7,
    outputWidth: sizes.outputDepth === 1 ? 0 : 6,
  };
}

/** Binary addition: 200 sequences of 10 positions. */
function additions() {
  const [count, length] = [200, 10];
  const x = new Int32Array(count * length * 2);
  const y = new Int32Array(count * length);
  const draw = newGenerator(1);
  for (let i = 0, carry = 0; i < y.length; i++) {
    if (i % length === 0) carry = 0;
    x[2 * i] = draw() < 0.5 ? 0 : 1;
    x[2 * i + 1] = draw() < 0.5 ? 0 : 1;
    const sum = x[2 * i] + x[2 * i + 1] + carry;
    y[i] = sum % 2;
    carry = sum >> 1;
  }
  return { x, y, count, length };
}

/** The weights after 1,000 steps. */
function trainAdam(kernels: Kernels, shape: NetworkShape, loss: "log" | "squared"): Float32Array {
  const totalSteps = 1000;
  const weights = Float32Array.from(drawNumbers(parameterCount(shape), 2));
  const job = kernels.createAdam({ shape, weights, ...additions(), loss, seed: 3, totalSteps });
  job.run(totalSteps);
  const trained = job.weights();
  job.dispose();
  return trained;
}

/** The weights after 50 iterations. */
function trainLevenbergMarquardt(kernels: Kernels, shape: NetworkShape): Float64Array {
  const options: LevenbergMarquardtOptions = { shape, ...additions(), seed: 9, firstPrefix: 1 };
  const job = kernels.createLevenbergMarquardt(options);
  const { iterations } = job.run(50);
  if (iterations !== 50) throw new Error(`the attempt ended after ${iterations} iterations`);
  const trained = job.weights();
  job.dispose();
  return trained;
}

/** Labels of 2,000 points in 6 dimensions, 410 clusters. */
function clusterStates(kernels: Kernels): Int32Array {
  return kernels.clusterPoints(drawNumbers(2000 * 6, 11), 2000, 6, 0.5).labels;
}

/** The 1,913 classes of 2,000 states. */
function refineMachine(kernels: Kernels): Int32Array {
  const draw = newGenerator(12);
  const transitions = new Int32Array(2 * 2000).map(() => Math.floor(draw() * draw() * 300));
  const labels = new Int32Array(2000).map((_, state) => (state < 5 ? 1 : 0));
  return kernels.refinePartition(transitions, labels);
}

function runDeepNetwork(kernels: Kernels, shape: NetworkShape): Float64Array[] {
  const { x, count, length } = additions();
  const weights = drawNumbers(parameterCount(shape), 6);
  const initial = drawNumbers(shape.hiddenDim, 7);
  const { h, y } = kernels.runNetwork(shape, weights, initial, x, count, length);
  return [h, y];
}

function solveLeastSquares(kernels: Kernels): Float64Array {
  return kernels.leastSquares(drawNumbers(50 * 7, 8), 50, 7, drawNumbers(50 * 3, 9), 3);
}

function decomposeSymmetric(kernels: Kernels): Float64Array[] {
  const n = 9;
  const a = drawNumbers(n * n, 10);
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) a[i * n + j] = a[j * n + i];
  const { values, vectors } = kernels.symmetricEigen(a, n);
  return [values, vectors];
}

/** Numbers in [-1, 1). */
function drawNumbers(count: number, seed: number): Float64Array {
  const draw = newGenerator(seed);
  return Float64Array.from({ length: count }, () => 2 * draw() - 1);
}

/** Multiplicative congruential generator of Park and Miller (1988), in [0, 1). */
function newGenerator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 16807) % 2147483647;
    return state / 2147483648;
  };
}

export async function sha256(
  ...arrays: (Int32Array | Float32Array | Float64Array)[]
): Promise<string> {
  const size = arrays.reduce((sum, array) => sum + array.byteLength, 0);
  const view = new DataView(new ArrayBuffer(size));
  let at = 0;
  for (const array of arrays) {
    for (const value of array) {
      // The bits of a NaN may differ, and a hash of diverged weights would prove nothing.
      if (!Number.isFinite(value)) throw new Error(`a result is ${value}`);
      if (array instanceof Int32Array) view.setInt32(at, value, true);
      else if (array instanceof Float32Array) view.setFloat32(at, value, true);
      else view.setFloat64(at, value, true);
      at += array.BYTES_PER_ELEMENT;
    }
  }
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", view));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
