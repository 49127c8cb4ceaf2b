import { compileStep, type Program, unlessFailed } from "@latticode/program";
import { type Domain, drawWords } from "../claims/domain.ts";
import type { Inputs } from "./drawn.ts";
import { edgeInputs } from "./edges.ts";

/** Lengths at which program and network are compared, with random sequences of each. */
const longLengths = [
  { length: 100, sequences: 200 },
  { length: 1000, sequences: 40 },
] as const;

/**
 * Random sequences longer than a network was trained on, and as many at the edges of the inputs.
 */
export interface LongInputs {
  readonly random: Inputs;
  readonly edges: Inputs;
}

/** The sequences of every length above the trained one, the shortest first. */
export function drawLongInputs(domain: Domain, { seed }: { readonly seed: number }): LongInputs[] {
  return longLengths
    .filter(({ length }) => length > domain.length)
    .map(({ length, sequences }) => {
      const edges = edgeInputs(domain, length);
      const width = length * domain.inputDim;
      const count = Math.min(sequences, edges.count);
      const x = new Int32Array(count * width);
      for (let i = 0; i < count; i++) {
        const from = Math.floor((i * edges.count) / count) * width;
        x.set(edges.x.subarray(from, from + width), i * width);
      }
      return {
        random: drawWords(domain, { count: sequences, length, seed }),
        edges: { count, length, x },
      };
    });
}

/** Those for a program's text: without the longest where its numbers grow with them. */
export function longInputsOfText(program: Program, inputs: readonly LongInputs[]): Inputs[] {
  const [{ length: shortest }] = longLengths;
  return inputs
    .filter(({ random }) => random.length === shortest || staysSmall(program, random))
    .flatMap(({ random, edges }) => [random, edges]);
}

/** Whether the outputs on the first sequence are ones that a network could give. */
export function staysSmall(program: Program, { length, x }: Inputs): boolean {
  const { inputDim } = program;
  const { initial, step } = compileStep(program);
  let current = initial;
  for (let t = 0; t < length; t++) {
    const now = x.subarray(t * inputDim, (t + 1) * inputDim);
    const after = unlessFailed(() => step(current, now));
    // a division by zero is for the check to report
    if (!after) return true;
    if (after.outputs.some((y) => typeof y === "bigint" || Math.abs(y) > 2 ** 31)) return false;
    current = after.state;
  }
  return true;
}
