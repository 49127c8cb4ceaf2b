// PyTorch in a Python process of its own, a line of JSON for each question.

import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** Undefined where no python3 has PyTorch. */
export async function createPytorch(task) {
  // the first on the PATH may be a build that cannot see the packages of the system
  const python = ["python3", "/usr/bin/python3"].find(
    (command) => spawnSync(command, ["-c", "import torch"]).status === 0,
  );
  if (python === undefined) return undefined;
  const script = fileURLToPath(new URL("pytorch.py", import.meta.url));
  const child = spawn(python, [script], {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" },
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  async function ask(question) {
    child.stdin.write(`${question}\n`);
    const { value, done } = await lines.next();
    if (done) throw new Error(`${python} ${script} ended early`);
    return JSON.parse(value);
  }
  const layers = task.layers.map(({ weight, bias, ...sizes }) => {
    return { weight: [...weight], bias: [...bias], ...sizes };
  });
  const { version, blas } = await ask(
    JSON.stringify({ ...task, layers, x: [...task.x], y: [...task.y] }),
  );
  return {
    name: `PyTorch ${version}, one thread${blas === null ? "" : `, ${blas}`}`,
    blas,
    differentiate: () => ask("differentiate"),
    /** Timed over there: the answer's way back is no part of a step. */
    run: (count) => ask(count),
    async end() {
      child.stdin.end();
      await once(child, "exit");
    },
  };
}
