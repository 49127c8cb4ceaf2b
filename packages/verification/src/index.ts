export type {
  InputSource,
  ProgramContext,
  Verification,
  VerificationOptions,
} from "./agreement.ts";
export { summaryOf, verifyAgreement } from "./agreement.ts";
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
