import type { Machine } from "@latticode/machines";
import { isRejection, traceMachines } from "@latticode/machines";
import type { Examples, Program } from "@latticode/program";
import { distinctSequences, selectExamples } from "@latticode/program";
import type { Depth } from "./depth.ts";
import { labelDepth } from "./depth.ts";
import type { Domain } from "./domain.ts";
import { countWordsOf, inputsOf, rowCountOf, rowFinder } from "./domain.ts";
import { isOpenBeyond } from "./growth.ts";
import { prefixesOf } from "./prefixes.ts";
import type { Rival } from "./rivals.ts";
import { differsFromMachine, differsFromProgram } from "./rivals.ts";
import type { StepCoverage } from "./steps.ts";
import { coverSteps, tableOf } from "./steps.ts";

/** Whether the labels determine a program that is right at all of them, and on what that rests. */
export interface Determination {
  readonly determined: boolean;
  readonly steps: StepCoverage;
  /** Labelled sequences, and how many of them have different inputs. */
  readonly labels: { readonly sequences: number; readonly distinct: number };
  /** Every word of the domain of the trained length has labels. */
  readonly exhaustive: boolean;
  /** Sequences that no earlier stage has seen. */
  readonly heldBack: { readonly sequences: number; readonly distinct: number };
  /**
   * With 95 % confidence the program is wrong on fewer than this share of the sequences drawn like
   * the held-back ones, 3 / distinct; absent where none was held back.
   */
  readonly bound?: number;
  /** Absent where the program is no small finite machine. */
  readonly depth?: Depth;
  /** Its state grows with the length, and the network goes on in another way. */
  readonly leavesNetwork: boolean;
  /**
   * Its state grows with the length and is compared, or more than added, and nothing shows how it
   * goes on: neither longer labels nor a network whose outputs stay near integers.
   */
  readonly openBeyond: boolean;
  /** What else fits all labels at about the same cost. */
  readonly rivals: readonly Rival[];
  /** Words whose labels would decide, the shortest first, at most five: [length, inputDim] each. */
  readonly questions: readonly Int32Array[];
}

export interface DeterminationData {
  readonly domain: Domain;
  /** All labelled sequences of the trained length, those left out as noise excepted. */
  readonly examples: Examples;
  /** Those of them that no earlier stage has seen. */
  readonly heldBack: Examples;
  /**
   * False where the network's outputs stay near integers on longer words and the program differs
   * there; it counts where the program's state grows with the length.
   */
  readonly goesOn?: boolean;
  /**
   * True where `goesOn` was seen at twice the length at least, or longer labels are given; false
   * unless told.
   */
  readonly isFollowed?: boolean;
  /** Other programs that fit all labels, with what they are. */
  readonly others?: readonly { readonly description: string; readonly program: Program }[];
}

/** The bound at which held-back sequences speak for a program: 60 distinct ones. */
const strictestBound = 0.05;
const mostQuestions = 5;
/** Sequences that machines are merged from. */
const mostMerged = 20_000;
/** Alphabets with more rows are left to programs. */
const mostMergedRows = 64;
/** A merged machine is a rival while it has at most this many times the program's states. */
const rivalFactor = 3;
const mostMergingSteps = 2 ** 24;

const kindNames = { mealy: "a Mealy", moore: "a Moore" };

/**
 * Decides whether labels determine a program. It is determined if every step is shown, nothing else
 * of about the same cost fits all labels, and one of these holds: every word of the trained length
 * has labels; at least 60 distinct sequences were held back; or the labels rule out every other
 * machine of up to one state more.
 *
 * @param program right at every label
 * @param options.seed for random words, an integer from 0 to 2^32 - 1
 */
