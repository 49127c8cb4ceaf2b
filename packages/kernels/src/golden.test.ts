import { loadKernels } from "@latticode/kernels";
import { expect, test } from "vitest";
import { golden } from "../../../test/runtimes/golden.ts";
import { suite } from "../../../test/runtimes/suite.ts";

test("trained weights and other results have the committed hashes", async () => {
  expect(await suite(await loadKernels())).toEqual(golden);
});
