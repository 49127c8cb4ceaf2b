/**
 * A program failed on an input, as its language says that it does: a division by zero, an index out
 * of range of its list, `shift` or `argmax` of an empty list, a product of more than 2^20 bits. It
 * is the only error that says something about the program; any other is a mistake in the code that
 * runs it.
 */
export class EvaluationError extends RangeError {}

/**
 * What an evaluation gives, or undefined where the program fails on its input.
 *
 * @throws every error but EvaluationError
 * @example unlessFailed(() => run(x, length)) // the outputs, or undefined
 */
export function unlessFailed<T>(evaluate: () => T): T | undefined {
  try {
    return evaluate();
  } catch (error) {
    if (error instanceof EvaluationError) return undefined;
    throw error;
  }
}
