import type { Program } from "@latticode/program";
import { visitExpression } from "@latticode/program";

/** The inputs that the program's expressions mention, by index. */
export function inputsRead(program: Program): Set<number> {
  const read = new Set<number>();
  for (const e of [...program.updates.map(({ value }) => value), ...program.outputs]) {
    visitExpression(e, (node) => {
      if (node.op === "input") {
        read.add(node.index);
      }
    });
  }
  return read;
}
