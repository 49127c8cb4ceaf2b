import { lineComments } from "../shared/documentation.ts";
import { edgesOf, stateNames } from "./edges.ts";
import type { DrawnMachine } from "./machine-text.ts";
import { outputText } from "./machine-text.ts";

/** A machine as a Mermaid state diagram, the docstring in comments before it. */
export function machineMermaid(machine: DrawnMachine, docstring = ""): string {
  return [
    // Mermaid takes what is in braces after the mark for a directive.
    ...lineComments("%%", docstring.replace(/[{}]/g, " ")),
    "stateDiagram-v2",
    "    direction LR",
    ...stateNames(machine).map(
      (name, state) => `    state "${name}, y = ${outputText(machine, state)}" as ${name}`,
    ),
    `    [*] --> s${machine.initial}`,
    ...edgesOf(machine).map(
      ({ from, to, parts }) => `    s${from} --> s${to} : ${parts.join(", ")}`,
    ),
    "",
  ].join("\n");
}
