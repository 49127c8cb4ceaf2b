import { finderOf } from "@latticode/regression";
import type { Counterexample } from "@latticode/verification";
import { countText } from "@latticode/verification";
import type { Account, DecodedVariable } from "../report/index.ts";
import { blocksOf, headlineOf } from "../report/index.ts";
import { extractionLines } from "./extract/extraction-lines.ts";
import type { ExtractionResult } from "./extract/extraction-result.ts";
import type { Found, NetworkSizes, Result } from "./result.ts";
import { nameSequences } from "./sources/read-source.ts";

/** A report for people, but for the program, which stands between the two. */
export interface Report {
  /** The verdict in one line. */
  readonly headline: string;
  /** What it rests on. */
  readonly rest: string;
}

/** The report of a synthesis. */
export function reportOf(result: Result): Report {
  return report(result, result.network ? [trainedLine(result.network)] : []);
}

/** The report of an extraction. */
export function extractionReportOf(result: ExtractionResult): Report {
  return report(result, [...extractionLines(result), `network: ${sizes(result.network)}`]);
}

type Reported = Omit<Result, "network">;

function report(result: Reported, networkLines: readonly string[]): Report {
  const account = accountOf(result);
  const blocks = blocksOf(account).flatMap(({ title, lines }) => [
    `${title}:`,
    ...lines.map((line) => `  ${line}`),
  ]);
  const rest = [
    ...(result.found ? foundLines(result.found) : []),
    ...blocks,
    ...counterexamples(result),
    ...repairLines(result),
    ...networkLines,
    secondsLine(result),
    `digest: ${result.digest}`,
    "",
  ];
  return { headline: `${headlineOf(account)}\n`, rest: rest.join("\n") };
}

function accountOf({ verification: checks, noise, contradictions, ...result }: Reported): Account {
  // the sequences are known by their places only
  const sequences = [...(noise?.places.keys() ?? [])];
  return {
    ...result,
    checks,
    contradictions: null,
    ...(noise && {
      noise: { allowed: noise.allowed, sequences },
      nameSequences: (named: readonly number[]) => nameSequences(noise, named),
    }),
  };
}

function foundLines(found: Found): string[] {
  const { route, stage, cost, certificate, variables = [], isReading } = found;
  const lines = [
    `found by ${stage} (${route} route), cost ${cost}`,
    `  ${finderOf(stage, route).explanation}`,
  ];
  if (variables.length > 0) {
    lines.push(
      isReading
        ? "  its variables are read from the hidden state:"
        : "  it was found by search; the hidden state shows these of its variables:",
      ...variables.flatMap(decodingLines),
    );
  }
  if (certificate) {
    const { route, stage } = certificate;
    lines.push(`  the ${route} route (${stage}) found ${certificateText(certificate)}`);
  }
  return lines;
}

function decodingLines({ name, decoding, formulas, maps = [] }: DecodedVariable): string[] {
  switch (decoding) {
    case "affine": {
      const shown = formulas ?? [];
      const left = maps.length - shown.length;
      return [...shown, ...(left > 0 ? [`and ${left} more elements`] : [])].map((f) => `    ${f}`);
    }
    case "nearest":
      return [`    ${name}: taken from the nearest known hidden state`];
    case "none":
      return [`    ${name}: not decoded`];
  }
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

function repairLines({ repair }: Reported): string[] {
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

function counterexamples({ verification }: Reported): string[] {
  return verification.flatMap((check) =>
    check.firstCounterexample
      ? [`${check.description}:`, ...counterexampleLines(check.firstCounterexample)]
      : [],
  );
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

function secondsLine({ seconds }: Reported): string {
  const entries = Object.entries(seconds);
  const total = entries.reduce((sum, [, value]) => sum + value, 0);
  const parts = entries.map(([stage, value]) => `${stage} ${value.toFixed(2)}`);
  return `seconds: ${parts.join(", ")}; total ${total.toFixed(2)}`;
}
