import type { TrainingData } from "../attempt/training-data.ts";
import type { Unit, UnitOutcome } from "../attempt/unit.ts";

/** What a worker is told. */
export type WorkerCommand =
  | { readonly type: "start"; readonly module: WebAssembly.Module }
  | { readonly type: "load"; readonly data: TrainingData }
  | { readonly type: "run"; readonly unit: Unit }
  | { readonly type: "cancel" };

/** What a worker tells: one of the first two at its start, one of the last three for each unit. */
export type WorkerReport =
  | { readonly type: "ready" }
  | { readonly type: "failed"; readonly error: Error }
  | { readonly type: "loss"; readonly loss: number }
  | { readonly type: "outcome"; readonly outcome: UnitOutcome }
  | { readonly type: "cancelled" }
  | { readonly type: "fault"; readonly error: unknown };
