import type { Examples, Program } from "@latticode/program";
import type { Network } from "@latticode/training";
import type { Verification, VerificationOptions } from "./agreement.ts";
import { batchSizeOf, checkOnFresh } from "./agreement.ts";
import { observeInputs } from "./fresh-inputs.ts";
import { pause } from "./pause.ts";
import type { Check } from "./tally.ts";
import { newTally } from "./tally.ts";

/**
 * Checks a program on what is known of its task: on the labels of `heldBack`, which nothing before
 * may have seen, and against the network's rounded outputs on fresh input
 * sequences of the same length, drawn from the inputs observed in `observed`. Neither proves
 * anything about other sequences.
 *
 * @throws the signal's reason when it is aborted
 */
export async function verifyProgram(
  program: Program,
  network: Network,
  data: { readonly heldBack: Examples; readonly observed: Examples },
  options: VerificationOptions,
): Promise<Verification> {
  const inputs = { columns: observeInputs(data.observed), length: data.observed.length };
  const checks = [
    await checkHeldBack(program, data.heldBack, options),
    await checkOnFresh(
      program,
      network,
      inputs,
      "fresh inputs drawn from the observed values",
      options,
    ),
  ];
  const passed = checks.every((check) => check.passed);
  const sequences = checks.reduce((sum, check) => sum + check.sequences, 0);
  const wrong = checks.reduce((sum, check) => sum + check.wrong, 0);
  const statement = passed
    ? `checked on ${sequences} sequences, not proven`
    : wrong > 0
      ? `wrong at ${wrong} positions of the ${sequences} sequences checked`
      : "nothing to check on was held back";
  return { checks, passed, statement };
}

async function checkHeldBack(
  program: Program,
  heldBack: Examples,
  options: VerificationOptions,
): Promise<Check> {
  const tally = newTally(program, heldBack.outputDim);
  for (let from = 0; from < heldBack.count; from += batchSizeOf(heldBack.length)) {
    await pause(options.signal);
    const to = Math.min(from + batchSizeOf(heldBack.length), heldBack.count);
    tally.compare(sliceExamples(heldBack, from, to));
  }
  return tally.finish(
    "examples",
    "program against the labels of examples held back from everything before",
  );
}

function sliceExamples(examples: Examples, from: number, to: number): Examples {
  const inputs = examples.length * examples.inputDim;
  const outputs = examples.length * examples.outputDim;
  return {
    ...examples,
    count: to - from,
    x: examples.x.subarray(from * inputs, to * inputs),
    y: examples.y.subarray(from * outputs, to * outputs),
  };
}
