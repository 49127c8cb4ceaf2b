// Every check and every proof. `verifyProgram` goes over all checks; each has a file of its name:
//
//   labels      against the labels of examples held back
//   words       against the network on all input sequences of a length, where they are few
//   network     against the network on random sequences of the trained length
//   edges       against the network on sequences at the edges of the inputs
//   long        against the network on longer sequences, as far as it is right there
//   drift       how often both agree on longer sequences: tells, and judges nothing
//   readings    proofs against the machine and the recurrence that were read, by `equivalence/`
//   text        the program's text, run in another process

export { relationText, verifyAgreement } from "./agreement.ts";
export type { Check, CheckName, Counterexample, RunLanguage } from "./check.ts";
export { checkOutcome, countOf, countText, runLanguages, summaryOf } from "./check.ts";
export type { Depth } from "./claims/depth.ts";
export type { Determination, DeterminationData } from "./claims/determined.ts";
export { determine } from "./claims/determined.ts";
export type { IntegerDistance } from "./claims/distance.ts";
export { distanceToIntegers, mostDistance } from "./claims/distance.ts";
export type { Domain, RowOrder } from "./claims/domain.ts";
export { countWordsOf, drawWords, observeDomain, productDomain, wordsOf } from "./claims/domain.ts";
export type { Horizon } from "./claims/horizon.ts";
export { compareBeyond, horizonText } from "./claims/horizon.ts";
export type { InputGroup, OneHotColumns } from "./claims/input-groups.ts";
export { checkGroups, groupText, observeGroups, widthOf } from "./claims/input-groups.ts";
export type { Relation } from "./claims/relation.ts";
export type { Rival } from "./claims/rivals.ts";
export type { StepCoverage } from "./claims/steps.ts";
export type { Equality, EqualityOptions } from "./equivalence/equivalence.ts";
export {
  proveAgainstMachine,
  proveAgainstRecurrence,
  proveEqual,
} from "./equivalence/equivalence.ts";
export type { InputColumn, Inputs } from "./inputs/drawn.ts";
export { drawInputs, observeInputs } from "./inputs/drawn.ts";
export { edgeInputs } from "./inputs/edges.ts";
export type { LabelledSequence } from "./labels.ts";
export { countWrong, wrongSequences } from "./labels.ts";
export type {
  InputSource,
  ProgramContext,
  Verification,
  VerificationOptions,
} from "./options.ts";
export type { EmittedRun, RunEmitted } from "./text.ts";
export { checkText } from "./text.ts";
export type { VerificationData } from "./verify.ts";
export { checkConfirmation, splitLonger, verifyProgram } from "./verify.ts";
