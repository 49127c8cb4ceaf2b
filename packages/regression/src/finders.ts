import type { Finder } from "./finder.ts";
import { autoregressive } from "./finders/autoregressive.ts";
import { codes } from "./finders/codes.ts";
import { linearResponse, linearStates } from "./finders/linear.ts";
import { lists } from "./finders/lists.ts";
import { machineFinders } from "./finders/machine.ts";
import { paperBoolean, paperLinear, paperSymbolic } from "./finders/paper.ts";
import { tolerantFinders } from "./finders/tolerant.ts";
import { traceFold } from "./finders/trace-fold.ts";
import { window } from "./finders/window.ts";
import type { Route } from "./method.ts";

/** All finders; those of one route are asked in the order of this table. */
export const finders: readonly Finder[] = [
  linearStates,
  codes,
  ...machineFinders("white-box"),
  window,
  linearResponse,
  lists,
  autoregressive,
  ...machineFinders("black-box"),
  traceFold,
  paperLinear,
  paperBoolean,
  paperSymbolic,
];

/**
 * The finder that found a program, which says in a sentence what the program rests on.
 *
 * @param stage the finder's name, as in a reading
 * @throws Error where no finder of that name is on the route
 * @example finderOf("lists", "black-box").explanation
 */
export function finderOf(stage: string, route: Route): Finder {
  return namedFinder(finders, stage, route);
}

/** The same for a repair, whose finders allow for an output that is wrong now and then. */
export function tolerantFinderOf(stage: string): Finder {
  return namedFinder(tolerantFinders, stage, "black-box");
}

function namedFinder(among: readonly Finder[], stage: string, route: Route): Finder {
  const found = among.find((finder) => finder.name === stage && finder.route === route);
  if (found) return found;
  throw new Error(`finderOf: no finder of the ${route} route is called ${JSON.stringify(stage)}`);
}
