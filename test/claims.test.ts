import { readFileSync } from "node:fs";
import type { Examples } from "@latticode/program";
import { compileProgram, drawIntegers } from "@latticode/program";
import { parseJsonl } from "@latticode/tasks";
import { splitExamples } from "@latticode/training";
import type { Synthesis, SynthesisOptions } from "latticode";
import { ContradictionError, missingOf, synthesize } from "latticode";
import { describe, expect, test } from "vitest";

// Small samples of each kind in which labels leave something open, contradict each other, or say less
// than they seem to. What is claimed of a program has to follow from them.

async function read(name: string): Promise<Examples> {
  const path = new URL(`claims/${name}.jsonl`, import.meta.url);
  return parseJsonl(readFileSync(path, "utf8").split("\n"), { name });
}

type Row = number | readonly number[];
type Labelling = (word: readonly Row[]) => readonly number[];

/** Examples of a function, on the words given. */
function label(words: readonly (readonly Row[])[], labelling: Labelling): Examples {
  const [length, inputDim] = [words[0].length, [words[0][0]].flat().length];
  const y = Int32Array.from(words.flatMap(labelling));
  return {
    ...{ count: words.length, length, inputDim, outputDim: 1, y },
    x: Int32Array.from(words.flat(2)),
  };
}

/** All words of a length over some rows. */
function allWords(rows: readonly Row[], length: number): Row[][] {
  if (length === 0) return [[]];
  return allWords(rows, length - 1).flatMap((word) => rows.map((row) => [...word, row]));
}

function randomBits(count: number, length: number): number[][] {
  const draw = drawIntegers(11, 5);
  return Array.from({ length: count }, () => Array.from({ length }, () => draw(0, 1)));
}

const synthesizeAlone = (examples: Examples, options: SynthesisOptions = {}) =>
  synthesize(examples, { workers: 0, ...options });

/** How many words a program has wrong. */
function wrongOn({ program }: Synthesis, words: readonly Row[][], labelling: Labelling): number {
  const run = compileProgram(program!);
  return words.filter((word) => {
    const y = run(Int32Array.from(word.flat()), word.length);
    return labelling(word).some((value, t) => value !== y[t]);
  }).length;
}

/** The sequences that a program has wrong, by their number from 0. */
function wrongSequences({ program }: Synthesis, { count, length, inputDim, x, y }: Examples) {
  const run = compileProgram(program!);
  return Array.from({ length: count }, (_, i) => i).filter((i) => {
    const given = run(x.subarray(i * length * inputDim, (i + 1) * length * inputDim), length);
    return given.some((value, t) => value !== y[i * length + t]);
  });
}

/** Right at every label, and open, with questions that no label answers. */
function expectConsistent(synthesis: Synthesis, examples: Examples): void {
  expect(synthesis).toMatchObject({ verdict: "consistent", solved: false });
  expect(wrongSequences(synthesis, examples)).toEqual([]);
  const { determination, domain } = synthesis;
  expect(missingOf(determination!, 1)).not.toEqual([]);
  const { length, inputDim, count, x } = examples;
  const words = Array.from({ length: count }, (_, i) =>
    x.subarray(i * length * inputDim, (i + 1) * length * inputDim).join(),
  );
  const { questions } = determination!;
  expect(questions.length).toBeGreaterThan(0);
  for (const question of questions) {
    expect(question.length / inputDim).toBeLessThanOrEqual(length);
    expect(words.some((word) => `${word},`.startsWith(`${question.join()},`))).toBe(false);
    expect(rowsOf(domain, question).every((row) => row >= 0)).toBe(true);
  }
}

/** The numbers of a word's rows in a domain, -1 for those that are none of it. */
function rowsOf({ rows, inputDim }: Synthesis["domain"], word: Int32Array): number[] {
  const listed = Array.from({ length: rows!.length / inputDim }, (_, i) =>
    rows!.subarray(i * inputDim, (i + 1) * inputDim).join(),
  );
  return Array.from({ length: word.length / inputDim }, (_, t) =>
    listed.indexOf(word.subarray(t * inputDim, (t + 1) * inputDim).join()),
  );
}

