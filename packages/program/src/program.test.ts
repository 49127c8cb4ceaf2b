import { expect, test } from "vitest";
import { randomProgram } from "../testing/random-program.ts";
import { checkProgram } from "./program.ts";

/** The running sum as it comes out of JSON.parse, to be damaged. */
function runningSum() {
  return {
    inputDim: 1,
    state: [{ name: "a", initial: 0 }],
    order: "in-place",
    updates: [
      {
        target: "a",
        value: {
          op: "+",
          args: [
            { op: "state", name: "a" },
            { op: "input", index: 0 },
          ],
        },
      },
    ],
    outputs: [{ op: "state", name: "a" }],
  };
}

test("programs pass, also after a round trip through JSON", () => {
  checkProgram(runningSum());
  for (let seed = 0; seed < 200; seed++) {
    checkProgram(JSON.parse(JSON.stringify(randomProgram({ seed }))));
  }
});

test.each<[string, (program: Record<string, never>) => unknown, string]>([
  ["null", () => null, "program: not an object"],
  ["an array", () => [], "program: not an object"],
  ["no inputs", (p) => ({ ...p, inputDim: 0 }), "inputDim: 0 is not an integer from 1 to 65536"],
  ["text for a number", (p) => ({ ...p, inputDim: "1" }), 'inputDim: "1" is not an integer'],
  ["no state", (p) => ({ ...p, state: undefined }), "state: not an array"],
  ["a hole", (p) => ({ ...p, state: new Array(1) }), "state[0]: not an object"],
  ["no name", (p) => ({ ...p, state: [{ initial: 0 }] }), "state[0].name: undefined is not a name"],
  [
    "a start value that is no integer",
    (p) => ({ ...p, state: [{ name: "a", initial: 0.5 }] }),
    "state[0].initial: 0.5 is not a safe integer",
  ],
  [
    "two variables of one name",
    (p) => ({
      ...p,
      state: [
        { name: "a", initial: 0 },
        { name: "a", initial: 1 },
      ],
    }),
    'state[1].name: "a" is already the name of another variable',
  ],
  [
    "an unknown order",
    (p) => ({ ...p, order: "parallel" }),
    'order: "parallel" is neither "simultaneous" nor "in-place"',
  ],
  [
    "an update of nothing",
    (p) => ({ ...p, updates: [{ target: "b", value: { op: "integer", value: 1 } }] }),
    'updates[0].target: unknown state variable "b"',
  ],
  [
    "two simultaneous updates of one variable",
    (p) => ({
      ...p,
      order: "simultaneous",
      updates: [
        { target: "a", value: { op: "integer", value: 1 } },
        { target: "a", value: { op: "integer", value: 2 } },
      ],
    }),
    'updates[1].target: "a" is updated twice',
  ],
  ["no outputs", (p) => ({ ...p, outputs: [] }), "outputs: empty"],
  ["an output that is a number", (p) => ({ ...p, outputs: [1] }), "outputs[0]: not an object"],
  [
    "an operator of a prototype",
    (p) => ({ ...p, outputs: [{ op: "constructor", args: [] }] }),
    'outputs[0].op: "constructor" is not one of integer list input state negate',
  ],
  [
    "a missing argument",
    (p) => ({ ...p, outputs: [{ op: "+", args: [{ op: "integer", value: 1 }] }] }),
    'outputs[0].args: "+" takes 2 arguments, has 1',
  ],
  ["no arguments", (p) => ({ ...p, outputs: [{ op: "not" }] }), "outputs[0].args: not an array"],
  [
    "a constant beyond the safe integers",
    (p) => ({ ...p, outputs: [{ op: "integer", value: 2 ** 53 }] }),
    "outputs[0].value: 9007199254740992 is not a safe integer",
  ],
  [
    "an input that does not exist",
    (p) => ({ ...p, outputs: [{ op: "input", index: 1 }] }),
    "outputs[0].index: 1 is not the index of one of 1 inputs",
  ],
  [
    "an unknown variable deep inside",
    (p) => ({
      ...p,
      outputs: [
        { op: "input", index: 0 },
        {
          op: "abs",
          args: [
            {
              op: "*",
              args: [
                { op: "input", index: 0 },
                { op: "state", name: "b" },
              ],
            },
          ],
        },
      ],
    }),
    'outputs[1].args[0].args[1].name: unknown state variable "b"',
  ],
])("refuses %s", (_, damage, message) => {
  expect(() => checkProgram(damage(runningSum() as never))).toThrow(message);
});

test("refuses an expression that contains itself", () => {
  const endless: { op: string; args: unknown[] } = { op: "not", args: [] };
  endless.args.push(endless);
  expect(() => checkProgram({ ...runningSum(), outputs: [endless] })).toThrow(
    "nested more than 1000 deep",
  );
});
