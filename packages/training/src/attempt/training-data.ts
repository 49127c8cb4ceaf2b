import type { Examples } from "@latticode/program";

/** The sets that a training works with, never mixed; a `Split` has them. */
export interface TrainingData {
  /** What the weights are fitted to. */
  readonly training: Examples;
  /** What decides whether a unit has succeeded. */
  readonly stopping: Examples;
  /** What a network that passed the others must still be right on. */
  readonly confirmation: Examples;
  /** More sequences, of a greater length, where there are any: networks are refined on them. */
  readonly longer?: Examples | undefined;
}
