import type { Expression, Program } from "@latticode/program";
import { argumentsOf } from "@latticode/program";

/** What an affine expression is: a number, or a list of a length that never changes. */
type Shape = "number" | { readonly length: number };

/**
 * Number of integers in the state of a program that is affine by its form, so that a constant, the
 * state and the inputs enter every next state and output linearly; undefined for any other. Lists
 * count their numbers, and must keep their lengths.
 */
export function affineDimension(program: Program): number | undefined {
  const shapes = new Map(
    program.state.map(({ name, initial }): [string, Shape] => [
      name,
      typeof initial === "number" ? "number" : { length: initial.length },
    ]),
  );
  const isAffine =
    program.outputs.every((output) => shapeOf(output, shapes) === "number") &&
    program.updates.every(({ target, value }) => {
      const shape = shapeOf(value, shapes);
      return shape !== undefined && isSame(shape, shapes.get(target)!);
    });
  if (!isAffine) return undefined;
  let dimension = 0;
  for (const shape of shapes.values()) dimension += shape === "number" ? 1 : shape.length;
  return dimension;
}

function isSame(a: Shape, b: Shape): boolean {
  return a === "number" || b === "number" ? a === b : a.length === b.length;
}

/** The shape of an expression that is affine in the state and the inputs, undefined for others. */
function shapeOf(e: Expression, shapes: ReadonlyMap<string, Shape>): Shape | undefined {
  const args = () => argumentsOf(e).map((argument) => shapeOf(argument, shapes));
  const areNumbers = () => args().every((shape) => shape === "number");
  const listOf = (argument: Expression) => {
    const shape = shapeOf(argument, shapes);
    return shape === "number" ? undefined : shape;
  };
  switch (e.op) {
    case "integer":
    case "input":
      return "number";
    case "list":
      return { length: e.values.length };
    case "state":
      return shapes.get(e.name);
    case "+":
    case "-":
    case "negate":
      return areNumbers() ? "number" : undefined;
    case "*":
      return areNumbers() && e.args.some(isConstant) ? "number" : undefined;
    case "sum":
      return listOf(e.args[0]) && "number";
    case "reverse":
      return listOf(e.args[0]);
    case "shift": {
      const list = listOf(e.args[0]);
      return list && list.length > 0 && shapeOf(e.args[1], shapes) === "number" ? list : undefined;
    }
    case "at": {
      const list = listOf(e.args[0]);
      return list && isPlace(e.args[1], list.length) ? "number" : undefined;
    }
    case "add-at": {
      const list = listOf(e.args[0]);
      const isAffine = list && isPlace(e.args[1], list.length);
      return isAffine && shapeOf(e.args[2], shapes) === "number" ? list : undefined;
    }
    default:
      // a constant in some other form, 7 // 2 for one, is not worth the trouble
      return undefined;
  }
}

/** Whether the expression, affine as it is, reads neither state nor input. */
function isConstant(e: Expression): boolean {
  return (
    e.op === "integer" ||
    (e.op !== "input" && e.op !== "state" && e.op !== "list" && argumentsOf(e).every(isConstant))
  );
}

function isPlace(e: Expression, length: number): boolean {
  return e.op === "integer" && e.value < length && e.value >= -length;
}
