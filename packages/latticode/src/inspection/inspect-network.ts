import type { Kernels } from "@latticode/kernels";
import type { Network, Traces } from "@latticode/network";
import { recurrentOf, traceNetwork } from "@latticode/network";
import type { NormalizationReport, StepName } from "@latticode/normalizers";
import { authorsSteps, normalize } from "@latticode/normalizers";
import type { Reading } from "@latticode/regression";
import { readProgram } from "@latticode/regression";
import type { InputGroup } from "@latticode/verification";
import { countOf, drawWords, productDomain, widthOf } from "@latticode/verification";
import type { Clusters } from "./clusters.ts";
import { findClusters } from "./clusters.ts";

/** A network before the first step, or after one. */
export interface InspectedStage {
  readonly name: "as trained" | StepName;
  /** What the step did; absent before the first. */
  readonly report?: NormalizationReport;
  readonly network: Network;
  /** Its hidden states; all stages have the same inputs. */
  readonly traces: Traces;
}

/** What there is to see in a network: plain data, the same for equal arguments. */
export interface Inspection {
  /** What the inputs were drawn from. */
  readonly columns: readonly InputGroup[];
  readonly seed: number;
  /** As trained, then after each normalizer, refused ones too. */
  readonly stages: readonly InspectedStage[];
  /** What was read from the last stage. */
  readonly reading: Reading;
  /** Hidden states that belong together; absent where they are too many to tell apart. */
  readonly clusters?: Clusters;
}

export interface InspectionOptions {
  readonly kernels: Kernels;
  /** The values of each input, of [inputDim] columns together. */
  readonly columns: readonly InputGroup[];
  /** Positions a sequence: as many as the network was trained on, 1 to 4096. */
  readonly length: number;
  /** For what is drawn at random; an integer from 0 to 2^32 - 2. */
  readonly seed: number;
}

/** Hidden states that are looked at, about. */
const positions = 20_000;

/**
 * Normalizes a network step by step and reads it: its hidden states on random inputs at every step,
 * then their lattice, machine and program.
 *
 * @throws RangeError where the columns do not fit the network, or it diverges on such inputs
 */
export function inspectNetwork(network: Network, options: InspectionOptions): Inspection {
  const { kernels, columns, length, seed } = options;
  const { inputDim } = network.shape;
  const width = columns.reduce((sum, group) => sum + widthOf(group), 0);
  if (width !== inputDim) {
    throw new RangeError(
      `there are inputs of ${countOf(width, "column")}, the network reads ${inputDim}`,
    );
  }
  const count = Math.max(20, Math.min(2000, Math.floor(positions / length)));
  const inputs = drawWords(productDomain(columns, length), { count, length, seed });
  const tracesOf = (network: Network) => traceNetwork(recurrentOf(network, { kernels }), inputs);
  const trained = tracesOf(network);
  if (![...trained.h].every(Number.isFinite)) {
    throw new RangeError(
      `the network's hidden states are not finite numbers on such inputs of length ${length}`,
    );
  }
  const stages: InspectedStage[] = [{ name: "as trained", network, traces: trained }];
  for (const name of authorsSteps) {
    const before = stages[stages.length - 1];
    const after = normalize(before.network, trained, { kernels, steps: [name] });
    const [report] = after.steps;
    const traces = report.changed ? tracesOf(after.network) : before.traces;
    stages.push({ name, report, network: after.network, traces });
  }
  const { network: last, traces } = stages[stages.length - 1];
  const reading = readProgram(recurrentOf(last, { kernels }), traces, { kernels, seed });
  const isLattice = reading.codes !== undefined && reading.machine === undefined;
  const clusters = isLattice ? undefined : findClusters(traces, reading.machine, { kernels });
  return { columns, seed, stages, reading, ...(clusters && { clusters }) };
}
