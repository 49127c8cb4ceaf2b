export type { Recurrent } from "@latticode/network";
export { recurrentOf } from "@latticode/network";
export type {
  Check,
  CheckName,
  Counterexample,
  Domain,
  EmittedRun,
  Horizon,
  InputColumn,
  InputGroup,
  InputSource,
  Inputs,
  IntegerDistance,
  OneHotColumns,
  ProgramContext,
  Relation,
  RunEmitted,
  RunLanguage,
  Verification,
  VerificationData,
  VerificationOptions,
} from "@latticode/verification";
export {
  checkOutcome,
  drawInputs,
  observeInputs,
  productDomain,
  verifyAgreement,
  verifyProgram,
} from "@latticode/verification";
export { ContradictionError } from "./pipeline/contradictions.ts";
export { canonicalJson, digestOf } from "./pipeline/digest.ts";
export type { Extraction, ExtractionOptions } from "./pipeline/extract.ts";
export { extractProgram } from "./pipeline/extract.ts";
export type { Interpretation, JudgedRepair } from "./pipeline/interpret.ts";
export type { Stage, StageEvent, Stop } from "./pipeline/stages.ts";
export { stages } from "./pipeline/stages.ts";
export type {
  LabelCounts,
  Synthesis,
  SynthesisEvent,
  SynthesisOptions,
} from "./pipeline/synthesize.ts";
export { synthesize } from "./pipeline/synthesize.ts";
export type { Noise, Verdict } from "./pipeline/verdict.ts";
export * from "./report/index.ts";