const questionsOf = ({ determination }: Synthesis) =>
  determination!.questions.map((word) => word.join(""));

const count: Labelling = (word) => {
  let sum = 0;
  return word.map((x) => (sum += Number(x)));
};
const parity: Labelling = (word) => count(word).map((sum) => sum % 2);

describe("labels that leave the task open", () => {
  test("a count that no label shows beyond 8 may stop there", async () => {
    const examples = await read("saturated-count");
    const synthesis = await synthesizeAlone(examples);
    expectConsistent(synthesis, examples);
    const { steps, rivals } = synthesis.determination!;
    expect(steps).toMatchObject({ kind: "steps", total: 20, growing: true });
    expect(steps.shown).toBeLessThan(20);
    expect(missingOf(synthesis.determination!, synthesis.domain.inputDim)[0]).toMatch(
      /^\d+ of the program's 20 steps are not shown by any label$/,
    );
    expect(questionsOf(synthesis).some((word) => /^1+$/.test(word))).toBe(true);
    // what else fits gives something else there
    for (const { outputs } of rivals) expect(outputs[0]).not.toEqual(outputs[1]);
  });

  test("two states may be four where ones are rare", async () => {
    const examples = await read("rare-ones");
    const synthesis = await synthesizeAlone(examples);
    expectConsistent(synthesis, examples);
    const { labels, heldBack } = synthesis.determination!;
    expect(labels.sequences).toBe(100);
    expect(heldBack.distinct).toBeLessThan(60);
    expect(missingOf(synthesis.determination!, synthesis.domain.inputDim).at(-1)).toContain(
      "60 are needed",
    );
  });

  test("a button that nobody pressed first is asked about", async () => {
    const examples = await read("coffee-happy-path");
    const synthesis = await synthesizeAlone(examples);
    expectConsistent(synthesis, examples);
    expect(synthesis.determination).toMatchObject({
      labels: { sequences: 20, distinct: 8 },
      heldBack: { distinct: 0 },
    });
    expect(missingOf(synthesis.determination!, synthesis.domain.inputDim)).toContain(
      "no sequence was held back, as too few are distinct",
    );
    expect(questionsOf(synthesis)).toContain("0");
  });

  test("a clock that a linear network only seems to follow", async () => {
    const examples = await read("clock-sat");
    const synthesis = await synthesizeAlone(examples);
    expect(wrongSequences(synthesis, examples)).toEqual([]);
    expect(synthesis.verdict).not.toBe("not solved");
    // what the network does beyond is told, and is no proof
    const drift = synthesis.verification!.checks.filter(({ name }) => name === "drift");
    expect(drift.map(({ informational }) => informational)).toEqual([true, true]);
    expect(synthesis.verification!.relation).toMatchObject({ length: 10 });
  });

  test("gaps between values are part of the domain, and a session's are not all shown", async () => {
    const examples = await read("session-gap");
    const synthesis = await synthesizeAlone(examples);
    expectConsistent(synthesis, examples);
    expect(synthesis.domain.ranges).toEqual([{ min: 0, max: 60 }]);
    expect(missingOf(synthesis.determination!, synthesis.domain.inputDim).join()).toMatch(
      /\d+ of the program's \d+ \w+/,
    );
  });
});

