import { loadKernels } from "@latticode/kernels";
import type { Program } from "@latticode/program";
import { add, input, integer, minimum, state } from "@latticode/program";
import type { Depth, Determination } from "@latticode/verification";
import type { Synthesis } from "latticode";
import { synthesize } from "latticode";
import { beforeAll, describe, expect, test } from "vitest";
import { countingRules, ruleExamples, ruleRunner } from "../counting/rules.ts";
import { describeOutcome, isViolation, partTables, reportPart } from "../report.ts";
import { runJobs } from "../run.ts";
import { definitionRunner, outputsAlong, programRunner } from "../runner.ts";
import type { SmallOutcome } from "./judge.ts";
import { walkWords } from "./reference.ts";
import { smallExamples, smallKinds, smallTask } from "./samples.ts";
import { falseStatements } from "./statements.ts";

test("a small sample is a function of its kind and number", () => {
  for (const kind of smallKinds) {
    const task = smallTask(kind, 13);
    expect(task).toEqual(smallTask(kind, 13));
    expect(task.definition).not.toEqual(smallTask(kind, 14).definition);
    expect(smallExamples(task, 0).x).toEqual(smallExamples(smallTask(kind, 13), 0).x);
    // what a program is judged on is not what it was read from
    expect(smallExamples(task, 0).x).not.toEqual(smallExamples(task, 1).x);
  }
});

test("sizes, lengths and the share of inputs that are not 0 go round", () => {
  const tasks = Array.from({ length: 500 }, (_, i) => smallTask("small-counter", i));
  const count = (of: (task: (typeof tasks)[number]) => number) => new Set(tasks.map(of)).size;
  expect([count((t) => t.count), count((t) => t.rate), count((t) => t.length)]).toEqual([8, 5, 7]);
  for (const task of tasks.filter((_, i) => i % 8 === 0 && i < 40)) {
    const { x } = smallExamples({ ...task, count: 500 }, 0);
    expect(x.filter((value) => value !== 0).length / x.length).toBeCloseTo(task.rate, 1);
  }
});

test("rules are what their names say", () => {
  const outputs = (name: string, text: string) => {
    const rule = countingRules.find((r) => r.name.startsWith(name))!;
    return outputsAlong(
      ruleRunner(rule),
      Array.from(text, (digit) => [Number(digit)]),
    ).join("");
  };
  expect(outputs("rising edges", "10110100")).toBe("11222333");
  expect(outputs("falling edges", "10110100")).toBe("01112233");
  expect(outputs("changes", "10110100")).toBe("01223455");
  expect(outputs("how many have passed", "11101111")).toBe("00111122");
  expect(outputs("full pairs", "1101101")).toBe("0111222");
  expect(outputs("items sold", "2112222")).toBe("0001222");
  expect(outputs("longest streak", "1101110")).toBe("1222233");
  expect(outputs("present streak", "1101110")).toBe("1201230");
  expect(outputs("ones since", "1120110")).toBe("1200122");
  expect(outputs("up and down, not", "2112222")).toBe("0121000");
  expect(outputs("ones at even", "1011010")).toBe("1122222");
  expect(outputs("ones, none right after", "1110110")).toBe("1122333");
  expect(outputs("positions since", "0010010")).toBe("1201201");
  expect(outputs("runs of ones", "1101110")).toBe("0111222");
  expect(outputs("the largest lead", "1011101")).toBe("1112333");
  expect(countingRules).toHaveLength(20);
  expect(ruleExamples(countingRules[5], "words", 0).count).toBe(3 ** 8);
});

