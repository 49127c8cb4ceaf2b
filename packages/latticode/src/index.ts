export type {
  InputSource,
  ProgramContext,
  Verification,
  VerificationOptions,
} from "./agreement.ts";
export { verifyAgreement } from "./agreement.ts";
export { canonicalJson, digestOf } from "./digest.ts";
export type { EmittedRun, RunEmitted, RunLanguage } from "./emitted.ts";
export type { Extraction, ExtractionOptions } from "./extract.ts";
export { extractProgram } from "./extract.ts";
export type { InputColumn, Inputs } from "./fresh-inputs.ts";
export { drawInputs, observeInputs } from "./fresh-inputs.ts";
export type { Interpretation, JudgedRepair } from "./interpret.ts";
export type { BeyondTrained } from "./proofs.ts";
export type { Stage, StageEvent, Stop } from "./stages.ts";
export { stages } from "./stages.ts";
export type { Synthesis, SynthesisEvent, SynthesisOptions } from "./synthesize.ts";
export { synthesize } from "./synthesize.ts";
export type { Check, CheckName, Counterexample } from "./tally.ts";
export { checkOutcome } from "./tally.ts";
export type { VerificationData } from "./verify.ts";
export { verifyProgram } from "./verify.ts";
