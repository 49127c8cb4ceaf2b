import type { NetworkShape } from "@latticode/kernels";
import type { Check, Counterexample } from "../tally.ts";
import type { ExtractionResult } from "./extraction-result.ts";
import type { Result } from "./result.ts";

/** The result of a synthesis for people: program, verification, network, seconds. */
export function reportOf(result: Result): string {
  return report(result, result.network ? [trainedLine(result.network)] : []);
}

/** The same of an extraction. */
export function extractionReportOf(result: ExtractionResult): string {
  const { margin } = result.network;
  const outputs = margin === null ? "" : `, outputs within ${margin.toFixed(3)} of integers`;
  return report(result, [`network: ${sizes(result.network)}${outputs}`]);
}

type Report = Omit<Result, "network">;

function report(result: Report, networkLines: readonly string[]): string {
  return [
    ...programLines(result),
    ...(result.verification.length > 0 ? [verdict(result.verification)] : []),
    ...result.verification.flatMap(checkLines),
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

function verdict(checks: readonly Check[]): string {
  if (!checks.every((check) => check.passed)) return "not verified:";
  const sequences = count(checks.reduce((sum, check) => sum + check.sequences, 0));
  return checks.some((check) => check.name === "examples")
    ? `verified: checked on ${sequences} sequences, not proven`
    : `agrees with the network on ${sequences} sequences; there were no labels, so whether the network is right is not known`;
}

function checkLines(check: Check): string[] {
  const outcome =
    check.sequences === 0
      ? "nothing to check"
      : check.wrong === 0
        ? `right at all ${count(check.positions)} positions`
        : `wrong at ${count(check.wrong)} of ${count(check.positions)} positions`;
  const line = `  ${check.description}: ${count(check.sequences)} sequences, ${outcome}`;
  return check.firstCounterexample
    ? [line, ...counterexampleLines(check.firstCounterexample)]
    : [line];
}

function counterexampleLines({ x, expected, actual, position, error }: Counterexample): string[] {
  return [
    `    for example at position ${position} of ${JSON.stringify(x)}:`,
    `    expected ${JSON.stringify(expected)}`,
    `    but got  ${actual ? JSON.stringify(actual) : error}`,
  ];
}

function trainedLine(network: NonNullable<Result["network"]>): string {
  const accuracy = (Math.floor(network.accuracy * 1e4) / 100).toFixed(2);
  return `network: ${sizes(network)}, accuracy ${accuracy} %, largest error ${network.margin.toFixed(3)}`;
}

type Sizes = Omit<NetworkShape, "inputDim" | "outputDim">;

function sizes({ hiddenDim, hiddenDepth, hiddenWidth, outputDepth, outputWidth }: Sizes): string {
  const f = layers(hiddenDepth, hiddenWidth);
  const g = layers(outputDepth, outputWidth);
  return `hidden dimension ${hiddenDim}, f ${f}, g ${g}`;
}

function layers(depth: number, width: number): string {
  return depth === 1 ? "linear" : `of depth ${depth} and width ${width}`;
}

function secondsLine({ seconds }: Report): string {
  const entries = Object.entries(seconds);
  const total = entries.reduce((sum, [, value]) => sum + value, 0);
  const parts = entries.map(([stage, value]) => `${stage} ${value.toFixed(2)}`);
  return `seconds: ${parts.join(", ")}; together ${total.toFixed(2)}`;
}

function count(value: number): string {
  return value.toLocaleString("en-US");
}
