import type { Program } from "@latticode/program";
import { compileProgram, unlessFailed } from "@latticode/program";
import { type Check, countOf, type RunLanguage, toldCheck } from "./check.ts";
import type { Inputs } from "./inputs/drawn.ts";

/** What came of running a program's text, once for all sequences. */
export type EmittedRun =
  | {
      readonly language: RunLanguage;
      /**
       * A line a sequence: its outputs, row-major, in decimal and separated by spaces; "refused:
       * ..." where the text says that numbers are beyond what its language holds; "error: ..."
       * else.
       */
      readonly lines: readonly string[];
    }
  /** The language is not there, in words. */
  | { readonly language: RunLanguage; readonly absent: string };

/** Runs texts in processes of their own. */
export type RunEmitted = (
  code: Readonly<Record<RunLanguage, string>>,
  inputDim: number,
  sequences: readonly Inputs[],
) => Promise<readonly EmittedRun[]>;

const names = { python: "Python", javascript: "JavaScript" } as const;

/** Compares what texts gave with what the interpreter gives for the program. */
export function checkText(
  program: Program,
  sequences: readonly Inputs[],
  runs: readonly EmittedRun[],
): Check[] {
  const execute = compileProgram(program);
  const { inputDim } = program;
  const expected = sequences.flatMap(({ count, length, x }) =>
    Array.from({ length: count }, (_, i) => {
      const word = x.subarray(i * length * inputDim, (i + 1) * length * inputDim);
      return { length, line: lineOf(() => execute(word, length)) };
    }),
  );
  return runs.map((run) => {
    const { language: name } = run;
    const description = `emitted ${names[name]}, run on its own, against the program`;
    if ("absent" in run) return toldCheck(name, description, `not run: ${run.absent}`);
    const { lines } = run;
    let [positions, wrong, compared] = [0, 0, 0];
    let firstWrong: string | undefined;
    for (const [i, { length, line }] of expected.entries()) {
      const given = lines[i] ?? "error: no output";
      if (given.startsWith("refused: ")) continue;
      compared++;
      positions += length;
      if (given === line || (line === undefined && given.startsWith("error: "))) continue;
      wrong += length;
      const due = shortened(line ?? "an error");
      firstWrong ??= `sequence ${i} gives ${shortened(given)}, not ${due}`;
    }
    const refused = expected.length - compared;
    if (compared === 0 && lines.length === expected.length) {
      return toldCheck(
        name,
        description,
        `${countOf(refused, "sequence")} refused: numbers too large for the language`,
      );
    }
    const outcome =
      firstWrong ??
      (refused > 0
        ? `${countOf(refused, "sequence")} refused: numbers too large for the language`
        : "");
    return {
      ...{ name, description, sequences: compared, positions, wrong },
      ...{ passed: wrong === 0 && lines.length === expected.length, proven: false },
      ...(outcome && { outcome }),
    };
  });
}

/** Outputs as a line; undefined where the run fails. */
function lineOf(run: () => readonly (number | bigint)[]): string | undefined {
  return unlessFailed(() => run().join(" "));
}

function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
