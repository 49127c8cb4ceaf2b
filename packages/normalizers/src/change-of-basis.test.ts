import { loadKernels } from "@latticode/kernels";
import { expect, test } from "vitest";
import {
  departure,
  randomNetwork,
  shapesOfAllDepths,
  traceOn,
} from "../../../test/random-networks.ts";
import { translateStates } from "./change-of-basis.ts";

const kernels = await loadKernels();

test.each(shapesOfAllDepths)(
  "translated states leave the outputs, depths $hiddenDepth and $outputDepth",
  (shape) => {
    const network = randomNetwork(shape, 3);
    const { hiddenDim } = shape;
    const offset = Float64Array.from({ length: hiddenDim }, (_, i) => 1 + i / 3);
    const moved = translateStates(network, offset);
    const [before, after] = [network, moved].map((of) => traceOn(of, { kernels, seed: 2 }));
    const matrix = Float64Array.from({ length: hiddenDim * hiddenDim }, (_, at) =>
      at % (hiddenDim + 1) === 0 ? 1 : 0,
    );
    expect(departure(before, after, { matrix, offset })).toBeLessThan(1e-9);
    expect(after.y).toEqual(before.y);
  },
);
