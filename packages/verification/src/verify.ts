import type { Recurrent } from "@latticode/network";
import type { Examples, Program } from "@latticode/program";
import { selectExamples } from "@latticode/program";
import { askNetwork } from "./agreement.ts";
import { type Check, countText, summaryOf } from "./check.ts";
import type { Domain } from "./claims/domain.ts";
import { checkLabels } from "./labels.ts";
import type { ProgramContext, Verification, VerificationOptions } from "./options.ts";

/** What a program is checked on. */
export interface VerificationData extends ProgramContext {
  readonly domain: Domain;
  /** Labels that nothing before has seen. */
  readonly heldBack: Examples;
  /** Labels of a greater length that nothing before has seen, where there are some. */
  readonly longerHeldBack?: Examples | undefined;
}

/**
 * Checks a program on what is known of its task. Labels judge, and so does the program's text, run
 * by itself. What the network says on words of the domain is told: it is a witness, which may err
 * where no label shows it.
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
  const { heldBack, longerHeldBack: longer, domain } = data;
  const labelled: Check[] = [];
  const check = async (
    name: Check["name"],
    description: string,
    examples: Examples | undefined,
  ) => {
    if (!examples || examples.count === 0) return;
    labelled.push(await checkLabels(program, examples, { name, description }, options));
  };
  await check("examples", "against the labels of examples that no earlier stage saw", heldBack);
  await check("longer", `against the labels of examples of length ${longer?.length}`, longer);
  const { checks: told, relation } = await askNetwork(program, network, { domain }, options, data);
  const asked = told.map((check) =>
    check.name === "python" || check.name === "javascript" ? check : inform(check),
  );
  const checks = [...labelled, ...asked];
  return {
    ...{ checks, relation, passed: summaryOf(checks).passed },
    statement: statementOf(labelled, asked),
  };
}

/** What labels say, and the program's text where it is something else. */
function statementOf(labelled: readonly Check[], asked: readonly Check[]): string {
  const sum = (of: "positions" | "wrong") => labelled.reduce((total, c) => total + c[of], 0);
  const labels = countText(sum("positions"));
  if (sum("wrong") > 0) return `wrong at ${countText(sum("wrong"))} of ${labels} labels`;
  const right = labelled.length > 0 ? `right at all ${labels} labels` : "no labels were held back";
  const texts = asked.filter(({ passed, informational }) => !passed && !informational);
  if (texts.length === 0) return labelled.length > 0 ? right : `${right} to check on`;
  const names = texts.map(({ name }) => name).join(" and ");
  return `${right}, but its text in ${names} gives other outputs`;
}

/** A check that tells and judges nothing. */
function inform(check: Check): Check {
  return { ...check, informational: true };
}

/**
 * A repair on the confirmation examples, whose labels the network was chosen by, not trained on.
 */
export function checkConfirmation(
  program: Program,
  confirmation: Examples,
  options: Pick<VerificationOptions, "signal">,
): Promise<Check> {
  const description = "against the labels of the confirmation examples";
  return checkLabels(program, confirmation, { name: "examples", description }, options);
}

/**
 * Deals longer examples into those that networks are refined on and, a fifth of them and the last,
 * those that only programs are checked on.
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
