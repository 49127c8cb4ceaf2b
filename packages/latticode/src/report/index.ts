export type { Account, Block } from "./account.ts";
export { accountOf, blocksOf, headlineOf } from "./account.ts";
export type {
  Claims,
  Determined,
  HeldBack,
  RelationFacts,
  Shown,
} from "./claims.ts";
export { claimsOf, extractionClaimsOf } from "./claims.ts";
export type { DecodedVariable } from "./decoded-variables.ts";
export { decodedVariables } from "./decoded-variables.ts";
export type { DomainFacts, Word } from "./domain.ts";
export { domainFacts, domainText, wordText } from "./domain.ts";
export { missingOf } from "./missing.ts";
