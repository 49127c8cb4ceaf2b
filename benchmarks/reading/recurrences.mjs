// The exact integer recurrence of a network that is linear.

import { emit } from "../../packages/codegen/dist/index.js";
import { programCost } from "../../packages/program/dist/index.js";
import {
  impulseResponse,
  isRejection,
  realizeResponse,
  recurrenceToProgram,
  reproduces,
} from "../../packages/regression/dist/index.js";

/** The recurrence as numbers for the table and as lines, with its program. */
export function readRecurrence(recurrent, traces, { kernels }) {
  const response = impulseResponse(recurrent, traces);
  if (isRejection(response)) return rejection(response);
  const found = realizeResponse(response, { kernels });
  if (isRejection(found)) return rejection(found);
  const { recurrence, order } = found;
  const program = recurrenceToProgram(recurrence);
  const exact = reproduces(recurrence, traces);
  const line = `recurrence: order ${recurrence.stateDim} (${order}), ${exact ? "exact" : "NOT exact"} on ${traces.count} sequences, deviation ${response.deviation.toFixed(4)}, cost ${programCost(program)}`;
  const text = emit(program, "python").trimEnd().replace(/^/gm, "  ");
  return { exact, order: recurrence.stateDim, determined: order, lines: [line, text] };
}

const rejection = ({ rejected }) => ({ exact: false, lines: [`recurrence: none (${rejected})`] });
