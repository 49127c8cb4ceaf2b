import { loadKernels } from "@latticode/kernels";
import {
  blobMachine,
  compareMachines,
  isRejection,
  minimizeMachine,
  mooreMachine,
  residualMachine,
} from "@latticode/machines";
import { drawIntegers } from "@latticode/program";
import { describe, expect, test } from "vitest";
import { mealyMachine } from "../packages/machines/testing/mealy-machine.ts";
import { embed, randomMachine } from "../packages/machines/testing/random-machine.ts";

// The test of AALpy (Muskardin et al. 2022, "AALpy: an active automata learning library"): machines
// of many sizes from many seeds, all of which must come back bisimilar and minimal.

const kernels = await loadKernels();

const sizes = Array.from({ length: 16 }, (_, i) => 2 + i);
const seeds = 50;
const length = 16;

describe.each(["mealy", "moore"] as const)("%s machines", (kind) => {
  test.each(sizes)("of %i states are recovered", (stateCount) => {
    let both = 0;
    for (let seed = 0; seed < seeds; seed++) {
      const draw = drawIntegers(1000 * stateCount + seed, 1);
      const shape = { stateCount, symbolCount: draw(2, 4), outputCount: draw(2, 3) };
      const truth = randomMachine(shape, kind, draw);
      const minimal = minimizeMachine(truth, { kernels });
      const system = embed(truth, { length, noise: 0.01, seed });
      let closed = 0;
      for (const machine of [
        residualMachine(system, { seed }),
        blobMachine(system, { kernels, seed }),
      ]) {
        // a machine that is not closed says so: it is a failure, not a mistake
        if (isRejection(machine) || !machine.closed) continue;
        closed++;
        expect(compareMachines(machine.machine, truth).verdict).toBe("equal");
        expect(machine.machine.stateCount).toBe(minimal.stateCount);
        const moore = mooreMachine(machine.machine);
        expect(compareMachines(mealyMachine(moore), truth).verdict).toBe("equal");
        expect(moore.stateCount).toBe(mooreMachine(minimal).stateCount);
      }
      if (closed === 2) both++;
    }
    expect(both).toBe(seeds);
  });
});
