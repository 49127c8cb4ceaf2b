import type { Recurrent } from "@latticode/network";
import type { Examples, Program } from "@latticode/program";
import { selectExamples } from "@latticode/program";
import { checkAgainstNetwork } from "./agreement.ts";
import { type Check, countOf, countText, summaryOf } from "./check.ts";
import { observeInputs } from "./inputs/drawn.ts";
import { checkLabels } from "./labels.ts";
import type { ProgramContext, Verification, VerificationOptions } from "./options.ts";

/** What a program is checked on. */
export interface VerificationData extends ProgramContext {
  /** Labels that nothing before has seen. */
  readonly heldBack: Examples;
  /** Labels of a greater length that nothing before has seen, where there are some. */
  readonly longerHeldBack?: Examples | undefined;
  /** All examples: what their inputs are, and how long. */
  readonly observed: Examples;
}

/**
 * Checks a program on what is known of its task: on the labels held back, and against the network on
 * input sequences over the observed inputs, see `checkAgainstNetwork`. What is proven is that program
 * and network compute the same, not that either is what was meant.
 *
 * @param network anything that can be run: `recurrentOf(network, { kernels })` for a `Network`
 * @throws the signal's reason when it is aborted
 */
export async function verifyProgram(
  program: Program,
  network: Recurrent,
  data: VerificationData,
  options: VerificationOptions,
): Promise<Verification> {
  const { heldBack, longerHeldBack: longer, observed } = data;
  const inputs = { columns: observeInputs(observed), length: observed.length };
  const unseen = {
    name: "examples",
    description: "against the labels of examples that no earlier stage saw",
  } as const;
  const beyond = {
    name: "longer",
    description: `against the labels of unseen examples of length ${longer?.length}`,
  } as const;
  const labelled = [
    await checkLabels(program, heldBack, unseen, options),
    ...(longer && longer.count > 0 ? [await checkLabels(program, longer, beyond, options)] : []),
  ];
  const against = await checkAgainstNetwork(program, network, inputs, options, data);
  const checks = [...labelled, ...against];
  const { passed, wrong, sequences, proofs } = summaryOf(checks);
  const statement = passed
    ? proofs.length > 0
      ? `${proofs.join(", ")}; checked on ${countText(sequences)} sequences`
      : `checked on ${countText(sequences)} sequences; not proven for all lengths`
    : wrong > 0
      ? `fails at ${countOf(wrong, "position")} of the ${countText(sequences)} sequences checked`
      : "no examples were held back to check the program on";
  return { checks, passed, statement };
}

/** A repair on the confirmation examples, whose labels the network was chosen by, not trained on. */
export function checkConfirmation(
  program: Program,
  confirmation: Examples,
  options: Pick<VerificationOptions, "signal">,
): Promise<Check> {
  const description = "against the labels of the confirmation examples";
  return checkLabels(program, confirmation, { name: "examples", description }, options);
}

/**
 * Deals longer examples into those that networks are refined on and, a fifth of them and the last, those
 * that only programs are checked on.
 */
export function splitLonger(longer: Examples | undefined): {
  readonly refinement: Examples | undefined;
  readonly verification: Examples | undefined;
} {
  if (!longer) return { refinement: undefined, verification: undefined };
  const { count } = longer;
  const kept = count - Math.floor(count / 5);
  const take = (from: number, to: number) =>
    selectExamples(
      longer,
      Uint32Array.from({ length: to - from }, (_, i) => from + i),
    );
  return { refinement: take(0, kept), verification: take(kept, count) };
}
