import { loadKernels } from "@latticode/kernels";
import { recurrentOf, traceNetwork } from "@latticode/network";
import { compileProgram, drawIntegers } from "@latticode/program";
import { expect, test } from "vitest";
import { randomProgram } from "../../program/testing/random-program.ts";
import { productDomain, wordsOf } from "./claims/domain.ts";
import { compareOnAllWords, wordOf } from "./words.ts";

const kernels = await loadKernels();

test("random programs and networks: the same positions differ as when every word is run alone", async () => {
  let compared = 0;
  for (let seed = 0; seed < 80; seed++) {
    const program = randomProgram({ seed, depth: 2 });
    const { inputDim } = program;
    const outputDim = program.outputs.length;
    const draw = drawIntegers(seed, 9);
    const weights = Float64Array.from({ length: 2 * (2 + inputDim + 1) + 3 * outputDim }, () =>
      draw(-1, 1),
    );
    const shape = {
      ...{ inputDim, outputDim, hiddenDim: 2 },
      ...{ hiddenDepth: 1, hiddenWidth: 0, outputDepth: 1, outputWidth: 0 },
    };
    const network = recurrentOf(
      { shape, weights, initial: Float64Array.of(0, 0), seed: 0 },
      { kernels },
    );
    const columns = Array.from({ length: inputDim }, () => [0, 1, 2].slice(inputDim - 1));
    const length = 3;
    const domain = productDomain(columns, length);
    const symbols = domain.rows!;
    const [words] = wordsOf(domain, length, 1000);
    const { y } = traceNetwork(network, words);
    const execute = compileProgram(program);
    let wrong = 0;
    let first: { word: string; position: number } | undefined;
    let fails = false;
    const size = length * inputDim;
    for (let i = 0; i < words.count; i++) {
      const x = words.x.subarray(i * size, (i + 1) * size);
      try {
        const given = execute(x, length);
        for (let t = 0; t < length; t++) {
          const isWrong = Array.from({ length: outputDim }, (_, k) => t * outputDim + k).some(
            (k) => given[k] !== y[i * length * outputDim + k],
          );
          if (!isWrong) continue;
          wrong++;
          first ??= { word: x.join(), position: t };
        }
      } catch {
        fails = true;
      }
    }
    const result = await compareOnAllWords(program, network, { symbols, length }, {});
    if (fails) expect(result).toBeUndefined();
    if (!result) continue;
    compared++;
    expect(result.wrong).toBe(wrong);
    expect(result.first === undefined).toBe(first === undefined);
    if (!result.first) continue;
    // a word that begins with the difference has it at its end
    const word = wordOf(symbols, inputDim, result.first);
    expect(word.length).toBe(result.first.depth * inputDim);
    const at = (result.first.depth - 1) * outputDim;
    const truth = traceNetwork(network, { count: 1, length: result.first.depth, x: word });
    expect(execute(word, result.first.depth).slice(at)).not.toEqual([...truth.y.subarray(at)]);
  }
  expect(compared).toBeGreaterThan(40);
});
