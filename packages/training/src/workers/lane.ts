import type { Kernels } from "@latticode/kernels";
import { givingWay } from "@latticode/network";
import type { TrainingData } from "../attempt/training-data.ts";
import { runUnit, type Unit, type UnitOutcome } from "../attempt/unit.ts";

export interface LaneOptions {
  readonly onLoss: (loss: number) => void;
  readonly signal: AbortSignal;
}

/** Something that runs units one after the other: this thread, or a worker. */
export interface Lane {
  /** Sets what the units after it work with. */
  load(data: TrainingData): void;
  /** Rejects with the signal's reason once that is aborted, and is then ready for another unit. */
  run(unit: Unit, options: LaneOptions): Promise<UnitOutcome>;
  close(): void;
}

/** A lane in the calling thread, which gives way to the host's events while a unit runs. */
export function laneHere(kernels: Kernels): Lane {
  let loaded: TrainingData | undefined;
  return {
    load(data) {
      loaded = data;
    },
    async run(unit, { onLoss, signal }) {
      signal.throwIfAborted();
      if (!loaded) throw new Error("a lane has no data: load comes before run");
      return runUnit(unit, loaded, { kernels, onLoss, giveWay: givingWay(signal) });
    },
    close() {
      loaded = undefined;
    },
  };
}
