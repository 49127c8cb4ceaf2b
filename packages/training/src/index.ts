export {
  type Evaluation,
  evaluateNetwork,
  loadNetwork,
  type Network,
  type NetworkMetadata,
  type Recurrent,
  recurrentOf,
  saveNetwork,
  type Traces,
  traceNetwork,
} from "@latticode/network";
export type { TrainingData } from "./attempt/training-data.ts";
export type { Journal, JournalEntry } from "./journal.ts";
export type { AttemptReport, TrainingPhase, TrainingProgress } from "./ledger.ts";
export { measureReadability, type Readability } from "./readability.ts";
export { type Split, splitExamples } from "./split.ts";
export {
  type Strategy,
  strategies,
  type TrainingOptions,
  type TrainingResult,
  trainNetwork,
} from "./train.ts";
export { openPool, type Pool, type PoolOptions } from "./workers/pool.ts";
