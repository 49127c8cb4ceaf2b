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
export { authorsSteps, type Normalization, type NormalizeOptions, normalize } from "./normalize.ts";
export type { StepOptions } from "./step.ts";
export { type DebiasOptions, debias } from "./steps/debias.ts";
export { type FineTuneOptions, fineTune } from "./steps/fine-tune.ts";
export { type JordanOptions, jordan } from "./steps/jordan.ts";
export { type MergeOptions, merge } from "./steps/merge.ts";
export { type PruneOptions, prune } from "./steps/prune.ts";
export { type QuantizeOptions, quantize } from "./steps/quantize.ts";
export { sort } from "./steps/sort.ts";
export { type ToeplitzOptions, toeplitz } from "./steps/toeplitz.ts";
export { type WhitenOptions, whiten } from "./steps/whiten.ts";