describe("labels that say all", () => {
  test("few words, each of which has labels, are none held back", async () => {
    const examples = await read("few-words");
    const synthesis = await synthesizeAlone(examples);
    expect(synthesis).toMatchObject({
      verdict: "solved",
      determination: {
        ...{ exhaustive: true, labels: { sequences: 100, distinct: 8 } },
        heldBack: { sequences: 0, distinct: 0 },
      },
      verification: { relation: { kind: "exhaustive", length: 3, words: 8 } },
    });
    expect(synthesis.determination).not.toHaveProperty("bound");
    expect(wrongOn(synthesis, allWords([0, 1], 3), count)).toBe(0);
  });

  test("a value that never occurs is not claimed", async () => {
    const synthesis = await synthesizeAlone(await read("absent-symbol"));
    expect(synthesis.verdict).toBe("solved");
    expect([...synthesis.domain.rows!]).toEqual([0, 1, 2, 4, 5]);
    const sums: Labelling = (word) => count(word).map((sum) => sum % 3);
    expect(wrongOn(synthesis, allWords([0, 1, 2, 4, 5], 5), sums)).toBe(0);
  });

  test("columns that are one-hot together have as many rows as columns", async () => {
    const examples = await read("coffee-onehot");
    const synthesis = await synthesizeAlone(examples);
    expect(synthesis.verdict).toBe("solved");
    expect(wrongSequences(synthesis, examples)).toEqual([]);
    expect([...synthesis.domain.rows!]).toEqual([0, 1, 1, 0]);
    expect(synthesis.verification!.relation).toMatchObject({ kind: "exhaustive", words: 256 });

    const few = await read("onehot-min");
    const open = await synthesizeAlone(few);
    expect([...open.domain.rows!]).toEqual([0, 1, 1, 0]);
    expectConsistent(open, few);
  });

  test("a column that repeats another says what can follow what", async () => {
    // the length of the run of equal bits so far; before the first bit there is a 2
    const words = randomBits(600, 10).map((bits) => bits.map((x, t) => [x, bits[t - 1] ?? 2]));
    const runs: Labelling = (word) => {
      let run = 0;
      return word.map((row) => {
        const [x, before] = [row].flat();
        run = x === before ? run + 1 : 1;
        return run;
      });
    };
    const synthesis = await synthesizeAlone(label(words, runs));
    expect(synthesis.verdict).not.toBe("not solved");
    const { domain, verification } = synthesis;
    expect(domain.rows!.length / 2).toBe(6);
    expect([...domain.order!.starts]).toEqual([0, 0, 1, 0, 0, 1]);
    // as many words as of the bits alone
    const { relation } = verification!;
    if (relation.kind === "differs") expect(rowsOf(domain, relation.word)).not.toContain(-1);
    else expect(relation).toEqual({ kind: "exhaustive", length: 10, words: 1024 });
    const possible = allWords([0, 1], 10).map((bits) =>
      bits.map((x, t) => [Number(x), Number(bits[t - 1] ?? 2)]),
    );
    if (synthesis.solved) expect(wrongOn(synthesis, possible, runs)).toBe(0);
    for (const word of synthesis.determination!.questions) {
      for (let t = 1; t < word.length / 2; t++) expect(word[2 * t + 1]).toBe(word[2 * t - 2]);
    }
  });
});

test("a count of changes from 0 to 1 is claimed up to the length of its labels", async () => {
  const rising: Labelling = (word) => {
    let sum = 0;
    return word.map((x, t) => (sum += x === 1 && (t === 0 || word[t - 1] === 0) ? 1 : 0));
  };
  const words = allWords([0, 1], 8);
  const synthesis = await synthesizeAlone(label(words, rising));
  expect(wrongOn(synthesis, words, rising)).toBe(0);
  const { determination, verdict } = synthesis;
  expect(determination).toMatchObject({ exhaustive: true, rivals: [] });
  const longer = randomBits(100, 40);
  if (wrongOn(synthesis, longer, rising) > 0) {
    expect(determination!.steps.growing).toBe(true);
    expect(verdict).toBe("consistent");
  }
});

