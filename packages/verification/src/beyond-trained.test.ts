import { expect, test } from "vitest";
import { beyondText } from "./beyond-trained.ts";

const machine = {
  from: "behaviour",
  states: 2,
  closed: true,
  inferred: 0,
  transitions: 8,
} as const;

test.each([
  [{ basis: "machine", machine }, "equal to the 2-state machine recovered from behaviour"],
  [
    { basis: "machine", machine: { ...machine, inferred: 1 } },
    "equal to the 2-state machine recovered from behaviour; that machine has 1 of 8 transitions inferred",
  ],
  [{ basis: "recurrence", machine }, "equal to the recurrence read from the network"],
  [
    { basis: "recurrence", machine: { ...machine, from: "hidden states", closed: false } },
    "equal to the recurrence read from the network; the 2-state machine recovered from hidden states is incomplete within that length",
  ],
  [
    { basis: "form", machine: { ...machine, states: 40, closed: false, inferred: 3 } },
    "extrapolated from the program itself, not proven; the 40-state machine recovered from behaviour is incomplete within that length and has 3 of 8 transitions inferred",
  ],
  [{ basis: "form" }, "extrapolated from the program itself, not proven"],
] as const)("what goes beyond the trained length rests on %j", (rests, text) => {
  expect(beyondText({ length: 10, ...rests })).toBe(`beyond length 10: ${text}`);
});