export function determine(
  program: Program,
  { domain, examples, heldBack, others = [], goesOn = true, isFollowed = false }: DeterminationData,
  options: { readonly seed: number },
): Determination {
  const distinct = distinctSequences(examples);
  const unique = selectExamples(examples, distinct.first);
  const steps = coverSteps(program, domain, unique, options);
  const heldBackDistinct = distinctSequences(heldBack).count;
  const words = countWordsOf(domain, examples.length, distinct.count);
  const exhaustive = words === distinct.count;
  const depth = labelDepth(program, domain, unique);
  const rivals = exhaustive
    ? []
    : findRivals(program, domain, unique, others, steps, depth, options);
  const rests =
    exhaustive ||
    3 / heldBackDistinct <= strictestBound ||
    (depth !== undefined && depth.upTo >= depth.states + 1);
  const leavesNetwork = steps.growing && !goesOn;
  const openBeyond =
    steps.growing && steps.kind === "steps" && !isFollowed && isOpenBeyond(program, domain);
  const determined =
    steps.shown === steps.total && rivals.length === 0 && rests && !leavesNetwork && !openBeyond;
  const questions = distinctWords([...rivals.map(({ word }) => word), ...steps.missing]);
  // what no label says anything about
  if (!determined && questions.length < mostQuestions && domain.rows) {
    const unlabelled = prefixesOf(domain, unique).missing(mostQuestions);
    questions.push(...unlabelled.map((word) => inputsOf(domain, word)));
  }
  return {
    determined,
    steps,
    labels: { sequences: examples.count, distinct: distinct.count },
    exhaustive,
    heldBack: { sequences: heldBack.count, distinct: heldBackDistinct },
    ...(heldBackDistinct > 0 && { bound: 3 / heldBackDistinct }),
    ...(depth && { depth }),
    leavesNetwork,
    openBeyond,
    rivals,
    questions: distinctWords(questions).slice(0, mostQuestions),
  };
}

/** Each word once, the shortest first. */
function distinctWords(words: readonly Int32Array[]): Int32Array[] {
  const known = new Map(words.map((word) => [word.join(), word]));
  return [...known.values()].sort((a, b) => a.length - b.length);
}

function findRivals(
  program: Program,
  domain: Domain,
  examples: Examples,
  others: NonNullable<DeterminationData["others"]>,
  steps: StepCoverage,
  depth: Depth | undefined,
  options: { readonly seed: number },
): Rival[] {
  const rivals: Rival[] = [];
  for (const { description, program: other } of others) {
    const difference = differsFromProgram(program, other, domain, options);
    if (difference) rivals.push({ description, ...difference });
  }
  if (!domain.rows || rowCountOf(domain) > mostMergedRows) return rivals;
  const part = selectExamples(
    examples,
    Array.from({ length: Math.min(examples.count, mostMerged) }, (_, i) => i),
  );
  const states = depth?.states ?? steps.states ?? 1;
  const limits = { maximumStates: rivalFactor * states, maximumSteps: mostMergingSteps };
  const mostTransitions = tableOf(program);
  const merged = traceMachines(part, limits);
  for (const { machine, order, kind } of isRejection(merged) ? [] : merged) {
    const known = machine.transitions.reduce((sum, to) => sum + (to < 0 ? 0 : 1), 0);
    if (known > mostTransitions || !fits(machine, examples, domain)) continue;
    const difference = differsFromMachine(program, machine, domain);
    if (!difference) continue;
    const description =
      `${kindNames[kind]} machine of ${machine.stateCount} states, merged from the labels ` +
      `(${order.toUpperCase()})`;
    rivals.push({ description, ...difference });
  }
  return rivals;
}

/** Whether a machine gives every label that it knows an output for. */
function fits(machine: Machine, examples: Examples, domain: Domain): boolean {
  const { count, length, inputDim, outputDim, x, y } = examples;
  const { transitions, outputs, outputVectors } = machine;
  const numberOf = rowFinder(domain);
  const rowCount = rowCountOf(domain);
  for (let s = 0; s < count; s++) {
    let state = machine.initial;
    for (let t = 0; t < length && state >= 0; t++) {
      const position = s * length + t;
      const step = state * rowCount + numberOf(x, position * inputDim);
      const output = outputs[step];
      for (let i = 0; i < outputDim && output >= 0; i++) {
        if (outputVectors[output * outputDim + i] !== y[position * outputDim + i]) return false;
      }
      state = transitions[step];
    }
  }
  return true;
}
