// The program for Sum_Last5 without normalizers, and with each added in turn, as in figure 4 of
// "Opening the AI black box": a network learns to add the last five inputs, its weights are written
// down as they are, and normalizers make the same function shorter.
//
//     npm run build && node examples/normalizers/sum-last5.mjs

import { emit } from "@latticode/codegen";
import { loadKernels, networkLayers } from "@latticode/kernels";
import { recurrentOf, traceNetwork } from "@latticode/network";
import { authorsSteps, normalize } from "@latticode/normalizers";
import { add, input, multiply, programCost, state, subtract } from "@latticode/program";
import { readProgram } from "@latticode/regression";
import { findTask, sampleTask } from "@latticode/tasks";
import { splitExamples, trainNetwork } from "@latticode/training";

/** Coefficients are written with three decimals; what is 0 then is left out. */
const decimals = 3;

const kernels = await loadKernels();
const examples = sampleTask(findTask("Sum_Last5"), { count: 2000, seed: 1 });
const split = splitExamples(examples, { seed: 1 });
const { network, perfect } = await trainNetwork(split, { kernels, seed: 1 });
if (!perfect) throw new Error("the training found no perfect network");

const traces = traceNetwork(recurrentOf(network, { kernels }), split.training);
const stages = Array.from({ length: authorsSteps.length + 1 }, (_, count) => {
  const steps = authorsSteps.slice(0, count);
  const normalized = normalize(network, traces, { kernels, steps });
  const recurrent = recurrentOf(normalized.network, { kernels });
  const states = traceNetwork(recurrent, split.training);
  const { program } = readProgram(recurrent, states, { kernels, seed: 0 });
  const recurrence = affineProgram(normalized.network);
  return {
    name: count === 0 ? "no normalizer" : `+ ${steps.at(-1)}`,
    report: normalized.steps.at(-1),
    recurrence,
    cost: programCost(recurrence),
    read: program,
  };
});

for (const { name, report, recurrence } of stages) {
  console.log(`${name}${report ? `: ${report.changed ? "" : "refused, "}${report.summary}` : ""}`);
  console.log(programText(recurrence).replace(/^/gm, "    "));
  console.log();
}

console.log("read from the states after all of them, by linear regression on their lattice");
console.log(emit(stages.at(-1).read, "python").replace(/^(?=.)/gm, "    "));

console.log("normalizers      weights not 0   integer weights   cost   cost of the program read");
const initial = { nonZero: stages[1].report.nonZero, integers: stages[1].report.integers };
for (const [i, { name, report, cost, read }] of stages.entries()) {
  const side = i === 0 ? "before" : "after";
  const { nonZero, integers } = report ?? initial;
  console.log(
    [
      name.padEnd(15),
      String(nonZero[side]).padStart(15),
      String(integers[side]).padStart(18),
      String(cost).padStart(7),
      String(read ? programCost(read) : "none").padStart(27),
    ].join(""),
  );
}
console.log(`
cost: nodes of the expression trees and 1 for every statement, the same for both programs; a real
coefficient counts 1, as an integer does. A weight is 0, or an integer, within 1e-6; h_0 counts too.`);

/** The network, linear as it is, as a program with real coefficients: updates all at once, then y. */
function affineProgram({ shape, weights, initial }) {
  const [f, g] = networkLayers(shape);
  const names = Array.from(initial, (_, i) => String.fromCharCode(97 + i));
  const states = names.map((name) => state(name));
  const row = ({ inputs, weightOffset, biasOffset }, i, variables) =>
    affineExpression(
      weights.subarray(weightOffset + i * inputs, weightOffset + (i + 1) * inputs),
      weights[biasOffset + i],
      variables,
    );
  const inputs = Array.from({ length: shape.inputDim }, (_, i) => input(i));
  return {
    inputDim: shape.inputDim,
    state: names.map((name, i) => ({ name, initial: initial[i] })),
    order: "simultaneous",
    updates: names.map((target, i) => ({ target, value: row(f, i, [...states, ...inputs]) })),
    outputs: Array.from({ length: shape.outputDim }, (_, i) => row(g, i, states)),
  };
}

/** A sum of products, its coefficients rounded to the decimals that are written. */
function affineExpression(coefficients, bias, variables) {
  const rounded = (value) => Number(value.toFixed(decimals)) + 0;
  // the node of an integer, which a real number takes the place of here
  const constant = (value) => ({ op: "integer", value });
  const terms = Array.from(coefficients, (c, i) => ({
    factor: rounded(c),
    variable: variables[i],
  }));
  const sum = terms
    .filter(({ factor }) => factor !== 0)
    .reduce((e, { factor, variable }) => {
      const size = e ? Math.abs(factor) : factor;
      const term = size === 1 ? variable : multiply(constant(size), variable);
      if (!e) return term;
      return factor < 0 ? subtract(e, term) : add(e, term);
    }, undefined);
  const rest = rounded(bias);
  if (!sum) return constant(rest);
  if (rest === 0) return sum;
  return rest < 0 ? subtract(sum, constant(-rest)) : add(sum, constant(rest));
}

function programText({ updates, outputs }) {
  const text = (e) => {
    if (e.op === "integer") return String(e.value);
    if (e.op === "input") return "x";
    if (e.op === "state") return e.name;
    return e.args.map(text).join(` ${e.op} `);
  };
  return [
    ...updates.map(({ target, value }) => `next_${target} = ${text(value)}`),
    ...outputs.map((value) => `y = ${text(value).replace(/\b([a-z])\b/g, "next_$1")}`),
  ].join("\n");
}
