import type { NetworkShape } from "@latticode/kernels";
import type { Examples } from "@latticode/program";
import type { Attempt } from "../attempt/attempt.ts";

// The architecture search of Michaud et al. 2024 (section 3.1, "AutoML"): five numbers in the order
// of their importance (output depth, hidden depth, hidden dimension, output width, hidden width)
// are the digits of one integer. It grows by a factor 2^(1/4) from both depths 1 on until some seed
// trains a perfect network, and is then bisected back to the smallest that does. Limits, batch and
// steps are smaller than theirs, to suit a processor: hidden dimension 16 of their 128, widths 64
// of 256, batch 256 of 4,096.

const mostDepth = 3;
const mostHidden = 16;
const mostWidth = 64;
const growth = 2 ** 0.25;
const starts = 3;
const steps = 10_000;

/** The first architecture, both depths 1 and hidden dimension 1, and the last one. */
const first = mostWidth * mostWidth;
const last = mostDepth * mostDepth * mostHidden * mostWidth * mostWidth - 1 + first;

/** The shape that an integer from `first` to `last` stands for. */
function shapeOf(architecture: number, { inputDim, outputDim }: Examples): NetworkShape {
  let rest = architecture - first;
  const digit = (size: number) => {
    const value = rest % size;
    rest = Math.floor(rest / size);
    return 1 + value;
  };
  const hiddenWidth = digit(mostWidth);
  const outputWidth = digit(mostWidth);
  const hiddenDim = digit(mostHidden);
  const hiddenDepth = digit(mostDepth);
  const outputDepth = digit(mostDepth);
  return {
    ...{ inputDim, outputDim, hiddenDim, hiddenDepth, outputDepth },
    hiddenWidth: hiddenDepth === 1 ? 0 : hiddenWidth,
    outputWidth: outputDepth === 1 ? 0 : outputWidth,
  };
}

/** The starts of one architecture. */
function attemptsAt(architecture: number, examples: Examples): Attempt[] {
  const shape = shapeOf(architecture, examples);
  return Array.from({ length: starts }, (_, start) => ({
    shape,
    recipe: { trainer: "adamw", steps },
    start,
  }));
}

/**
 * The paper's search. `train` runs attempts until one is perfect, and returns that one or nothing.
 * Widths of an affine f or g change nothing, so an architecture is only tried where its shape is
 * new.
 */
export async function paperSearch<T>(
  examples: Examples,
  train: (attempts: readonly Attempt[]) => Promise<T | undefined>,
): Promise<T | undefined> {
  const known = new Map<string, T | undefined>();
  const tryAt = async (architecture: number) => {
    const attempts = attemptsAt(architecture, examples);
    const key = JSON.stringify(attempts[0].shape);
    if (!known.has(key)) known.set(key, await train(attempts));
    return known.get(key);
  };
  let failed = first - 1;
  let tried = first;
  let best = await tryAt(tried);
  while (!best && tried < last) {
    failed = tried;
    tried = Math.min(last, Math.ceil(tried * growth));
    best = await tryAt(tried);
  }
  let succeeded = tried;
  while (best && succeeded - failed > 1) {
    const middle = Math.floor((failed + succeeded) / 2);
    const found = await tryAt(middle);
    if (found) {
      best = found;
      succeeded = middle;
    } else failed = middle;
  }
  return best;
}
