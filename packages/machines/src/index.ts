export type { Agreement, AgreementOptions } from "./agreement.ts";
export { machineAgreement } from "./agreement.ts";
export type { ResidualMachine, ResidualOptions } from "./behaviour/residual.ts";
export { coreMachine, residualMachine } from "./behaviour/residual.ts";
export type { Comparison } from "./compare.ts";
export { compareMachines, outputAfter } from "./compare.ts";
export type { BlobMachine, BlobOptions } from "./hidden-states/blob-machine.ts";
export { blobMachine } from "./hidden-states/blob-machine.ts";
export type { HiddenSpace } from "./hidden-states/blobs.ts";
export { hiddenSpace } from "./hidden-states/blobs.ts";
export type { AffineMap, Decoding } from "./hidden-states/decoding.ts";
export { decodeCodes } from "./hidden-states/decoding.ts";
export type { Directions } from "./hidden-states/directions.ts";
export { principalDirections, projectStates } from "./hidden-states/directions.ts";
export type { EvidenceOptions, MachineEvidence, StateEvidence } from "./hidden-states/evidence.ts";
export { machineEvidence } from "./hidden-states/evidence.ts";
export type { Machine } from "./machine.ts";
export { isComplete, minimizeMachine } from "./machine.ts";
export type { MooreMachine } from "./moore.ts";
export { mealyMachine, mooreMachine } from "./moore.ts";
export type { OutputNumbers, ProductResult, Walker } from "./product.ts";
export { machineWalker, numberOutputs, programWalker, searchProduct } from "./product.ts";
export type { Recovery, RecoveryOptions, Supported } from "./recover.ts";
export { recoverMachines } from "./recover.ts";
export type { IntegerMatrix, Recurrence } from "./recurrence.ts";
export type { Rejection } from "./rejection.ts";
export { isRejection } from "./rejection.ts";
export type { Sample, System } from "./system.ts";
export { observedSymbols, sampleWords, systemOf } from "./system.ts";
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
