export { programCost } from "./cost.ts";
export type { DistinctSequences, Examples } from "./examples.ts";
export { checkExamples, distinctSequences, selectExamples } from "./examples.ts";
export type {
  AddAtExpression,
  AtExpression,
  BinaryExpression,
  BinaryOperator,
  ConditionalExpression,
  Expression,
  InExpression,
  InputExpression,
  IntegerExpression,
  Kind,
  ListExpression,
  ListExtensionExpression,
  ListOperator,
  ListOperatorExpression,
  ListReductionExpression,
  OperatorExpression,
  StateExpression,
  UnaryExpression,
  UnaryOperator,
} from "./expression.ts";
export {
  absolute,
  add,
  addAt,
  and,
  append,
  argmax,
  argumentsOf,
  at,
  binary,
  binaryOperators,
  conditional,
  contains,
  countNodes,
  equal,
  floorDivide,
  input,
  integer,
  kindOf,
  less,
  listOf,
  listOperators,
  mapArguments,
  maximum,
  minimum,
  modulo,
  multiply,
  negate,
  not,
  or,
  replaceStates,
  reverse,
  sameExpression,
  shift,
  state,
  stateNames,
  subtract,
  sum,
  unary,
  unaryOperators,
  visitExpression,
  xor,
} from "./expression.ts";
export { EvaluationError, unlessFailed } from "./interpreter/evaluation-error.ts";
export type { Integer, ProgramState } from "./interpreter/frame.ts";
export type { CompiledProgram } from "./interpreter/interpreter.ts";
export { compileProgram, runProgram } from "./interpreter/interpreter.ts";
export type { SteppedProgram } from "./interpreter/step.ts";
export { compileStep } from "./interpreter/step.ts";
export { carriedVariables } from "./liveness.ts";
export type { Program, StateVariable, Update } from "./program.ts";
export { checkProgram, listVariables } from "./program.ts";
export type { DrawInteger } from "./random.ts";
export { drawIntegers } from "./random.ts";
export type { Readability, ReadabilityOptions } from "./readability.ts";
export { comparePrograms, readability } from "./readability.ts";
export type { NumberOperator, Range } from "./simplify/intervals.ts";
export { everything, int32, isWithin, mayBe, safeIntegers } from "./simplify/intervals.ts";
export type { RangeEnvironment } from "./simplify/ranges.ts";
export {
  canLeaveSafeIntegers,
  expressionRange,
  lengthReader,
  programRanges,
  rangeReader,
} from "./simplify/ranges.ts";
export type { KnownRanges } from "./simplify/simplify.ts";
export { simplifyExpression } from "./simplify/simplify.ts";
export { simplifyProgram } from "./simplify/simplify-program.ts";
