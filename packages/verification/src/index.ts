export type {
  InputSource,
  ProgramContext,
  Verification,
  VerificationOptions,
} from "./agreement.ts";
export { summaryOf, verifyAgreement } from "./agreement.ts";
export type { Depth } from "./claims/depth.ts";
export type { Determination, DeterminationData } from "./claims/determined.ts";
export { determine } from "./claims/determined.ts";
export type { Domain, RowOrder } from "./claims/domain.ts";
export { observeDomain, productDomain } from "./claims/domain.ts";
export type { Relation, RelationOptions } from "./claims/relation.ts";
export { relate } from "./claims/relation.ts";
export type { Rival } from "./claims/rivals.ts";
export type { StepCoverage } from "./claims/steps.ts";
export type { EmittedRun, RunEmitted, RunLanguage } from "./emitted.ts";
export { checkEmitted, runLanguages } from "./emitted.ts";
export type { Equality, EqualityOptions } from "./equivalence/equivalence.ts";
export {
  proveAgainstMachine,
  proveAgainstRecurrence,
  proveEqual,
} from "./equivalence/equivalence.ts";
export type { InputColumn, Inputs } from "./fresh-inputs.ts";
export { drawInputs, observeInputs } from "./fresh-inputs.ts";
export {
  countOf,
  countText,
  measuredText,
  numberText,
  percentText,
  tableText,
} from "./number-text.ts";
export type { BeyondTrained } from "./proofs.ts";
export { beyondText, beyondTrained } from "./proofs.ts";
export type { Check, CheckName, Counterexample } from "./tally.ts";
export { checkOutcome } from "./tally.ts";
export type { VerificationData } from "./verify.ts";
export { checkConfirmation, splitLonger, verifyProgram } from "./verify.ts";
export { allWords, countWords } from "./words.ts";
