// Every exact statement of a synthesis is held against a reference that goes over all words.

import type { Kernels } from "@latticode/kernels";
import type { Machine } from "@latticode/machines";
import { isRejection, traceMachines } from "@latticode/machines";
import { recurrentOf, traceNetwork } from "@latticode/network";
import type { Examples, Program } from "@latticode/program";
import { drawIntegers, programCost } from "@latticode/program";
import type { Determination, Domain, Rival } from "@latticode/verification";
import type { Synthesis } from "latticode";
import type { Runner } from "../runner.ts";
import { failure, outputsAlong, programRunner, sequenceOf } from "../runner.ts";
import type { SmallMachine, Walk } from "./reference.ts";
import {
  fitsLabels,
  labelledPrefixes,
  machineRunner,
  mayFollow,
  minimized,
  prefixKey,
  rowsOf,
  sameMachine,
  shownSteps,
  smallestMachine,
  stepKey,
} from "./reference.ts";

/** What there is to judge statements by. */
export interface Evidence {
  readonly examples: Examples;
  readonly truth: Runner;
  readonly walk: Walk;
  readonly kernels: Kernels;
}

/** The statements of a synthesis with a program that are false, one sentence each. */
export function falseStatements(synthesis: Synthesis, evidence: Evidence): string[] {
  const { program, determination, domain, split, verdict } = synthesis;
  if (!program || !determination) return [];
  const { examples } = evidence;
  const runner = programRunner(program);
  const found = new Set<string>();
  const claim = (isTrue: boolean, statement: string) => {
    if (!isTrue) found.add(statement);
  };
  claim(fitsLabels(runner, examples), "right at every label");
  checkCounts(determination, synthesis, evidence, claim);
  if (determination.steps.kind === "steps") {
    checkSteps(determination, program, domain, evidence, claim);
  }
  checkDepth(determination, program, domain, evidence, claim);
  for (const rival of determination.rivals) checkRival(rival, synthesis, evidence, claim);
  checkQuestions(determination, domain, evidence, claim);
  checkRelation(synthesis, evidence, claim);
  const { steps, rivals, exhaustive, bound, depth, leavesNetwork, openBeyond } = determination;
  const rests = exhaustive || (bound ?? 1) <= 0.05 || (depth && depth.upTo > depth.states);
  claim(
    determination.determined ===
      (steps.shown === steps.total &&
        rivals.length === 0 &&
        Boolean(rests) &&
        !leavesNetwork &&
        !openBeyond),
    "determined as its reasons say",
  );
  claim((verdict === "solved") === determination.determined, "solved where it is determined");
  claim(split.training.count + split.stopping.count > 0, "trained on something");
  return [...found];
}

type Claim = (isTrue: boolean, statement: string) => void;

function checkCounts(
  { labels, heldBack, exhaustive, bound }: Determination,
  { split }: Synthesis,
  { examples, walk }: Evidence,
  claim: Claim,
): void {
  const inputsOf = (part: Examples) =>
    Array.from({ length: part.count }, (_, s) => prefixKey(sequenceOf(part, s).word));
  const distinct = new Set(inputsOf(examples)).size;
  claim(labels.sequences === examples.count, `${labels.sequences} labelled sequences`);
  claim(labels.distinct === distinct, `${labels.distinct} distinct sequences`);
  claim(exhaustive === (distinct === walk.words), `exhaustive: ${exhaustive}`);
  const held = inputsOf(split.verification);
  const heldDistinct = new Set(held).size;
  claim(heldBack.sequences === held.length, `${heldBack.sequences} sequences held back`);
  claim(heldBack.distinct === heldDistinct, `${heldBack.distinct} distinct ones held back`);
  claim(bound === (heldDistinct > 0 ? 3 / heldDistinct : undefined), `bound ${bound}`);
  const earlier = new Set(
    [split.training, split.stopping, split.confirmation].flatMap((part) => inputsOf(part)),
  );
  claim(!held.some((key) => earlier.has(key)), "held back from all earlier stages");
}

