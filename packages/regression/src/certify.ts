import { isRejection, observedSymbols } from "@latticode/machines";
import type { Traces } from "@latticode/network";
import type { Expression, Program } from "@latticode/program";
import { replaceStates, state } from "@latticode/program";
import { proveEqual } from "@latticode/verification";
import type { Candidate } from "./candidates.ts";
import type { Route } from "./method.ts";

/** A second program for the same network, found in a way that shares nothing with the first. */
export interface Certificate {
  readonly route: Route;
  readonly stage: string;
  readonly program: Program;
  readonly equality: "same program" | "proven equal" | "agrees" | "differs";
  /** What the equality rests on, one line. */
  readonly explanation: string;
}

/** Whether two programs of one network are the same function, and what that rests on. */
export function certify(
  program: Program,
  { route, stage, program: other }: Candidate,
  traces: Traces,
): Certificate {
  return { route, stage, program: other, ...equalityOf(program, other, traces) };
}

function equalityOf(
  a: Program,
  b: Program,
  traces: Traces,
): Pick<Certificate, "equality" | "explanation"> {
  if (isSameText(a, b)) return { equality: "same program", explanation: "both routes found it" };
  const symbols = observedSymbols(traces.x, traces.inputDim);
  const proof = isRejection(symbols) ? undefined : proveEqual(a, b, symbols);
  if (proof?.equal === true) return { equality: "proven equal", explanation: proof.proof };
  if (proof?.equal === false) {
    const word = JSON.stringify(Array.from(proof.counterexample));
    return { equality: "differs", explanation: `on the inputs ${word}` };
  }
  const why = proof ? proof.reason : "too many inputs to prove it";
  return { equality: "agrees", explanation: `on ${traces.count} sequences, not proven: ${why}` };
}

/** Whether two programs are the same up to the names of their variables. */
function isSameText(a: Program, b: Program): boolean {
  return JSON.stringify(renamed(a)) === JSON.stringify(renamed(b));
}

function renamed(program: Program): Program {
  const names = new Map(program.state.map(({ name }, i) => [name, `v${i}`]));
  const rename = (e: Expression) => replaceStates(e, (name) => state(names.get(name)!));
  return {
    inputDim: program.inputDim,
    state: program.state.map(({ name, initial }) => ({ name: names.get(name)!, initial })),
    order: program.updates.length > 1 ? program.order : "in-place",
    updates: program.updates.map(({ target, value }) => ({
      target: names.get(target)!,
      value: rename(value),
    })),
    outputs: program.outputs.map(rename),
  };
}
