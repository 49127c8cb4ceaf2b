export { programCost } from "./cost.ts";
export type { Examples } from "./examples.ts";
export { checkExamples, selectExamples } from "./examples.ts";
export type {
  BinaryExpression,
  BinaryOperator,
  ConditionalExpression,
  Expression,
  InputExpression,
  IntegerExpression,
  OperatorExpression,
  StateExpression,
  UnaryExpression,
  UnaryOperator,
} from "./expression.ts";
export {
  absolute,
  add,
  and,
  argumentsOf,
  binary,
  binaryOperators,
  conditional,
  countNodes,
  equal,
  floorDivide,
  input,
  integer,
  less,
  mapArguments,
  maximum,
  minimum,
  modulo,
  multiply,
  negate,
  not,
  or,
  replaceStates,
  sameExpression,
  state,
  stateNames,
  subtract,
  unary,
  unaryOperators,
  visitExpression,
  xor,
} from "./expression.ts";
export type { CompiledProgram } from "./interpreter.ts";
export { compileProgram, runProgram } from "./interpreter.ts";
export type { Program, StateVariable, Update } from "./program.ts";
export { checkProgram } from "./program.ts";
export type { DrawInteger } from "./random.ts";
export { drawIntegers } from "./random.ts";
export type { RandomExpressionOptions } from "./random-program.ts";
export { randomExpression, randomProgram } from "./random-program.ts";
export type { Range, RangeEnvironment } from "./ranges.ts";
export {
  canLeaveSafeIntegers,
  contains,
  everything,
  expressionRange,
  int32,
  isWithin,
  programRanges,
  rangeReader,
  safeIntegers,
} from "./ranges.ts";
export type { KnownRanges } from "./simplify.ts";
export { simplifyExpression } from "./simplify.ts";
export { simplifyProgram } from "./simplify-program.ts";
