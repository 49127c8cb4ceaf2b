// What Node can do beside the library: run the text of programs, and judge what a benchmark came
// to.

export type { BenchJob, BenchLine } from "./bench/bench-line.ts";
export { isRight, secondsOf } from "./bench/bench-line.ts";
export type { Fact, FactKey, SeedRun } from "./bench/facts.ts";
export { benchFacts, compareDigests } from "./bench/facts.ts";
export type { Judgement } from "./bench/judge.ts";
export { judgeProgram } from "./bench/judge.ts";
export { newProgram } from "./program.ts";
export { runEmitted } from "./run-emitted.ts";
