import type { Recurrent } from "@latticode/network";
import type { Program } from "@latticode/program";
import { type Check, countOf, countText, summaryOf } from "./check.ts";
import { checkEdges } from "./edges.ts";
import { longestLength } from "./inputs/all-words.ts";
import { drawInputs } from "./inputs/drawn.ts";
import { edgeInputs } from "./inputs/edges.ts";
import { drawLongInputs, longInputsOfText } from "./inputs/long.ts";
import { checkLong } from "./long.ts";
import { checkRandom } from "./network.ts";
import type { InputSource, ProgramContext, Verification, VerificationOptions } from "./options.ts";
import { checkReadings } from "./readings.ts";
import { checkText } from "./text.ts";
import { checkWords } from "./words.ts";

/** Of the fresh sequences those that the program's text is run on too. */
const emittedSequences = 10_000;

/**
 * Checks a program against a network's rounded outputs, where there are no labels: at every level of
 * `checkAgainstNetwork`. It shows that the program does what the network does, not that either is right.
 *
 * @param network anything that can be run: `recurrentOf(network, { kernels })` for a `Network`
 * @throws the signal's reason when it is aborted
 * @example
 * const source = { columns: [{ kind: "range", min: 0, max: 9 }], length: 10 };
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
  const checks = await checkAgainstNetwork(program, network, inputs, options, context);
  const { passed, wrong, sequences, proofs } = summaryOf(checks);
  const covered = checks.find(({ name, positions, sequences }) => {
    return name === "words" && positions === sequences * inputs.length;
  });
  const where = covered
    ? `all ${countText(covered.sequences)} input sequences of length ${inputs.length}`
    : `${countText(sequences)} sequences, not proven for all lengths`;
  const statement = !passed
    ? `disagrees with the network at ${countOf(wrong, "position")} of the ` +
      `${countText(sequences)} sequences checked`
    : proofs.length > 0
      ? `${proofs.join(", ")}; agrees with the network on ${countText(sequences)} ` +
        "sequences; there were no labels"
      : `agrees with the network on ${where}; there were no labels`;
  return { checks, passed, statement };
}

/**
 * Every check of a program that a network allows: all words up to a length, or random sequences and
 * those at the edges of the inputs, of the trained length; longer ones as far as the network is right
 * there, and how often they go together; proofs against the machine or recurrence that was read; and
 * the program's text in other processes, on the first of the same sequences.
 */
export async function checkAgainstNetwork(
  program: Program,
  network: Recurrent,
  inputs: InputSource,
  options: VerificationOptions,
  { readings, code, longer }: ProgramContext,
): Promise<Check[]> {
  const { columns, length, first } = inputs;
  const { mostWords = 2 ** 20, seed, runEmitted, signal } = options;
  const checks: Check[] = [];
  const longest = longestLength(columns, length, mostWords);
  if (longest > 0) checks.push(await checkWords(program, network, inputs, longest, options));
  const edges = edgeInputs(columns, length);
  if (longest < length) {
    checks.push(await checkRandom(program, network, inputs, options));
    checks.push(await checkEdges(program, network, edges, options));
  }
  const long = drawLongInputs(columns, { length, seed });
  checks.push(...(await checkLong(program, network, long, { trained: length, longer, signal })));
  if (readings) checks.push(...checkReadings(program, network, readings, { length }));
  if (runEmitted && code) {
    const sequences = [
      edges,
      drawInputs(columns, { count: emittedSequences, length, seed, ...(first && { first }) }),
      ...longInputsOfText(program, long),
    ];
    const runs = await runEmitted(code, program.inputDim, sequences);
    checks.push(...checkText(program, sequences, runs));
  }
  return checks;
}
