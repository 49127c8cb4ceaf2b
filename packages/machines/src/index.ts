export { type Agreement, type AgreementOptions, machineAgreement } from "./agreement.ts";
export type { ResidualMachine, ResidualOptions } from "./behaviour/residual.ts";
export { coreMachine, residualMachine } from "./behaviour/residual.ts";
export { type Comparison, compareMachines, outputAfter } from "./compare.ts";
export { type BlobMachine, type BlobOptions, blobMachine } from "./hidden-states/blob-machine.ts";
export { type HiddenSpace, hiddenSpace } from "./hidden-states/blobs.ts";
export { type Decoding, decodeCodes } from "./hidden-states/decoding.ts";
export { type Directions, principalDirections, projectStates } from "./hidden-states/directions.ts";
export type { EvidenceOptions, MachineEvidence, StateEvidence } from "./hidden-states/evidence.ts";
export { machineEvidence } from "./hidden-states/evidence.ts";
export { isComplete, type Machine, minimizeMachine } from "./machine.ts";
export { type MooreMachine, mooreMachine } from "./moore.ts";
export type { OutputNumbers, ProductResult, Walker } from "./product.ts";
export { machineWalker, numberOutputs, programWalker, searchProduct } from "./product.ts";
export { type Recovery, type RecoveryOptions, recoverMachines, type Supported } from "./recover.ts";
export type { IntegerMatrix, Recurrence } from "./recurrence.ts";
export { isRejection, type Rejection } from "./rejection.ts";
export { observedSymbols, type Sample, type System, sampleWords, systemOf } from "./system.ts";
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
