export { type Evaluation, evaluateNetwork } from "./evaluate.ts";
export type { Journal, JournalEntry } from "./journal.ts";
export { type Network, stepNetwork, type Traces, traceNetwork } from "./network.ts";
export { openPool, type Pool, type PoolOptions } from "./pool.ts";
export { measureReadability, type Readability } from "./readability.ts";
export { loadNetwork, type NetworkMetadata, saveNetwork } from "./safetensors.ts";
export { fewestSequences, type Split, splitExamples } from "./split.ts";
export {
  type AttemptReport,
  type Strategy,
  strategies,
  type TrainingOptions,
  type TrainingPhase,
  type TrainingProgress,
  type TrainingResult,
  trainNetwork,
} from "./train.ts";
export type { TrainingData } from "./unit.ts";
