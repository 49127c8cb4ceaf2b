/**
 * Why a stage found nothing: one line for the user. A stage answers with this, it does not throw.
 */
export interface Rejection {
  readonly rejected: string;
}

/** Whether a stage's answer is a rejection. */
export function isRejection(result: object): result is Rejection {
  return "rejected" in result;
}