function checkSteps(
  { steps }: Determination,
  program: Program,
  domain: Domain,
  { examples, walk }: Evidence,
  claim: Claim,
): void {
  const runner = programRunner(program);
  // a table of this many steps is about as simple as the program
  const isSmall = walk.steps.size <= 4 * programCost(program) + 16;
  const shown = shownSteps(runner, domain, examples, { ...walk, isSmall });
  claim(steps.total === walk.steps.size, `${steps.total} steps, by all words ${walk.steps.size}`);
  claim(steps.shown === shown.size, `${steps.shown} steps shown, by all words ${shown.size}`);
  claim(
    steps.states === walk.states.size,
    `${steps.states} states, by all words ${walk.states.size}`,
  );
  const isGrowing = [...walk.states.values()].some(({ depth }) => depth === domain.length);
  claim(steps.growing === isGrowing, `growing: ${steps.growing}`);
  claim(
    steps.missing.length === Math.min(5, steps.total - steps.shown),
    `${steps.missing.length} words that take steps not shown`,
  );
  for (const missing of steps.missing) {
    const word = splitWord(missing, domain);
    let { initial: state } = runner;
    const steps: string[] = [];
    for (const row of word) {
      steps.push(stepKey(runner.keyOf(state), row));
      state = runner.step(state, row).state;
    }
    const takes = steps.some((step) => walk.steps.has(step) && !shown.has(step));
    claim(takes && isInDomain(word, domain), `${missing.join()} takes a step that is not shown`);
  }
}

/** The truth, machines merged from the labels and machines like the program's are tried. */
function checkDepth(
  { depth }: Determination,
  program: Program,
  domain: Domain,
  { examples, truth }: Evidence,
  claim: Claim,
): void {
  if (!depth) return;
  const rows = rowsOf(domain);
  const machine = smallestMachine(programRunner(program), rows);
  claim(machine !== undefined, "a finite machine");
  if (!machine) return;
  claim(depth.states === machine.next.length, `a machine of ${depth.states} states`);
  const tried: SmallMachine[] = [...mergedMachines(examples, rows), ...mutantsOf(machine)];
  const right = smallestMachine(truth, rows);
  if (right) tried.push(right);
  for (const other of tried) {
    const smallest = minimized(other);
    if (smallest.next.length > depth.upTo || !fitsLabels(machineRunner(smallest, rows), examples)) {
      continue;
    }
    claim(
      sameMachine(smallest, machine),
      `every machine of at most ${depth.upTo} states that fits is the program; one of ${smallest.next.length} differs`,
    );
  }
}

/** State merging's machines, with what they do not know filled in: by the first state, and by itself. */
function mergedMachines(examples: Examples, rows: readonly Int32Array[]): SmallMachine[] {
  const merged = traceMachines(examples);
  if (isRejection(merged)) return [];
  return merged.flatMap(({ machine }) =>
    [false, true].map((stays) => {
      const numbers = Array.from({ length: machine.stateCount }, (_, i) => i);
      const at = (state: number, row: number) => state * rows.length + row;
      return {
        next: numbers.map((i) =>
          rows.map((_, row) => {
            const to = machine.transitions[at(i, row)];
            return to >= 0 ? to : stays ? i : machine.initial;
          }),
        ),
        output: numbers.map((i) => rows.map((_, row) => outputText(machine, at(i, row)))),
      };
    }),
  );
}

function outputText({ outputs, outputVectors, outputDim }: Machine, at: number): string {
  const output = Math.max(0, outputs[at]);
  return outputVectors.subarray(output * outputDim, (output + 1) * outputDim).join(" ");
}

/** Machines with one step changed, each also with one state doubled. */
function mutantsOf(machine: SmallMachine): SmallMachine[] {
  const draw = drawIntegers(5, machine.next.length);
  const rowCount = machine.next[0].length;
  const values = [...new Set(machine.output.flat())];
  return Array.from({ length: 300 }, (_, i) => {
    const next = machine.next.map((row) => [...row]);
    const output = machine.output.map((row) => [...row]);
    const row = () => draw(0, rowCount - 1);
    if (i % 3 > 0) {
      const twin = draw(0, next.length - 1);
      next.push([...next[twin]]);
      output.push([...output[twin]]);
      next[draw(0, next.length - 2)][row()] = next.length - 1;
    }
    const from = i % 3 === 0 ? draw(0, next.length - 1) : next.length - 1;
    if (i % 2 === 0) next[from][row()] = draw(0, next.length - 1);
    else output[from][row()] = values[draw(0, values.length - 1)];
    return { next, output };
  });
}

/** A rival is found anew: it has to give all labels, and what it is said to give on the word. */
function checkRival(
  { description, word: inputs, outputs }: Rival,
  { program, reading, domain }: Synthesis,
  { examples }: Evidence,
  claim: Claim,
): void {
  const word = splitWord(inputs, domain);
  const [ours, theirs] = outputs.map((values) => values.join(" "));
  const text = `${description} gives ${theirs} after ${inputs.join()}`;
  claim(ours !== theirs, `${text}, as the program does`);
  claim(lastOutput(programRunner(program!), word) === ours, `the program gives ${ours}`);
  claim(isInDomain(word, domain), `${inputs.join()} is a word of the domain`);
  const read = [...(reading?.alternatives ?? []), reading?.repair];
  const rivals: Runner[] = read.flatMap((other) =>
    other && description === `a program found by ${other.stage}`
      ? [programRunner(other.program)]
      : [],
  );
  const merged = traceMachines(examples);
  for (const { machine, kind, order } of isRejection(merged) ? [] : merged) {
    const name = `a ${kind === "mealy" ? "Mealy" : "Moore"} machine of ${machine.stateCount} states, merged from the labels (${order.toUpperCase()})`;
    if (name === description) rivals.push(knownRunner(machine));
  }
  claim(
    rivals.some((rival) => fitsLabels(rival, examples) && lastOutput(rival, word) === theirs),
    text,
  );
}