describe("a false statement is seen", () => {
  // counts up to 3, from 14 sequences of 4 bits
  const task = {
    ...smallTask("small-counter", 0),
    ...{ count: 14, length: 4, rate: 0.3, ranges: [[0, 1]] as const },
    definition: {
      type: "machine" as const,
      machine: {
        ...{ stateCount: 4, symbolCount: 2 },
        transitions: [0, 1, 1, 2, 2, 3, 3, 3],
        outputs: [0, 1, 1, 2, 2, 3, 3, 3],
      },
    },
  };
  const examples = smallExamples(task, 0);
  let synthesis: Synthesis;
  let found: (changes: Partial<Determination>, others?: Partial<Synthesis>) => string[];

  beforeAll(async () => {
    const kernels = await loadKernels();
    synthesis = await synthesize(examples, { kernels, seed: 1, workers: 0 });
    const truth = definitionRunner(task.definition);
    const walk = walkWords(programRunner(synthesis.program!), truth, synthesis.domain);
    found = (changes, others = {}) =>
      falseStatements(
        { ...synthesis, ...others, determination: { ...synthesis.determination!, ...changes } },
        { examples, truth, walk, kernels },
      );
  });

  test("and a true one is not", () => {
    expect(synthesis.verdict).toBe("consistent");
    expect(synthesis.determination!.questions.length).toBeGreaterThan(0);
    expect(found({})).toEqual([]);
  });

  test("in counts of steps", () => {
    const { steps } = synthesis.determination!;
    expect(found({ steps: { ...steps, total: steps.total + 1 } })).not.toEqual([]);
    expect(found({ steps: { ...steps, shown: steps.shown + 1 } })).not.toEqual([]);
    expect(found({ steps: { ...steps, growing: !steps.growing } })).not.toEqual([]);
    expect(found({ steps: { ...steps, states: steps.states! + 1 } })).not.toEqual([]);
  });

  test("in counts of sequences, and the bound that follows from them", () => {
    const { labels, heldBack } = synthesis.determination!;
    const { sequences, distinct } = labels;
    expect(found({ labels: { sequences, distinct: distinct + 1 } })).not.toEqual([]);
    expect(found({ labels: { sequences: sequences + 1, distinct } })).not.toEqual([]);
    expect(found({ heldBack: { ...heldBack, distinct: 60 } })).not.toEqual([]);
    expect(found({ bound: 0.01 })).not.toEqual([]);
    expect(found({ exhaustive: true })).not.toEqual([]);
  });

  test("in the depth", () => {
    // no label shows what follows three ones
    const counted = add(state("a"), input(0));
    const value = minimum(counted, integer(3));
    const program: Program = {
      ...{ inputDim: 1, state: [{ name: "a", initial: 0 }], order: "in-place" },
      ...{ updates: [{ target: "a", value }], outputs: [state("a")] },
    };
    const wrong = (depth: Depth) => found({ depth }, { program }).join();
    expect(wrong({ states: 4, upTo: 5 })).toContain("every machine of at most 5 states");
    expect(wrong({ states: 3, upTo: 3 })).toContain("a machine of 3 states");
    expect(wrong({ states: 4, upTo: 2 })).not.toContain("every machine");
  });

  test("in rivals and questions", () => {
    const word = Int32Array.of(1, 1);
    const rival = {
      description: "a Mealy machine of 2 states",
      word,
      outputs: [[2], [1]],
    } as const;
    expect(found({ rivals: [rival] })).not.toEqual([]);
    const [labelled] = [examples.x.slice(0, 2)];
    expect(found({ questions: [labelled] }).join()).toContain("has no label");
    expect(found({ questions: [Int32Array.of(5)] }).join()).toContain("is a word of the domain");
  });
});

const few = smallKinds.flatMap((kind) => [3, 95].map((index) => ({ kind, index })));

test("small and skewed samples: nothing said is false", async () => {
  const outcomes = await runJobs<SmallOutcome>(few, { workers: 2 });
  console.log(partTables("small", outcomes));
  expect(outcomes.filter(isViolation).map(describeOutcome)).toEqual([]);
  const report = reportPart("", "small", outcomes, "a machine");
  expect(reportPart(report, "small", outcomes, "a machine")).toBe(report);
  expect(outcomes.some(({ verdict }) => verdict === "solved")).toBe(true);
}, 300_000);
