import { loadKernels } from "@latticode/kernels";
import type { Network } from "@latticode/network";
import { recurrentOf, traceNetwork } from "@latticode/network";
import { compileProgram } from "@latticode/program";
import {
  checkConfirmation,
  drawInputs,
  productDomain,
  verifyAgreement,
} from "@latticode/verification";
import { expect, test } from "vitest";
import { extractionResultOf } from "../command/extract/extraction-result.ts";
import { extractionReportOf } from "../command/report.ts";
import { interpretNetwork } from "./interpret.ts";
import { newStageClock } from "./stages.ts";

const kernels = await loadKernels();
const columns = [{ kind: "range", min: 0, max: 3 }] as const;
const length = 8;
const domain = productDomain(columns, length);

/** h = h + x, y = h, but y = h + offset where h is one of a few numbers. */
function sumWithErrors(errors: readonly (readonly [number, number])[]): Network {
  // max(h - k + 1, 0) - 2 max(h - k, 0) + max(h - k - 1, 0) is 1 at k and 0 at the other integers
  const biases = [0, ...errors.flatMap(([k]) => [1 - k, -k, -k - 1])];
  const outputs = [1, ...errors.flatMap(([, offset]) => [offset, -2 * offset, offset])];
  return {
    shape: {
      ...{ inputDim: 1, outputDim: 1, hiddenDim: 1, hiddenDepth: 1, hiddenWidth: 0 },
      ...{ outputDepth: 2, outputWidth: biases.length },
    },
    weights: Float64Array.from([1, 1, 0, ...biases.map(() => 1), ...biases, ...outputs, 0]),
    initial: Float64Array.of(0),
    seed: 0,
  };
}

async function interpret(network: Network) {
  const inputs = drawInputs(columns, { count: 1000, length, seed: 5 });
  const y = inputs.x.slice();
  for (let i = 0; i < y.length; i++) if (i % length > 0) y[i] += y[i - 1];
  const confirmation = { ...inputs, inputDim: 1, outputDim: 1, y };
  const recurrent = recurrentOf(network, { kernels });
  const interpretation = await interpretNetwork(network, traceNetwork(recurrent, inputs), {
    ...{ kernels, seed: 1, clock: newStageClock({}), docstring: "A sum." },
    judge: (program) => checkConfirmation(program, confirmation, {}),
    verify: (program, context) =>
      verifyAgreement(program, recurrent, { domain }, { seed: 1 }, context),
  });
  const solved = interpretation.stopped === undefined;
  const ending = { ...interpretation, solved, verdict: solved ? "solved" : "not solved" } as const;
  const source = { name: "given", sha256: "" };
  const result = extractionResultOf(
    { ...ending, seconds: {}, digest: "", length },
    { network, activation: "file", inputs: columns, seed: 1, source, emit: ["python"] },
  );
  const { headline, rest } = extractionReportOf(result);
  const report = headline + rest;
  return { ...interpretation, solved, report };
}

const sum = (program: Parameters<typeof compileProgram>[0]) =>
  compileProgram(program)([3, 3, 3, 3, 3, 3, 3, 3], length);

test("where a network errs rarely and a shorter program does not, both are kept", async () => {
  const { solved, program, repair, report } = await interpret(sumWithErrors([[20, 1]]));
  expect(solved).toBe(true);
  expect(sum(program!)).toEqual([3, 6, 9, 12, 15, 18, 21, 24]);
  expect(repair!.cost).toBeLessThan(8);
  expect(repair!.confirmation).toMatchObject({ sequences: 1000, wrong: 0, passed: true });
  expect(repair!.disagreement).toBeGreaterThan(0);
  expect(report).toMatch(
    /possible repair \(never counted as solved\), found by \w+, cost 6: it differs from the network at 0\.\d\d % of positions and is wrong at 0 of 8,000 positions of the confirmation examples\n {2}def f\(s\)/,
  );
});

test("a repair is offered where nothing else is found, and is not called solved", async () => {
  const errors = [
    [19, 3],
    [20, 1],
    [21, -2],
    [22, 5],
  ] as const;
  const { solved, program, repair, report } = await interpret(sumWithErrors(errors));
  expect({ solved, program }).toEqual({ solved: false, program: undefined });
  expect(sum(repair!.program)).toEqual([3, 6, 9, 12, 15, 18, 21, 24]);
  expect(report).toMatch(/^not solved, stopped at reading: /);
  expect(report).toContain("possible repair (never counted as solved)");
});
