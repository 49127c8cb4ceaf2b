import { countText, horizonText } from "@latticode/verification";
import type { ExtractionResult } from "./extraction-result.ts";

/**
 * What the report of an extraction says of longer words and of the network, a sentence per line.
 */
export function extractionLines({ horizon, length, network }: ExtractionResult): string[] {
  const { activation, margin, marginOver, inputDim } = network;
  const lines: string[] = [];
  if (horizon) {
    lines.push(`beyond length ${length}: ${horizonText(horizon, { inputDim, length })}`);
  }
  if (margin !== null && marginOver) {
    const { words, exhaustive } = marginOver;
    const which = exhaustive ? `all ${countText(words)} words` : `${countText(words)} words`;
    lines.push(
      `the network's outputs are within ${margin.toFixed(3)} of integers on ${which} ` +
        `of length ${length}`,
    );
  }
  if (activation === "names") {
    lines.push(
      "the file does not say which activation the network has: relu is assumed from the names " +
        "of its tensors; --activation relu confirms it",
    );
  }
  return lines;
}
