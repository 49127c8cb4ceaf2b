export { type Evaluation, evaluateNetwork } from "./evaluate.ts";
export { type Network, stepNetwork, type Traces, traceNetwork } from "./network.ts";
export { fewestSequences, type Split, splitExamples } from "./split.ts";
export {
  type AttemptReport,
  type TrainingOptions,
  type TrainingProgress,
  type TrainingResult,
  trainNetwork,
} from "./train.ts";
