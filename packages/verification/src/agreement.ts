import type { Recurrent } from "@latticode/network";
import type { Program } from "@latticode/program";
import { type Check, countText, summaryOf } from "./check.ts";
import { drawWords } from "./claims/domain.ts";
import { type Relation, relate } from "./claims/relation.ts";
import { edgeInputs } from "./inputs/edges.ts";
import { drawLongInputs, longInputsOfText } from "./inputs/long.ts";
import { checkLong } from "./long.ts";
import type { InputSource, ProgramContext, Verification, VerificationOptions } from "./options.ts";
import { checkReadings } from "./readings.ts";
import { checkText } from "./text.ts";

/** Of the random words those that the program's text is run on too. */
const emittedSequences = 10_000;

/**
 * Checks a program against a network's rounded outputs, where there are no labels: on
 * the words of a domain. It shows that the program does what the network does, not that either is
 * right.
 *
 * @param network anything that can be run: `recurrentOf(network, { kernels })` for a `Network`
 * @throws the signal's reason when it is aborted
 * @example
 * const source = { domain: productDomain([{ min: 0, max: 9 }], 10) };
 * const recurrent = recurrentOf(network, { kernels });
 * const { passed, statement } = await verifyAgreement(program, recurrent, source, { seed: 1 });
 */
export async function verifyAgreement(
  program: Program,
  network: Recurrent,
  inputs: InputSource,
  options: VerificationOptions,
  context: ProgramContext = {},
): Promise<Verification> {
  const asked = await askNetwork(program, network, inputs, options, context);
  const { relation } = asked;
  // the program is in question at the domain's length; `compareBeyond` tells of longer words
  const checks = asked.checks.map((check) =>
    check.name === "long" ? { ...check, informational: true as const } : check,
  );
  const passed = relation.kind !== "differs" && summaryOf(checks).passed;
  return { checks, relation, passed, statement: `${relationText(relation)}; there were no labels` };
}

/** A relation in words. */
export function relationText(relation: Relation): string {
  switch (relation.kind) {
    case "exhaustive":
      return `equal to the network on all ${countText(relation.words)} words of length ${relation.length}`;
    case "sampled":
      return `equal to the network on ${countText(relation.words)} random words of length ${relation.length}`;
    case "differs": {
      const { word, program, network } = relation;
      const given = `the program gives ${program.join(" ")}, the network ${network.join(" ")}`;
      return `differs from the network after ${JSON.stringify([...word])}: ${given}`;
    }
  }
}

/**
 * What a network says of a program: how they relate on words of the domain; longer words, as far as
 * the network is believed there, and how often they go together; whether the program is equal to
 * the machine or recurrence that was read; and the program's text in other processes, on the first
 * of the same words.
 */
export async function askNetwork(
  program: Program,
  network: Recurrent,
  { domain, first = 0 }: InputSource,
  options: VerificationOptions,
  { readings, code, longer }: ProgramContext,
): Promise<{ checks: Check[]; relation: Relation }> {
  const { mostWords, sequences: words, seed, runEmitted, signal } = options;
  const { length } = domain;
  const relation = await relate(program, network, domain, {
    ...{ seed, first, signal },
    ...(mostWords !== undefined && { mostWords }),
    ...(words !== undefined && { words }),
  });
  const long = drawLongInputs(domain, { seed });
  const checks = await checkLong(program, network, long, { trained: length, longer, signal });
  if (readings) checks.push(...checkReadings(program, network, readings, domain));
  if (runEmitted && code) {
    const drawn = drawWords(domain, { count: emittedSequences, length, seed, first });
    const sequences = [edgeInputs(domain, length), drawn, ...longInputsOfText(program, long)];
    const runs = await runEmitted(code, program.inputDim, sequences);
    checks.push(...checkText(program, sequences, runs));
  }
  return { checks, relation };
}
