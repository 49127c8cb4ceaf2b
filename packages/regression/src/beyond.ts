import type { Recurrent, Traces } from "@latticode/network";
import type { Program } from "@latticode/program";
import { compileProgram, unlessFailed } from "@latticode/program";
import { drawWords, observeDomain } from "@latticode/verification";

// A table of all words of one length says nothing of longer ones. Where a network's outputs stay near
// integers beyond the trained length, they are a witness: of programs of nearby cost the one that goes
// on as the network does is preferred. It is a preference, no check: the network may be wrong there.

/** Longer words, this many times the trained length, as far as outputs are near integers on them. */
const lengthening = 10;
const words = 40;
/** Outputs nearer to an integer than this are believed. */
const mostDistance = 0.1;
/** Longer words are not run. */
const mostPositions = 400;

/** What a network does on words longer than the traces. */
export interface Beyond {
  readonly length: number;
  /** [words, length, inputDim] */
  readonly x: Int32Array;
  /** Rounded outputs: [words, length, outputDim] */
  readonly y: Float64Array;
  /** Positions of each word before the first output that is not near an integer: [words] */
  readonly believed: Int32Array;
}

/** Runs a network on random words of what follows what in the traces. */
export function traceBeyond(recurrent: Recurrent, traces: Traces, seed: number): Beyond {
  const domain = observeDomain(traces);
  const length = Math.max(traces.length, Math.min(mostPositions, lengthening * traces.length));
  const { x } = drawWords(domain, { count: words, length, seed });
  const { outputDim } = recurrent;
  const { y } = recurrent.run(x, words, length);
  const believed = Int32Array.from({ length: words }, (_, s) => {
    const outputs = y.subarray(s * length * outputDim, (s + 1) * length * outputDim);
    const first = outputs.findIndex(
      (value) => !(Math.abs(value - Math.round(value)) < mostDistance && Math.abs(value) < 2 ** 31),
    );
    return Math.floor((first < 0 ? outputs.length : first) / outputDim);
  });
  return { length, x, y: y.map(Math.round), believed };
}

/** Whether a program goes on as the network does, as far as the network is believed. */
export function goesOn(program: Program, { length, x, y, believed }: Beyond): boolean {
  const run = compileProgram(program);
  const { inputDim } = program;
  const outputDim = program.outputs.length;
  return believed.every((positions, s) => {
    const from = s * length;
    const word = x.subarray(from * inputDim, (from + positions) * inputDim);
    const outputs = unlessFailed(() => run(word, positions));
    return outputs?.every((value, i) => Number(value) === y[from * outputDim + i]) ?? false;
  });
}

/** Whether outputs are near integers on nine words of ten up to a length. */
export function isBelieved({ believed }: Beyond, length: number): boolean {
  return believed.filter((positions) => positions >= length).length >= 0.9 * believed.length;
}
