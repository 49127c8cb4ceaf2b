// Runs the suite in a page of a browser, with Web Workers; its title says when it is done.

import { loadKernels } from "@latticode/kernels";
import { suite } from "./suite.ts";

const output = document.querySelector("pre")!;
try {
  output.textContent = JSON.stringify(await suite(await loadKernels(), [1, 4]));
  document.title = "done";
} catch (error) {
  output.textContent = error instanceof Error ? `${error.stack}` : String(error);
  document.title = "failed";
}
