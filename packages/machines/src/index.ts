export type { Agreement, AgreementOptions } from "./agreement.ts";
export { machineAgreement } from "./agreement.ts";
export type { BlobMachine, BlobOptions } from "./blob-machine.ts";
export { blobMachine } from "./blob-machine.ts";
export type { HiddenSpace } from "./blobs.ts";
export { hiddenSpace } from "./blobs.ts";
export type { Comparison } from "./compare.ts";
export { compareMachines, outputAfter } from "./compare.ts";
export type { Decoding } from "./decoding.ts";
export { decodeCodes } from "./decoding.ts";
export type { Directions } from "./directions.ts";
export { principalDirections, projectStates } from "./directions.ts";
export type { EvidenceOptions, MachineEvidence, StateEvidence } from "./evidence.ts";
export { machineEvidence } from "./evidence.ts";
export type { Machine } from "./machine.ts";
export { isComplete, minimizeMachine } from "./machine.ts";
export type { MooreMachine } from "./moore.ts";
export { mealyMachine, mooreMachine } from "./moore.ts";
export type { Recovery, RecoveryOptions, Supported } from "./recover.ts";
export { recoverMachines } from "./recover.ts";
export type { Rejection } from "./rejection.ts";
export { isRejection } from "./rejection.ts";
export type { ResidualMachine, ResidualOptions } from "./residual.ts";
export { coreMachine, residualMachine } from "./residual.ts";
export type { Sample, System } from "./system.ts";
export { networkSystem, observedSymbols, sampleWords } from "./system.ts";
export type {
  Contradiction,
  Contradictions,
  Labelled,
  MachineKind,
  MergingOptions,
  MergingOrder,
  Suspects,
  TraceMachine,
} from "./traces/index.ts";
export { findContradictions, findSuspects, mergeTraces, traceMachines } from "./traces/index.ts";
