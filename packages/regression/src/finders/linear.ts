import { isRejection } from "@latticode/machines";
import type { Finder } from "../finder.ts";
import { recurrenceToProgram } from "../linear/coordinates.ts";
import { delayListProgram } from "../linear/delay-list.ts";

/** Programs of linear dynamics of the hidden states: there is nothing else to know about them. */
export const linearStates: Finder = {
  name: "linear",
  explanation:
    "The hidden states lie on a lattice, and their integer coordinates change by a linear rule.",
  route: "white-box",
  isFinal: true,
  *find(context) {
    const linear = context.linear;
    if (isRejection(linear)) return;
    const list = delayListProgram(linear.recurrence);
    if (list) yield { program: list };
    yield { program: recurrenceToProgram(linear.recurrence) };
  },
};

/** The program of the recurrence that the network's impulse responses realise. */
export const linearResponse: Finder = {
  name: "linear",
  explanation: "The outputs are a linear function of all inputs so far, with integer coefficients.",
  route: "black-box",
  *find(context) {
    const realized = context.response;
    if (!isRejection(realized)) yield { program: recurrenceToProgram(realized.recurrence) };
  },
};
