export { canonicalJson, digestOf } from "./digest.ts";
export type { InputColumn, Inputs } from "./fresh-inputs.ts";
export { drawInputs, observeInputs } from "./fresh-inputs.ts";
export type { Stage, Stop, Synthesis, SynthesisEvent, SynthesisOptions } from "./synthesize.ts";
export { stages, synthesize } from "./synthesize.ts";
export type { Check, Counterexample, Verification, VerificationOptions } from "./verify.ts";
export { verifyProgram } from "./verify.ts";
