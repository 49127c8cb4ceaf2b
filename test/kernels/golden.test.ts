import { loadKernels } from "@latticode/kernels";
import { expect, test } from "vitest";
import { golden } from "../runtimes/golden.ts";
import { kernelHashes } from "../runtimes/kernel-hashes.ts";

test("trained weights and other results have the committed hashes", async () => {
  expect(await kernelHashes(await loadKernels())).toEqual(golden);
});
