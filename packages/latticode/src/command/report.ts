import type { Check, Counterexample } from "../verify.ts";
import type { Result } from "./result.ts";

/** The result for people: the program, how it was verified, how long each stage took. */
export function reportOf(result: Result): string {
  return [
    ...programLines(result),
    ...(result.verification.length > 0 ? [verdict(result.verification)] : []),
    ...result.verification.flatMap(checkLines),
    ...(result.network ? [networkLine(result.network)] : []),
    secondsLine(result),
    `digest: ${result.digest}`,
    "",
  ].join("\n");
}

function programLines({ solved, stopped, code }: Result): string[] {
  const text = code && Object.values(code)[0];
  const lines = text ? [text.trimEnd(), ""] : [];
  if (!solved && stopped) lines.push(`not solved, stopped at ${stopped.stage}: ${stopped.reason}`);
  return lines;
}

function verdict(checks: readonly Check[]): string {
  const sequences = checks.reduce((sum, check) => sum + check.sequences, 0);
  return checks.every((check) => check.passed)
    ? `verified: checked on ${count(sequences)} sequences, not proven`
    : "not verified:";
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

function networkLine(network: NonNullable<Result["network"]>): string {
  const f = layers(network.hiddenDepth, network.hiddenWidth);
  const g = layers(network.outputDepth, network.outputWidth);
  const accuracy = (Math.floor(network.accuracy * 1e4) / 100).toFixed(2);
  return `network: hidden dimension ${network.hiddenDim}, f ${f}, g ${g}, accuracy ${accuracy} %, largest error ${network.margin.toFixed(3)}`;
}

function layers(depth: number, width: number): string {
  return depth === 1 ? "linear" : `of depth ${depth} and width ${width}`;
}

function secondsLine({ seconds }: Result): string {
  const entries = Object.entries(seconds);
  const total = entries.reduce((sum, [, value]) => sum + value, 0);
  const parts = entries.map(([stage, value]) => `${stage} ${value.toFixed(2)}`);
  return `seconds: ${parts.join(", ")}; together ${total.toFixed(2)}`;
}

function count(value: number): string {
  return value.toLocaleString("en-US");
}
