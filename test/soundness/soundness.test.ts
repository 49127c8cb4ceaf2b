import {
  conditional,
  drawIntegers,
  equal,
  input,
  integer,
  modulo,
  simplifyProgram,
} from "@latticode/program";
import { expect, test } from "vitest";
import { kinds, labellerOf, sampleRandomTask } from "./definition.ts";
import { falseClaims, kindTable } from "./random-report.ts";
import { runJobs } from "./run.ts";
import type { Outcome } from "./solve.ts";
import { countWrong } from "./solve.ts";
import { randomTask } from "./tasks.ts";

// A part of the tasks of `npm run bench:soundness`, which takes all 300: machines of 2 to 7 states over
// 2 symbols, larger ones train for a minute, and every seventh of the others, three programs with lists
// among them.
const part = kinds.flatMap((kind) =>
  Array.from({ length: kind === "machine" ? 6 : 12 }, (_, i) => ({
    kind,
    index: kind === "machine" ? i : 7 * i,
  })),
);

test("a task is a function of its kind and number", () => {
  for (const kind of kinds) {
    expect(randomTask(kind, 7)).toEqual(randomTask(kind, 7));
    expect(randomTask(kind, 7).definition).not.toEqual(randomTask(kind, 8).definition);
  }
});

test("one program in four has a list of 2 to 4 numbers, and its output depends on it", () => {
  for (let index = 0; index < 20; index++) {
    const { definition } = randomTask("program", index);
    if (definition.type !== "program") throw new Error("programs are programs");
    const { program } = definition;
    const lists = program.state.filter(({ initial }) => typeof initial !== "number");
    expect(lists).toHaveLength(index % 4 === 3 ? 1 : 0);
    for (const { initial } of lists) {
      expect([2, 3, 4]).toContain((initial as readonly number[]).length);
    }
    // what no output depends on would be gone
    expect(simplifyProgram(program)).toEqual(program);
  }
});

test("labels come from the definition, and inputs from their ranges", () => {
  for (const kind of kinds) {
    const task = { ...randomTask(kind, 5), count: 20 };
    const { x, y, length, inputDim } = sampleRandomTask(task, (i) => drawIntegers(3, i));
    const label = labellerOf(task.definition);
    for (let i = 0; i < 20; i++) {
      const inputs = x.subarray(i * length * inputDim, (i + 1) * length * inputDim);
      expect([...y.subarray(i * length, (i + 1) * length)]).toEqual(label(inputs, length));
      inputs.forEach((value, j) => {
        const [low, high] = task.ranges[j % inputDim];
        expect(value).toBeGreaterThanOrEqual(low);
        expect(value).toBeLessThanOrEqual(high);
      });
    }
  }
});

test("a wrong program is caught, be it wrong on one input or without an output", () => {
  const task = randomTask("linear", 3);
  if (task.definition.type !== "program") throw new Error("linear systems are programs");
  const { program } = task.definition;
  const [output] = program.outputs;
  expect(countWrong(program, task)).toBe(0);
  const rare = conditional(equal(input(0), integer(task.ranges[0][0])), integer(0), output);
  expect(countWrong({ ...program, outputs: [rare] }, task)).toBeGreaterThan(1000);
  expect(countWrong({ ...program, outputs: [modulo(output, input(0))] }, task)).toBeGreaterThan(0);
});

// most of the time is for machines of 6 states and more
test("random tasks: nothing wrong is called solved", async () => {
  const outcomes = await runJobs<Outcome>(part, { workers: 2 });
  console.log(kindTable(outcomes));
  expect(falseClaims(outcomes)).toEqual([]);
  // a suite that solves nothing claims nothing either
  for (const kind of kinds) {
    const tasks = outcomes.filter((outcome) => outcome.kind === kind);
    const solved = tasks.filter((outcome) => outcome.solved);
    expect(solved.length, kind).toBeGreaterThanOrEqual(0.8 * tasks.length);
  }
}, 600_000);
