export type { Contradiction, Contradictions, Labelled } from "./contradictions.ts";
export { findContradictions } from "./contradictions.ts";
export type { MachineKind } from "./folding.ts";
export type { TraceMachine } from "./rivals.ts";
export { traceMachines } from "./rivals.ts";
export type { MergingOptions, MergingOrder } from "./state-merging.ts";
export { mergeTraces } from "./state-merging.ts";
export type { Suspects } from "./suspects.ts";
export { findSuspects } from "./suspects.ts";
