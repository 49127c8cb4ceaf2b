// One task and seed of the training benchmark: its network, and what is measured of it.

import { parameterCount } from "../../packages/kernels/dist/index.js";
import { digestOf } from "../../packages/latticode/dist/index.js";
import { evaluateNetwork, recurrentOf } from "../../packages/network/dist/index.js";
import { countMooreStates, findTask } from "../../packages/tasks/dist/index.js";
import { measureReadability, trainNetwork } from "../../packages/training/dist/index.js";
import { secondData, trainingData } from "./data.mjs";

const finite = (value) => (Number.isFinite(value) ? value : null);

/** Trains a network for a task, on `trainingData` of it; a plain value. */
export async function trainLine(name, seed, { kernels, pool, data: given }) {
  const task = findTask(name);
  const { isExhaustive, seconds: sampling, ...data } = given ?? trainingData(task, seed);
  const start = performance.now();
  const result = await trainNetwork(data, { kernels, seed, workers: pool });
  const seconds = sampling + (performance.now() - start) / 1000;

  const { network, perfect, margin, attempts } = result;
  const { inputDim, outputDim, ...sizes } = network.shape;
  const digest = await digestOf(network, undefined);
  return {
    network,
    line: {
      ...{ task: name, seed, perfect, isExhaustive, margin: finite(margin) },
      ...{ ...sizes, weights: parameterCount(network.shape) },
      ...{ attempts: attempts.length, work: attempts.reduce((sum, { work }) => sum + work, 0) },
      ...{ seconds, digest },
    },
  };
}

/** The line with what the sets say that are drawn after the network was written down, and its states. */
export function secondLook(line, network, { kernels }) {
  const task = findTask(line.task);
  const { confirmation, long } = secondData(task, line.digest);
  const recurrent = recurrentOf(network, { kernels });
  const { distinctStates, linear, minimal, spread } = measureReadability(recurrent, confirmation, {
    kernels,
  });
  const second = evaluateNetwork(recurrent, confirmation);
  const accuracyAt100 = long ? evaluateNetwork(recurrent, long).accuracy : null;
  return {
    ...line,
    perfectAgain: second.accuracy === 1,
    secondMargin: finite(second.margin),
    accuracyAt100,
    ...{ linear, minimal, distinctStates, spread: finite(spread) },
    trueStates: finite(countMooreStates(task)),
  };
}

/** Whether the hidden states are the task's, one each, or the network is exactly linear. */
export const isDiscrete = (line) =>
  line.perfect && (line.linear || line.distinctStates === line.trueStates);
