import { type Agreement, type AgreementOptions, machineAgreement } from "./agreement.ts";
import {
  type ResidualMachine,
  type ResidualOptions,
  residualMachine,
} from "./behaviour/residual.ts";
import { type Comparison, compareMachines, outputAfter } from "./compare.ts";
import { type BlobMachine, type BlobOptions, blobMachine } from "./hidden-states/blob-machine.ts";
import { hiddenSpace } from "./hidden-states/blobs.ts";
import { type MachineEvidence, machineEvidence } from "./hidden-states/evidence.ts";
import type { Machine } from "./machine.ts";
import { isRejection, type Rejection } from "./rejection.ts";
import { DivergenceError, type System, sampleWords } from "./system.ts";

/** A machine with what speaks for it. */
export interface Supported {
  readonly agreement: Agreement;
  readonly evidence: MachineEvidence;
}

/** Two machines of one system, found in ways that share nothing. */
export interface Recovery {
  /** From behaviour alone. */
  readonly residual: (ResidualMachine & Supported) | Rejection;
  /** From hidden states. */
  readonly blobs: (BlobMachine & Supported) | Rejection;
  /** Absent where there are not two machines. */
  readonly comparison?: Comparison & {
    /** Where they differ, which of them the system contradicts, or that it can't be asked. */
    readonly wrong?: "residual" | "blobs" | "both" | "beyond the trained length";
  };
  /** Which machine to go on with: wrong on no word looked at, closed rather than not. */
  readonly chosen?: "residual" | "blobs";
}

export interface RecoveryOptions
  extends AgreementOptions,
    BlobOptions,
    Pick<ResidualOptions, "maximumStates"> {
  /** For words where there are too many; an integer from 0 to 2^32 - 2. */
  readonly seed: number;
}

/** Words whose hidden states give the coordinates of the evidence. */
const spaceWords = 800;

/**
 * Recovers the residual machine and the blob machine of a system, and holds them together. What is
 * not found is a rejection, as is a system that diverges on a word within its length.
 */
export function recoverMachines(system: System, options: RecoveryOptions): Recovery {
  try {
    return recoverBoth(system, options);
  } catch (error) {
    if (!(error instanceof DivergenceError)) throw error;
    const diverged = { rejected: `machine: ${error.message}` };
    return { residual: diverged, blobs: diverged };
  }
}

function recoverBoth(system: System, options: RecoveryOptions): Recovery {
  const space = hiddenSpace(sampleWords(system, spaceWords, options.seed), options);
  const blobs = blobMachine(system, options);
  let residual = residualMachine(system, options);
  let agreements = agreementsOf(system, [residual, blobs], options);
  // all words may show what a sample did not: states that need a longer look
  while (!isRejection(residual) && agreements[0]!.wrong > 0) {
    if (residual.lookAhead >= system.length - 1) break;
    // one that is not closed is right on all words when it looks as far as they go
    const further = residualMachine(system, {
      ...options,
      leastLookAhead: residual.closed ? residual.lookAhead + 1 : system.length - 1,
      ...(agreements[0]!.exhaustive && { mostSuffixes: 2 ** 19 }),
    });
    if (isRejection(further)) break;
    residual = further;
    agreements = [agreementsOf(system, [residual], options)[0], agreements[1]];
  }
  const support = <T extends { readonly machine: Machine; readonly closed: boolean }>(
    found: T | Rejection,
    agreement: Agreement | undefined,
  ): (T & Supported) | Rejection => {
    if (isRejection(found)) return found;
    const evidence = machineEvidence(system, found.machine, { ...options, space });
    const closed = found.closed && agreement!.wrong === 0;
    return { ...found, closed, agreement: agreement!, evidence };
  };
  const both = {
    residual: support(residual, agreements[0]),
    blobs: support(blobs, agreements[1]),
  };
  const right = (["residual", "blobs"] as const).flatMap((which) => {
    const found = both[which];
    const isRight = !isRejection(found) && found.agreement.wrong === 0;
    return isRight ? [{ which, closed: found.closed }] : [];
  });
  const chosen = (right.find(({ closed }) => closed) ?? right[0])?.which;
  return {
    ...both,
    ...(!isRejection(residual) &&
      !isRejection(blobs) && {
        comparison: explain(system, residual.machine, blobs.machine),
      }),
    ...(chosen && { chosen }),
  };
}

function agreementsOf(
  system: System,
  found: readonly ({ readonly machine: Machine } | Rejection)[],
  options: RecoveryOptions,
): (Agreement | undefined)[] {
  const machines = found.flatMap((f) => (isRejection(f) ? [] : [f.machine]));
  const agreements = machineAgreement(system, machines, options);
  return found.map((f) => (isRejection(f) ? undefined : agreements.shift()));
}

function explain(
  system: System,
  residual: Machine,
  blobs: Machine,
): NonNullable<Recovery["comparison"]> {
  const comparison = compareMachines(residual, blobs);
  if (!comparison.word) return comparison;
  const truth = outputAfter(system, comparison.word);
  if (!truth) return { ...comparison, wrong: "beyond the trained length" };
  const [first, second] = comparison.outputs!.map((output) =>
    output.every((value, k) => value === truth[k]),
  );
  return { ...comparison, wrong: first ? "blobs" : second ? "residual" : "both" };
}
