// Evaluations of expressions per second: the bank and the stack machine against a plain C++ loop that
// interprets each expression on each row. All three do the same candidates of a bottom-up enumeration,
// in turns of a few dozen milliseconds each, as the clock of a shared machine wanders. Times are of the
// processor, which leave out the waiting for it.

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expressionOperators, loadKernels } from "@latticode/kernels";

const rounds = 11;

const operators = ["+", "-", "*", "//", "%", "min", "max", "==", "<"];
const kernels = await loadKernels();

/** Three inputs with values from 0 to 9, and the constants 1 and 2, on every row. */
function inputColumns(rows, width) {
  const words = kernels.randomWords;
  const Type = width === 32 ? Int32Array : BigInt64Array;
  const cast = width === 32 ? Number : BigInt;
  const random = (i, row) => words([i, row, 0, 0], [7, 0])[0] % 10;
  return Array.from({ length: 5 }, (_, i) =>
    Type.from({ length: rows }, (_, row) => cast(i < 3 ? random(i, row) : i - 2)),
  );
}

/**
 * Bottom-up enumeration of terms of 3, 5 and 7 symbols: all terms up to 5 symbols are kept, those of 7
 * compared with a goal that none of them meets. Calls `visit` before each product of ranges; returns
 * the number of candidates.
 */
function enumerate(bank, goal, visit = () => {}) {
  const levels = [[0, bank.size]];
  let candidates = 0;
  for (let level = 1; level <= 3; level++) {
    const first = bank.size;
    for (const operator of operators) {
      for (let left = 0; left < level; left++) {
        const ranges = [levels[left], levels[level - 1 - left]];
        visit(operator, ...ranges);
        const report =
          level < 3 ? bank.apply(operator, ...ranges) : bank.search(goal, operator, ...ranges);
        candidates += report.candidates;
      }
    }
    levels.push([first, bank.size]);
  }
  return candidates;
}

function newBank(inputs, rows, width) {
  const bank = kernels.createExpressionBank({ rows, capacity: 2 ** 16, width });
  for (const values of inputs) bank.add(values);
  return bank;
}

/** Postfix of every candidate that the bank computes, in its order. */
function candidatePrograms(inputs, goal, rows, width) {
  const bank = newBank(inputs, rows, width);
  const postfix = inputs.map((_, i) => [i]);
  const programs = [];
  enumerate(bank, goal, (operator, [leftFrom, leftTo], [rightFrom, rightTo]) => {
    // what the bank holds now was not all there at the last visit
    for (let i = postfix.length; i < bank.size; i++) {
      const term = bank.term(i);
      const [a, b] = term.arguments;
      postfix.push([...postfix[a], ...postfix[b], -1 - expressionOperators.indexOf(term.operator)]);
    }
    const token = -1 - expressionOperators.indexOf(operator);
    const commutes = ["+", "*", "min", "max", "=="].includes(operator);
    for (let a = leftFrom; a < leftTo; a++) {
      for (let b = rightFrom; b < rightTo; b++) {
        const exchanged = commutes && b < a && b >= leftFrom && a < rightTo && a >= rightFrom;
        if (!exchanged) programs.push([...postfix[a], ...postfix[b], token]);
      }
    }
  });
  bank.dispose();
  return programs;
}

/** Compiles the plain loop (-O3 and -march=native make it no faster); undefined where there is no g++. */
function buildPlainLoop(directory) {
  const binary = join(directory, "plain");
  const source = fileURLToPath(new URL("expressions.cpp", import.meta.url));
  const build = spawnSync("g++", ["-O2", source, "-o", binary]);
  return build.error || build.status !== 0 ? undefined : binary;
}

function writeBatch(file, { tokens, ends, inputs, rows, width }) {
  const sizes = Int32Array.of(ends.length, tokens.length, inputs.length, rows, width);
  const byRow = Array.from({ length: rows }, (_, row) => inputs.map((values) => values[row]));
  const data = inputs[0].constructor.from(byRow.flat());
  const parts = [sizes, ends, tokens, data].map((a) => new Uint8Array(a.buffer));
  writeFileSync(file, Buffer.concat(parts));
}

/** Seconds an expression of the plain loop, over every `step`-th expression. */
function runPlainLoop(binary, file, step) {
  const { stdout } = spawnSync(binary, [file, String(step)], { encoding: "utf8" });
  const [taken, evaluated] = stdout.split(" ").map(Number);
  return taken / evaluated;
}

/** Seconds of processor time, of all threads. */
function seconds(run) {
  const start = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

const ascending = (values) => values.sort((a, b) => a - b);

/**
 * One row of the table for each number of rows and each width: seconds an expression, ascending, and
 * how many times as fast as the plain loop of the same round the other two are, ascending; without
 * g++ the latter are undefined.
 */
export function benchmarkExpressions() {
  const directory = mkdtempSync(join(tmpdir(), "latticode-expressions-"));
  const binary = buildPlainLoop(directory);
  const file = join(directory, "expressions.bin");
  const results = [];
  for (const width of [32, 64]) {
    for (const rows of [25, 64, 256]) {
      const inputs = inputColumns(rows, width);
      const goal = inputs[0].map((_, row) => inputs[0][row % 7]);
      const programs = candidatePrograms(inputs, goal, rows, width);
      const count = programs.length;
      let end = 0;
      const ends = Int32Array.from(programs, (program) => {
        end += program.length;
        return end;
      });
      const tokens = Int32Array.from(programs.flat());
      const flat = inputs[0].constructor.from(inputs.flatMap((values) => [...values]));
      const batch = { tokens, ends, inputs: flat, inputCount: inputs.length, rows, width };
      writeBatch(file, { tokens, ends, inputs, rows, width });
      const runBank = () => {
        const created = newBank(inputs, rows, width);
        const candidates = enumerate(created, goal);
        created.dispose();
        if (candidates !== count) throw new Error("candidates differ");
      };
      const repeated = Math.max(1, Math.round(512 / rows));
      const bank = [];
      const stack = [];
      const plain = [];
      for (let round = -5; round < rounds; round++) {
        const taken = seconds(() => {
          for (let i = 0; i < repeated; i++) runBank();
        });
        const stackTaken = seconds(() => kernels.evaluateExpressions(batch));
        const plainTaken = binary && runPlainLoop(binary, file, Math.max(1, rows >> 5));
        if (round < 0) continue; // the compiler is still at work
        bank.push(taken / repeated / count);
        stack.push(stackTaken / count);
        plain.push(plainTaken);
      }
      const ratios = (values) =>
        binary ? ascending(values.map((value, i) => plain[i] / value)) : undefined;
      const bankRatios = ratios(bank);
      const stackRatios = ratios(stack);
      results.push({
        width,
        rows,
        bank: ascending(bank),
        stack: ascending(stack),
        plain: binary ? ascending(plain) : undefined,
        bankRatios,
        stackRatios,
      });
    }
  }
  rmSync(directory, { recursive: true });
  return results;
}
