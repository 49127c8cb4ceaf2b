import ora from "ora";
import type { SynthesisEvent } from "../pipeline/synthesize.ts";

/** Shows how a synthesis goes on standard error. */
export interface Progress {
  readonly show: (event: SynthesisEvent) => void;
  /** Takes the live line away, where there is one. */
  readonly stop: () => void;
}

/** Begins to show progress; whoever ends the process early stops it. */
export type StartProgress = (options: { readonly quiet?: boolean }) => Progress;

/** A live line on a terminal, plain lines otherwise, nothing when quiet. */
export function newProgress(options: { readonly quiet?: boolean }): Progress {
  if (options.quiet) return { show: () => {}, stop: () => {} };
  return canShowLiveLine() ? newLiveLine() : newPlainLines();
}

function canShowLiveLine(): boolean {
  const { isTTY, columns } = process.stderr;
  // A terminal of no width (a pseudo-terminal that nobody sized) makes ora clear lines without end.
  return isTTY && columns > 0 && process.env.TERM !== "dumb" && !("CI" in process.env);
}

function newLiveLine(): Progress {
  // stdin stays as it is, so that Ctrl-C keeps its meaning.
  const spinner = ora({ stream: process.stderr, discardStdin: false });
  return {
    show: (event) => {
      if (event.type === "start") spinner.start(event.stage);
      else if (event.type === "training") spinner.text = describeTraining(event);
      else if (event.type === "finish") spinner.succeed(describeFinish(event));
    },
    stop: () => {
      spinner.stop();
    },
  };
}

/** Milliseconds between two plain lines about training. */
const plainLineInterval = 2000;

function newPlainLines(): Progress {
  const print = (line: string) => process.stderr.write(`${line}\n`);
  let lastLine = Number.NEGATIVE_INFINITY;
  return {
    show: (event) => {
      if (event.type === "finish") print(describeFinish(event));
      else if (event.type === "training" && performance.now() - lastLine >= plainLineInterval) {
        lastLine = performance.now();
        print(describeTraining(event));
      }
    },
    stop: () => {},
  };
}

const phaseNames = {
  search: "attempt",
  simplification: "simpler network",
} as const;

function describeTraining({ progress }: SynthesisEvent & { type: "training" }): string {
  const { phase, attempt, attempts, left, shape, trainer, loss, accuracy } = progress;
  const f = layers(shape.hiddenDepth, shape.hiddenWidth);
  const g = layers(shape.outputDepth, shape.outputWidth);
  const network = `hidden dimension ${shape.hiddenDim}, transition ${f}, output ${g}`;
  // There is no loss before the attempt's first step.
  const soFar = Number.isNaN(loss) ? "" : `, loss ${loss.toPrecision(3)}`;
  const best = `${(Math.floor(accuracy * 1e4) / 100).toFixed(2)} %`;
  return (
    `training: ${phaseNames[phase]} ${attempt} of ${attempts}, at most ${left} left ` +
    `(${network}; ${trainer})${soFar}, best accuracy ${best}`
  );
}

function layers(depth: number, width: number): string {
  return depth === 1 ? "linear" : `${depth} layers of width ${width}`;
}

function describeFinish({ stage, seconds, summary }: SynthesisEvent & { type: "finish" }): string {
  return `${stage}: ${summary} (${seconds.toFixed(2)} s)`;
}
