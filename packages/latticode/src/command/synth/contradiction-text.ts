import { countOf, countText } from "@latticode/verification";
import { nameContradictions } from "../result.ts";
import type { Origin } from "../sources/read-source.ts";
import type { Contradicted } from "./run-synthesis.ts";

/** Which lines contradict each other, where, and what to do. */
export function contradictionText(
  { contradictions, suspects }: Contradicted,
  origin: Omit<Origin, "sha256">,
): string {
  const { unit, pairs, prefixes, sequences } = nameContradictions(contradictions, origin);
  const count = origin.places.length;
  const named = pairs.map(({ places: [a, b], position, outputs }) => {
    const [first, second] = outputs.map((output) => output.join(" "));
    return (
      `    ${unit}s ${a} and ${b}: the same inputs up to position ${position}, ` +
      `but outputs ${first} and ${second} there`
    );
  });
  const left = prefixes - pairs.length;
  const share = Math.ceil((1000 * suspects) / count) / 1000;
  const noise =
    share < 0.5
      ? `--noise ${share} leaves out ${countOf(suspects, "sequence")} and goes on with the others`
      : "too many are in question to call them noise";
  return [
    `${origin.name}: labels contradict each other after ${countOf(prefixes, "beginning")}, which ` +
      `${countText(sequences)} of ${countOf(count, "sequence")} share:`,
    ...named,
    ...(left > 0 ? [`    and ${countText(left)} more such beginnings`] : []),
    "An output may depend only on the inputs up to its position (positions count from 0).",
    `Correct these labels, or add an input that tells such sequences apart; ${noise}.`,
  ].join("\n");
}
