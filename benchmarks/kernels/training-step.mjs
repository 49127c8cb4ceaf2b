// One training step (forward, backward through time, Adam) of @latticode/kernels and of other libraries
// that do the same work, which is checked first: the same loss, gradient and step from the same weights
// and sequences.

import { loadKernels, networkLayers, parameterCount } from "@latticode/kernels";
import { sumsModulo5 } from "./sums.mjs";
import { createJax } from "./training-step/jax.mjs";
import { createLatticode, firstBatch } from "./training-step/latticode.mjs";
import { createPytorch } from "./training-step/pytorch.mjs";
import { createTensorflow } from "./training-step/tensorflow.mjs";

const shape = {
  ...{ inputDim: 1, outputDim: 1, hiddenDim: 8 },
  ...{ hiddenDepth: 2, hiddenWidth: 32, outputDepth: 2, outputWidth: 32 },
};
const [batch, length, count, seed] = [256, 10, 1000, 1];
const adam = { learningRate: 1e-3, beta1: 0.9, beta2: 0.99, epsilon: 1e-8 };
// short ones, so that what is compared runs at the same clock
const rounds = 41;
const secondsARound = 0.03;

function newTask(kernels) {
  const { hiddenDim, inputDim } = shape;
  const { x, y } = sumsModulo5(kernels, count, length);
  const weights = Float32Array.from(kernels.normalDeviates(seed, parameterCount(shape)));
  const layers = networkLayers(shape).map(({ inputs, outputs, weightOffset, biasOffset }) => {
    for (let i = weightOffset; i < biasOffset; i++) weights[i] *= Math.sqrt(1 / inputs);
    const bias = weights.slice(biasOffset, biasOffset + outputs);
    return { inputs, outputs, weight: weights.slice(weightOffset, biasOffset), bias };
  });
  const rowsOf = (data, columns) =>
    Float32Array.from(
      firstBatch(kernels, seed, batch, count).flatMap((sequence) => {
        const from = sequence * length * columns;
        return [...data.subarray(from, from + length * columns)];
      }),
    );
  const first = { x: rowsOf(x, inputDim), y: rowsOf(y, 1) };
  const common = { shape, weights, batch, adam, seed, data: { x, y, count, length } };
  return { ...common, layers, length, hiddenDim, ...first };
}

/** Multiplications and additions of a step's layers: forward, the inputs' gradients, the weights'. */
function operationsOf({ layers }) {
  const [first] = layers;
  const products = layers.reduce((sum, { inputs, outputs }) => sum + 3 * inputs * outputs, 0);
  // x needs no gradient
  return 2 * batch * length * (products - shape.inputDim * first.outputs);
}

/** Euclidean distance, relative to the length of b. */
function distance(a, b) {
  const norm = (f) => Math.sqrt(b.reduce((sum, _, i) => sum + f(i) ** 2, 0));
  if (a.length !== b.length) throw new Error(`${a.length} numbers, not ${b.length}`);
  return norm((i) => a[i] - b[i]) / norm((i) => b[i]);
}

/** Seconds a step. */
async function measure(contender, steps) {
  const start = process.hrtime.bigint();
  const result = await contender.run(steps);
  const taken = result.seconds ?? Number(process.hrtime.bigint() - start) / 1e9;
  return taken / steps;
}

/**
 * For each contender its name, ms a step and the ratio to ours of every round, ascending, its loss on the
 * first batch, and how far its
 * gradient and the change that its first step made lie from ours, relative. Throws where they are not
 * the same up to f32.
 */
export async function benchmarkTrainingStep(progress = () => {}) {
  const kernels = await loadKernels();
  const task = newTask(kernels);
  const ours = createLatticode(kernels, task);
  const pytorch = await createPytorch(task);
  const others = [
    await createTensorflow(task),
    await createJax(task),
    ...(pytorch ? [pytorch] : []),
  ];
  const contenders = [ours, ...others];

  const { gradient } = ours.differentiate();
  const change = (weights) => Float32Array.from(task.weights, (w, i) => weights[i] - w);
  const step = change(ours.run(1));
  const agreement = [{ loss: ours.lastLoss(), gradient: 0, step: 0 }];
  for (const other of others) {
    const first = await other.differentiate();
    const stepped = await other.run(1);
    const agrees = {
      loss: first.loss,
      gradient: distance(first.gradient, gradient),
      step: distance(change(stepped.weights ?? stepped), step),
    };
    agreement.push(agrees);
    const lossDistance = Math.abs(agrees.loss / agreement[0].loss - 1);
    if (!(lossDistance < 1e-5 && agrees.gradient < 1e-4 && agrees.step < 1e-2)) {
      throw new Error(`${other.name} does another step: ${JSON.stringify(agreement)}`);
    }
  }

  const steps = [];
  for (const contender of contenders) {
    const until = performance.now() + 1000; // until the compilers have optimised it
    let each = 1;
    while (performance.now() < until) each = await measure(contender, 20);
    steps.push(Math.max(1, Math.round(secondsARound / each)));
  }
  const milliseconds = contenders.map(() => []);
  for (let round = 0; round < rounds; round++) {
    if (round % 10 === 0) progress(`training step: round ${round + 1} of ${rounds}`);
    for (const [i, contender] of contenders.entries()) {
      milliseconds[i].push(1e3 * (await measure(contender, steps[i])));
    }
  }
  for (const contender of contenders) await contender.end?.();
  const ascending = (values) => values.toSorted((a, b) => a - b);
  return contenders.map(({ name, blas }, i) => ({
    ...{ name, blas, milliseconds: ascending(milliseconds[i]), ...agreement[i] },
    operations: operationsOf(task),
    ratios: ascending(milliseconds[i].map((ms, round) => ms / milliseconds[0][round])),
  }));
}
