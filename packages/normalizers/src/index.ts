export { changeBasis } from "./change-of-basis.ts";
export type { NormalizationReport, NormalizedNetwork } from "./normalization.ts";
export type { Normalization } from "./normalize.ts";
export { normalize } from "./normalize.ts";
export type { WhitenOptions } from "./whiten.ts";
export { whiten } from "./whiten.ts";
