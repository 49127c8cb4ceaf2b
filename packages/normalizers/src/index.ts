export { changeBasis, translateStates } from "./change-of-basis.ts";
export type { DebiasOptions } from "./debias.ts";
export { debias } from "./debias.ts";
export type { FineTuneOptions } from "./fine-tune.ts";
export { fineTune } from "./fine-tune.ts";
export type { JordanOptions } from "./jordan.ts";
export { jordan } from "./jordan.ts";
export type { JordanRefusal } from "./jordan-cluster.ts";
export type { JordanBlock, JordanForm, JordanFormOptions } from "./jordan-form.ts";
export { jordanForm } from "./jordan-form.ts";
export type { MergeOptions } from "./merge.ts";
export { merge } from "./merge.ts";
export type {
  CoordinateChange,
  NormalizationReport,
  NormalizedNetwork,
  StepName,
  WeightCount,
} from "./normalization.ts";
export type { Normalization, NormalizeOptions } from "./normalize.ts";
export { authorsSteps, normalize } from "./normalize.ts";
export type { PruneOptions } from "./prune.ts";
export { prune } from "./prune.ts";
export type { QuantizeOptions } from "./quantize.ts";
export { quantize } from "./quantize.ts";
export { sort } from "./sort.ts";
export type { StepOptions } from "./step.ts";
export type { ToeplitzOptions } from "./toeplitz.ts";
export { toeplitz } from "./toeplitz.ts";
export type { WhitenOptions } from "./whiten.ts";
export { whiten } from "./whiten.ts";
