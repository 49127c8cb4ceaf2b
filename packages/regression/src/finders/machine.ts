import type { Machine } from "@latticode/machines";
import type { ReadingContext } from "../context.ts";
import type { Bound, Finder, Findings } from "../finder.ts";
import type { Route } from "../method.ts";
import type { FoundMachine } from "../recovered-machines.ts";
import type { Fold } from "../search/fold.ts";
import { permutedLabels } from "../search/fold.ts";
import { stepsOfMachine } from "../search/steps.ts";
import { windowOfMachine } from "../search/window.ts";
import { tableProgram } from "./table.ts";
import { windowExplanation } from "./window.ts";

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
      explanation:
        "The states of a finite machine can be numbered so that a short update gives the next one.",
      route,
      find: onMachine(foldPrograms),
    },
    {
      name: "labels",
      explanation:
        "The states of a small machine can be numbered so that short expressions fit them.",
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
  context: ReadingContext,
  bound: Bound,
): Findings {
  const window = windowOfMachine(machine, mostMemory);
  const program = window && context.programOfWindow(window, bound());
  if (program) yield { program };
}

function* foldPrograms({ machine }: FoundMachine, context: ReadingContext, bound: Bound): Findings {
  yield* programsOf(context.foldsOf(machine), context, bound);
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

/** The shortest program of each fold. */
export function* programsOf(
  folds: Iterable<Fold>,
  { programOfSteps }: Pick<ReadingContext, "programOfSteps">,
  bound: Bound,
): Findings {
  for (const fold of folds) {
    const program = programOfSteps(fold, bound());
    if (program) yield { program };
  }
}
