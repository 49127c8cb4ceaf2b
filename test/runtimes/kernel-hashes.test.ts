import { loadKernels } from "@latticode/kernels";
import { expect, test } from "vitest";
<<<<<<<< HEAD:test/kernels/golden.test.ts
import { golden } from "../runtimes/golden.ts";
import { kernelHashes } from "../runtimes/kernel-hashes.ts";
========
import { golden } from "./golden.ts";
import { kernelHashes } from "./kernel-hashes.ts";
>>>>>>>> kernels:test/runtimes/kernel-hashes.test.ts

test("trained weights and other results have the committed hashes", async () => {
  expect(await kernelHashes(await loadKernels())).toEqual(golden);
});
