export { changeBasis, translateStates } from "./change-of-basis.ts";
export type { JordanRefusal } from "./jordan/jordan-cluster.ts";
export type { JordanBlock, JordanForm, JordanFormOptions } from "./jordan/jordan-form.ts";
export { jordanForm } from "./jordan/jordan-form.ts";
export type {
  CoordinateChange,
  NormalizationReport,
  NormalizedNetwork,
  StepName,
  WeightCount,
} from "./normalization.ts";
export type { Normalization, NormalizeOptions } from "./normalize.ts";
export { authorsSteps, normalize } from "./normalize.ts";
export type { StepOptions } from "./step.ts";
export type { DebiasOptions } from "./steps/debias.ts";
export { debias } from "./steps/debias.ts";
export type { FineTuneOptions } from "./steps/fine-tune.ts";
export { fineTune } from "./steps/fine-tune.ts";
export type { JordanOptions } from "./steps/jordan.ts";
export { jordan } from "./steps/jordan.ts";
export type { MergeOptions } from "./steps/merge.ts";
export { merge } from "./steps/merge.ts";
export type { PruneOptions } from "./steps/prune.ts";
export { prune } from "./steps/prune.ts";
export type { QuantizeOptions } from "./steps/quantize.ts";
export { quantize } from "./steps/quantize.ts";
export { sort } from "./steps/sort.ts";
export type { ToeplitzOptions } from "./steps/toeplitz.ts";
export { toeplitz } from "./steps/toeplitz.ts";
export type { WhitenOptions } from "./steps/whiten.ts";
export { whiten } from "./steps/whiten.ts";
