import { type NetworkShape, parameterCount } from "@latticode/kernels";
import type { Attempt } from "../attempt/attempt.ts";

/**
 * Whether `a` is simpler than `b`: by hidden dimension, then by the number of weights. The hidden
 * dimension comes first because it bounds how much there is to read in a network; the weights are
 * what there is to read it from.
 */
export function isSimpler(a: NetworkShape, b: NetworkShape): boolean {
  if (a.hiddenDim !== b.hiddenDim) return a.hiddenDim < b.hiddenDim;
  return parameterCount(a) < parameterCount(b);
}

/** Starts of each simpler shape: what fails twice rarely succeeds soon. */
const starts = 2;

/**
 * Attempts at simpler shapes than the one that has succeeded: those that the portfolio has
 * beside, then the same recipe with one hidden dimension less, without g's or f's inner layers, and
 * with half and three quarters of a width. Shapes in `tried` have failed and are left out.
 */
export function smallerAttempts(
  winner: Attempt,
  planned: readonly Attempt[],
  tried: readonly NetworkShape[],
): Attempt[] {
  const known = new Set([...tried, winner.shape].map(shapeText));
  const isNew = (shape: NetworkShape) =>
    isSimpler(shape, winner.shape) && !known.has(shapeText(shape));
  const untried = planned.filter(({ shape, start }) => isNew(shape) && start < starts);
  for (const { shape } of untried) known.add(shapeText(shape));
  const derived = shrunkShapes(winner.shape).filter(isNew);
  const repeated = derived.flatMap((shape) =>
    Array.from({ length: starts }, (_, start) => ({ ...winner, shape, start })),
  );
  return [...untried, ...repeated];
}

/** A name for the sizes of a shape. */
export function shapeText(shape: NetworkShape): string {
  const { hiddenDim, hiddenDepth, hiddenWidth, outputDepth, outputWidth } = shape;
  return [hiddenDim, hiddenDepth, hiddenWidth, outputDepth, outputWidth].join(" ");
}

function shrunkShapes(shape: NetworkShape): NetworkShape[] {
  const { hiddenDim, hiddenDepth, hiddenWidth, outputDepth, outputWidth } = shape;
  const shapes: NetworkShape[] = [];
  if (hiddenDim > 1) shapes.push({ ...shape, hiddenDim: hiddenDim - 1 });
  if (outputDepth > 1) shapes.push({ ...shape, outputDepth: 1, outputWidth: 0 });
  if (hiddenDepth > 1) shapes.push({ ...shape, hiddenDepth: 1, hiddenWidth: 0 });
  for (const quarters of [2, 3]) {
    const part = (width: number) => Math.max(1, Math.ceil((width * quarters) / 4));
    if (hiddenDepth > 1) shapes.push({ ...shape, hiddenWidth: part(hiddenWidth) });
    if (outputDepth > 1) shapes.push({ ...shape, outputWidth: part(outputWidth) });
  }
  return shapes;
}
