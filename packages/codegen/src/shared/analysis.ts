import type { Expression, Program, Range, RangeEnvironment } from "@latticode/program";
import { kindOf, lengthReader, listVariables, rangeReader } from "@latticode/program";

/** What is known about the expressions of a program. */
export interface Analysis {
  /** Bounds beyond the safe integers are infinite. */
  readonly rangeOf: (e: Expression) => Range;
  readonly isList: (e: Expression) => boolean;
  readonly lengthRangeOf: (list: Expression) => Range;
}

/** What follows from the ranges of a program's variables and inputs. */
export function analysisIn(environment: RangeEnvironment, program: Program): Analysis {
  const lists = listVariables(program);
  return {
    rangeOf: rangeReader(environment),
    isList: (e) => kindOf(e, lists) === "list",
    lengthRangeOf: lengthReader(environment),
  };
}
