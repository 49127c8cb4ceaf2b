// Figure 2 of "Opening the AI black box": hidden states of trained networks lie on lattices. A
// network that adds binary numbers keeps four clusters, the corners of a parallelogram: two bits, the
// carry and the digit. One that adds the last two numbers fills a plane lattice, one number a
// direction.
//
//     npm run build && node examples/figures/figure-2.mjs [DIRECTORY]
//
// writes binary-addition.svg, sum-last2.svg and sum-last2-middle.svg, into the current directory
// unless told.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadKernels } from "@latticode/kernels";
import { findTask, sampleTask } from "@latticode/tasks";
import { splitExamples, trainNetwork } from "@latticode/training";
import { observeInputs } from "@latticode/verification";
import { inspectionFiles, inspectNetwork } from "latticode/inspection";

const [directory = "."] = process.argv.slice(2);
const kernels = await loadKernels();

/** The hidden states of a network that has learnt a task, and all pictures of it. */
async function look(name) {
  const examples = sampleTask(findTask(name), { count: 4000, seed: 1 });
  const { network, perfect } = await trainNetwork(splitExamples(examples, { seed: 1 }), {
    kernels,
    seed: 1,
  });
  if (!perfect) throw new Error(`${name}: the training found no perfect network`);
  const columns = observeInputs(examples);
  const inspection = inspectNetwork(network, {
    kernels,
    columns,
    length: examples.length,
    seed: 1,
  });
  return { inspection, files: await inspectionFiles(inspection, { kernels }) };
}

/** The picture after the last normalizer that was kept. */
function lastStates(files) {
  const names = Object.keys(files).filter((name) => name.startsWith("states-"));
  return files[names.at(-1)];
}

function write(name, svg) {
  const path = join(directory, name);
  writeFileSync(path, svg);
  console.log(`  ${path}`);
}

mkdirSync(directory, { recursive: true });

const addition = await look("Binary_Addition");
console.log(`Binary_Addition: ${addition.inspection.clusters.count} clusters of hidden states`);
write("binary-addition.svg", lastStates(addition.files));

const sum = await look("Sum_Last2");
const { codes } = sum.inspection.reading;
console.log(`Sum_Last2: a lattice of ${codes.dimension} dimensions`);
write("sum-last2.svg", lastStates(sum.files));
write("sum-last2-middle.svg", sum.files["lattice.svg"]);
