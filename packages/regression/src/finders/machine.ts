import type { Machine } from "@latticode/machines";
import type { ReadingContext } from "../context.ts";
import type { Bound, Finder, Findings } from "../finder.ts";
import type { Route } from "../method.ts";
import type { FoundMachine } from "../recovered-machines.ts";
import { stepsOfMachine } from "../search/steps.ts";
import type { Fold } from "./fold.ts";
import { foldMachine, permutedLabels, programsOf } from "./fold.ts";
import { tableProgram } from "./table.ts";
import { programOfWindow, windowExplanation, windowOfMachine } from "./window.ts";

// Programs of the machine of a route: its memory, integers for its states, and at last its table.

/** Lags of a machine's memory. */
const mostMemory = 6;

/** The finders of a machine, which say no more than the machine does. */
export function machineFinders(route: Route): readonly Finder[] {
  const onMachine =
    (find: (found: FoundMachine, context: ReadingContext, bound: Bound) => Findings) =>
    (context: ReadingContext, bound: Bound): Findings => {
      const machine = context.machines.of[route];
      return machine ? find(machine, context, bound) : none();
    };
  return [
    { name: "window", explanation: windowExplanation, route, find: onMachine(windowPrograms) },
    {
      name: "fold",
      explanation: "The states of a finite machine are integers that a short update leads through.",
      route,
      find: onMachine(foldPrograms),
    },
    {
      name: "labels",
      explanation: "The states of a small machine are numbered so that short expressions fit them.",
      route,
      find: onMachine(labelPrograms),
    },
    {
      name: tableName,
      explanation:
        "The program looks up the transitions of a finite machine: nothing shorter was found.",
      route,
      find: onMachine(tablePrograms),
    },
  ];
}

/** The finder of programs that say nothing shorter than a machine. */
export const tableName = "table";

function* none(): Findings {}

function* windowPrograms(
  { machine }: FoundMachine,
  { kernels }: ReadingContext,
  bound: Bound,
): Findings {
  const window = windowOfMachine(machine, mostMemory);
  const program = window && programOfWindow(window, { kernels, bound: bound() });
  if (program) yield { program };
}

function* foldPrograms({ machine }: FoundMachine, context: ReadingContext, bound: Bound): Findings {
  yield* programsOf(foldMachine(machine, context), context, bound);
}

function* labelPrograms(
  { machine }: FoundMachine,
  context: ReadingContext,
  bound: Bound,
): Findings {
  yield* programsOf(labelled(machine), context, bound);
}

function* labelled(machine: Machine): Generator<Fold> {
  for (const labels of permutedLabels(machine.stateCount)) {
    yield { steps: stepsOfMachine(machine, labels) };
  }
}

function* tablePrograms({ machine, closed }: FoundMachine): Findings {
  const program = closed ? tableProgram(machine) : undefined;
  if (program) yield { program };
}
