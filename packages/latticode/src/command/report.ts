import { finderOf } from "@latticode/regression";
import type { Check, Counterexample } from "@latticode/verification";
import { checkOutcome, countText, summaryOf } from "@latticode/verification";
import { extractionLines } from "./extract/extraction-lines.ts";
import type { ExtractionResult } from "./extract/extraction-result.ts";
import type { Found, NetworkSizes, Result } from "./result.ts";

/** The result of a synthesis for people: program, verification, network, seconds. */
export function reportOf(result: Result): string {
  return report(result, result.network ? [trainedLine(result.network)] : []);
}

/** The same of an extraction. */
export function extractionReportOf(result: ExtractionResult): string {
  return report(result, [...extractionLines(result), `network: ${sizes(result.network)}`]);
}

type Report = Omit<Result, "network">;

function report(result: Report, networkLines: readonly string[]): string {
  return [
    ...programLines(result),
    ...(result.found ? foundLines(result.found) : []),
    ...(result.verification.length > 0 ? [verdict(result.verification)] : []),
    ...result.verification.flatMap(checkLines),
    ...repairLines(result),
    ...networkLines,
    secondsLine(result),
    `digest: ${result.digest}`,
    "",
  ].join("\n");
}

function programLines({ solved, stopped, code }: Report): string[] {
  const text = code && Object.values(code)[0];
  const lines = text ? [text.trimEnd(), ""] : [];
  if (!solved && stopped) lines.push(`not solved, stopped at ${stopped.stage}: ${stopped.reason}`);
  return lines;
}

function foundLines(found: Found): string[] {
  const { route, stage, cost, certificate, variables = [], isReading } = found;
  const lines = [
    `found by ${stage} (${route} route), cost ${cost}`,
    `  ${finderOf(stage, route).explanation}`,
  ];
  const decoded = variables.map(({ name, decoding }) =>
    decoding === "none" ? `${name} is not decoded` : `${name} ${decodings[decoding]}`,
  );
  if (decoded.length > 0) {
    const origin = "read from the hidden state";
    lines.push(`  ${isReading ? origin : `found by search, not ${origin}`}: ${decoded.join(", ")}`);
  }
  if (certificate) {
    const { route, stage } = certificate;
    lines.push(`  the ${route} route (${stage}) found ${certificateText(certificate)}`);
  }
  return lines;
}

function certificateText({ equality, explanation }: NonNullable<Found["certificate"]>): string {
  switch (equality) {
    case "same program":
      return "the same program";
    case "proven equal":
      return `a program that is proven equal: ${explanation}`;
    case "agrees":
      return `a program that agrees ${explanation}`;
    case "differs":
      return `a program that differs ${explanation}`;
  }
}

function repairLines({ repair }: Report): string[] {
  if (!repair) return [];
  const { cost, stage, disagreement, confirmation, python } = repair;
  const judged = confirmation
    ? ` and is wrong at ${countText(confirmation.wrong)} of ` +
      `${countText(confirmation.positions)} positions of the confirmation examples`
    : "";
  return [
    `possible repair (never counted as solved), found by ${stage}, cost ${cost}: it ` +
      `differs from the network at ${(100 * disagreement).toFixed(2)} % of ` +
      `positions${judged}`,
    ...python.trimEnd().replace(/^/gm, "  ").split("\n"),
  ];
}

const decodings = { affine: "by an affine map", nearest: "by the nearest hidden state" };

function verdict(checks: readonly Check[]): string {
  const { passed, sequences: all, proofs } = summaryOf(checks);
  if (!passed) return "not verified:";
  const sequences = `${countText(all)} sequences`;
  const proof = proofs.length > 0 ? `${proofs.join(", ")}; ` : "";
  const unproven = proof ? "" : "; not proven for all lengths";
  return checks.some((check) => check.name === "examples")
    ? `verified: ${proof}checked on ${sequences}${unproven}`
    : `${proof}agrees with the network on ${sequences}${unproven}; there were no ` +
        "labels, so the network itself may be wrong";
}

function checkLines(check: Check): string[] {
  const line = `  ${check.description}: ${checkOutcome(check)}`;
  return check.firstCounterexample
    ? [line, ...counterexampleLines(check.firstCounterexample)]
    : [line];
}

function counterexampleLines({ x, expected, actual, position, error }: Counterexample): string[] {
  return [
    `    for example at position ${position} of the inputs ${shown(x, position)}:`,
    `    expected ${shown(expected, position)}`,
    `    got      ${actual ? shown(actual, position) : error}`,
  ];
}

/** The part of a long sequence that ends with the position in question. */
function shown(rows: readonly unknown[], position: number): string {
  if (rows.length <= 20) return JSON.stringify(rows);
  const from = Math.max(0, position - 10);
  return `${from > 0 ? "... " : ""}${JSON.stringify(rows.slice(from, position + 1))}`;
}

function trainedLine(network: NonNullable<Result["network"]>): string {
  const accuracy = (Math.floor(network.accuracy * 1e4) / 100).toFixed(2);
  const error = network.margin.toFixed(3);
  return `network: ${sizes(network)}; accuracy ${accuracy} %; largest error ${error}`;
}

function sizes({ hiddenDim, hiddenDepth, hiddenWidth, ...output }: NetworkSizes): string {
  const f = layers(hiddenDepth, hiddenWidth);
  const g = layers(output.outputDepth, output.outputWidth);
  return `hidden dimension ${hiddenDim}; transition: ${f}; output: ${g}`;
}

function layers(depth: number, width: number): string {
  return depth === 1 ? "linear" : `${depth} layers of width ${width}`;
}

function secondsLine({ seconds }: Report): string {
  const entries = Object.entries(seconds);
  const total = entries.reduce((sum, [, value]) => sum + value, 0);
  const parts = entries.map(([stage, value]) => `${stage} ${value.toFixed(2)}`);
  return `seconds: ${parts.join(", ")}; total ${total.toFixed(2)}`;
}
