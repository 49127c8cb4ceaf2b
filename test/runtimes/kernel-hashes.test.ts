import { loadKernels } from "@latticode/kernels";
import { expect, test } from "vitest";
import { golden } from "./golden.ts";
import { kernelHashes } from "./kernel-hashes.ts";

test("trained weights and other results have the committed hashes", async () => {
  expect(await kernelHashes(await loadKernels())).toEqual(golden);
});
