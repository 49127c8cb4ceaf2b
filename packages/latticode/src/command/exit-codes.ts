/** What the command's exit codes mean. */
export const exitCodes = {
  /** Solved and verified. */
  solved: 0,
  /** A fault of the program itself. */
  fault: 1,
  /** A result was not reproduced. */
  different: 1,
  /** Bad usage or bad input. */
  badInput: 2,
  notSolved: 3,
  /** 128 + SIGINT. */
  interrupted: 130,
} as const;
