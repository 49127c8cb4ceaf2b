import type { Kernels } from "@latticode/kernels";
import { findTask, sampleTask } from "@latticode/tasks";
import type { Pool } from "@latticode/training";
import { observeInputs } from "@latticode/verification";
import { digestOf, extractProgram, synthesize } from "latticode";

/** Quick ones of every kind: bits, a machine, a window, carries, and a function of one input. */
export const suiteTasks = [
  "Bitwise_Xor",
  "Parity_All",
  "Sum_Last2",
  "Binary_Addition",
  "Abs_Current",
] as const;

/** What a task ends with; each is a SHA-256. */
export interface TaskDigests {
  /** Of the weights. */
  readonly network: string;
  /** Of weights and program: what `latticode synth NAME --seed 1` prints. */
  readonly synthesis: string;
  /** The same when the program is read from that network alone. */
  readonly extraction: string;
  /** Of the text in every language; "-" without a program. */
  readonly text: string;
}

/** As `latticode synth NAME --seed 1` samples. */
const seed = 1;
const sequences = 20_000;
const longerSequences = 512;
const lengthening = 10;

/** Training, reading, extraction and code of the tasks, with the workers of a pool. */
export async function taskDigests(
  kernels: Kernels,
  workers: Pool,
): Promise<Record<string, TaskDigests>> {
  const digests: Record<string, TaskDigests> = {};
  for (const name of suiteTasks) digests[name] = await digestTask(name, kernels, workers);
  return digests;
}

async function digestTask(name: string, kernels: Kernels, workers: Pool): Promise<TaskDigests> {
  const task = findTask(name);
  if (!task) throw new Error(`${name} is no task`);
  const examples = sampleTask(task, { count: sequences, seed });
  const longer = sampleTask(task, {
    count: longerSequences,
    length: lengthening * task.length,
    seed: seed + 2 ** 32,
  });
  const synthesis = await synthesize(examples, { longer, seed, kernels, workers });
  const { training, code } = synthesis;
  if (!training.perfect) throw new Error(`${name}: the network is not perfect`);
  const { network } = training;
  const columns = observeInputs(examples);
  const extraction = await extractProgram(network, columns, {
    ...{ length: task.length, seed, kernels },
  });
  return {
    network: await digestOf(network, undefined),
    synthesis: synthesis.digest,
    extraction: extraction.digest,
    text: code ? await digestText(Object.values(code).join("\f")) : "-",
  };
}

async function digestText(text: string): Promise<string> {
  const bytes = new TextEncoder().encode(text);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