/** A machine as it was merged; what it does not know it fails at. */
function knownRunner(machine: Machine): Runner {
  const { symbols, inputDim, transitions, outputs } = machine;
  const symbolCount = symbols.length / inputDim;
  const numbers = new Map(
    Array.from({ length: symbolCount }, (_, i) => [
      symbols.subarray(i * inputDim, (i + 1) * inputDim).join(),
      i,
    ]),
  );
  return {
    initial: machine.initial,
    step: (state, row) => {
      const at = (state as number) * symbolCount + numbers.get(Array.from(row).join())!;
      const isKnown = (state as number) >= 0 && outputs[at] >= 0;
      return isKnown
        ? { state: transitions[at], output: outputText(machine, at) }
        : { state: -1, output: failure };
    },
    keyOf: String,
  };
}

/** Words without a label: any function may give anything there, so that two that fit all labels differ. */
function checkQuestions(
  { questions, determined, exhaustive }: Determination,
  domain: Domain,
  { examples }: Evidence,
  claim: Claim,
): void {
  const prefixes = labelledPrefixes(examples);
  for (const question of questions) {
    const word = splitWord(question, domain);
    claim(!prefixes.has(prefixKey(word)), `${question.join()} has no label`);
    claim(isInDomain(word, domain), `${question.join()} is a word of the domain`);
  }
  claim(determined || exhaustive || questions.length > 0, "no word would decide");
}

/** What is said of program and network, on the words named or on a part of all words. */
function checkRelation(
  { program, verification, training, domain }: Synthesis,
  { walk, kernels }: Evidence,
  claim: Claim,
): void {
  const relation = verification?.relation;
  if (!program || !relation) return;
  const network = recurrentOf(training.network, { kernels });
  const runner = programRunner(program);
  const ask = (word: readonly Int32Array[]) => {
    const x = Int32Array.from(word.flatMap((row) => [...row]));
    const { y } = traceNetwork(network, { count: 1, length: word.length, x });
    const { outputDim } = network;
    return word.map((_, t) => y.subarray(t * outputDim, (t + 1) * outputDim).join(" "));
  };
  if (relation.kind === "differs") {
    const word = splitWord(relation.word, domain);
    const theirs = relation.network.join(" ");
    const ours = relation.program.join(" ");
    claim(lastOutput(runner, word) === ours, `the program gives ${ours}`);
    claim(ask(word).at(-1) === theirs && ours !== theirs, `the network gives ${theirs}`);
    return;
  }
  if (relation.kind === "exhaustive") {
    claim(relation.words === walk.words, `equal on all ${relation.words} words`);
  }
  const rows = rowsOf(domain);
  const draw = drawIntegers(7, 0);
  for (let i = 0; i < 500; i++) {
    const word: number[] = [];
    while (word.length < domain.length) {
      const row = draw(0, rows.length - 1);
      const choices = rows.flatMap((_, r) => (mayFollow(domain, word.at(-1) ?? -1, r) ? [r] : []));
      if (choices.length === 0) break;
      if (choices.includes(row)) word.push(row);
    }
    const taken = word.map((row) => rows[row]);
    const isEqual = ask(taken).join() === outputsAlong(runner, taken).join();
    // a sample may miss a few, and says so
    if (relation.kind === "exhaustive") claim(isEqual, `equal after ${prefixKey(taken)}`);
  }
}

const lastOutput = (runner: Runner, word: readonly ArrayLike<number>[]) =>
  outputsAlong(runner, word)[word.length - 1] ?? failure;

function splitWord(inputs: Int32Array, { inputDim }: Domain): Int32Array[] {
  return Array.from({ length: inputs.length / inputDim }, (_, t) =>
    inputs.subarray(t * inputDim, (t + 1) * inputDim),
  );
}

function isInDomain(word: readonly Int32Array[], domain: Domain): boolean {
  const rows = rowsOf(domain).map((row) => row.join());
  const numbers = word.map((row) => rows.indexOf(row.join()));
  return (
    word.length <= domain.length &&
    numbers.every((row, t) => row >= 0 && mayFollow(domain, t > 0 ? numbers[t - 1] : -1, row))
  );
}