describe("labels that contradict each other", () => {
  const contradictionsOf = async (examples: Examples) => {
    const started: string[] = [];
    const synthesis = synthesizeAlone(examples, {
      onProgress: (event) => event.type === "start" && started.push(event.stage),
    });
    const error = await synthesis.then(
      () => undefined,
      (error: unknown) => error,
    );
    if (!(error instanceof ContradictionError)) throw new Error("no contradiction is told");
    // nothing is trained
    expect(started).toEqual(["examples"]);
    return error;
  };

  test("are named by their sequences and position before anything is trained", async () => {
    const { message, contradictions } = await contradictionsOf(await read("coffee-contradiction"));
    expect(contradictions).toEqual({
      pairs: [{ sequences: [0, 100], position: 7, outputs: [[0], [1]] }],
      ...{ prefixes: 1, sequences: expect.any(Number), positions: expect.any(Number) },
    });
    expect(message).toContain(
      "sequences 1 and 101 have the same inputs up to position 7, where one has 0 and the other 1",
    );
    expect(message).toContain("1 of 101 sequences would have to be left out");
  });

  test("as a single label may do at several positions", async () => {
    // the parity of all words of 6 bits, and the first one once more, answered otherwise
    const examples = label(allWords([0, 1], 6), parity);
    const more = { ...examples, count: 65, x: new Int32Array(390), y: new Int32Array(390) };
    more.x.set(examples.x);
    more.y.set(examples.y);
    more.y.set([1, 0, 1, 0, 0, 0], 384);
    const { contradictions } = await contradictionsOf(more);
    expect(contradictions).toMatchObject({
      // two sequences are named once, at the first position
      pairs: [{ sequences: [0, 64], position: 0, outputs: [[0], [1]] }],
      // 32 words begin with a 0, 8 with three of them
      ...{ prefixes: 2, sequences: 33, positions: 33 + 9 },
    });
  });

  test("as where outputs depend on what comes later", async () => {
    const { contradictions } = await contradictionsOf(
      label(randomBits(200, 6), (word) => word.map(Number).reverse()),
    );
    expect(contradictions.pairs.length).toBe(5);
    expect(contradictions.pairs[0].position).toBe(0);
  });

  test("are left out where a share of noise is allowed, and those that the program contradicts are named", async () => {
    const examples = label(randomBits(600, 10), parity);
    const wrong = [20, 140, 333];
    for (const i of wrong) examples.y[i * 10 + 1] ^= 1;
    await contradictionsOf(examples);
    const synthesis = await synthesizeAlone(examples, { noise: 0.02 });
    expect(synthesis.verdict).toBe("solved");
    expect(synthesis.noise).toEqual({ allowed: 0.02, sequences: wrong });
    expect(synthesis.contradictions.pairs[0]).toMatchObject({ position: 1 });
    expect(wrongOn(synthesis, allWords([0, 1], 10), parity)).toBe(0);
    // more than the share is too much
    await expect(synthesizeAlone(examples, { noise: 0.004 })).rejects.toThrow("contradict");
    await expect(synthesizeAlone(examples, { noise: 0.5 })).rejects.toThrow("noise is 0.5");
  });

  test("a wrong label without a twin is named, and the program printed", async () => {
    // among those held back, so that the network does not learn it
    const clean = label(randomBits(500, 10), parity);
    const { length, x } = splitExamples(clean, { seed: 0 }).verification;
    const words = Array.from({ length: 500 }, (_, i) =>
      clean.x.subarray(i * 10, i * 10 + 10).join(),
    );
    const isAlone = (word: string) => words.indexOf(word) === words.lastIndexOf(word);
    const held = Array.from({ length: 50 }, (_, i) =>
      x.subarray(i * length, (i + 1) * length).join(),
    );
    const at = words.indexOf(held.find(isAlone)!);
    const examples = { ...clean, y: clean.y.slice() };
    examples.y[at * 10 + 9] ^= 1;
    const synthesis = await synthesizeAlone(examples);
    expect(synthesis.contradictions.prefixes).toBe(0);
    expect(synthesis).toMatchObject({
      verdict: "not solved",
      stopped: {
        stage: "verification",
        reason: "the program fits all examples except 1 of 500",
      },
      noise: { allowed: 0, sequences: [at] },
    });
    expect(wrongOn(synthesis, allWords([0, 1], 10), parity)).toBe(0);
    const allowing = await synthesizeAlone(examples, { noise: 0.01 });
    expect(allowing).toMatchObject({ verdict: "solved", noise: { sequences: [at] } });
  });
});
