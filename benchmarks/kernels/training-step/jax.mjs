// The training step in jax-js, on its WebAssembly backend (one thread: Node has no global Worker), the
// whole of it under jit.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defaultDevice, init, jit, nn, numpy as np, tree, valueAndGrad } from "@jax-js/jax";

export async function createJax({ layers, x, y, batch, length, hiddenDim, adam }) {
  await init("wasm");
  defaultDevice("wasm");
  const inputDim = layers[0].inputs - hiddenDim;
  const labels = np
    .array(y)
    .reshape([batch, length])
    .transpose()
    .reshape([length * batch, 1]);
  const inputs = np.array(x).reshape([batch, length, inputDim]).transpose([1, 0, 2]);
  const flatInputs = inputs.reshape([length * batch, inputDim]);

  // weights as [inputs, outputs], f's first one apart for h and x; a function owns its arguments
  function start() {
    return layers.flatMap(({ weight, bias, inputs, outputs }, k) => {
      const w = np.array(weight).reshape([outputs, inputs]).transpose();
      const parts = k === 0 ? np.split(w, [hiddenDim], 0) : [w];
      return [...parts, np.array(bias)];
    });
  }

  function loss(parameters, x, y) {
    const [byState, byInput, b1, w2, b2, w3, b3, w4, b4] = parameters;
    const entering = np.split(np.matmul(x, byInput).add(b1), length, 0);
    const states = [];
    for (let t = 0; t < length; t++) {
      // h_0 is 0
      const inner =
        t === 0 ? entering[0] : np.matmul(states[t - 1].ref, byState.ref).add(entering[t]);
      states.push(np.matmul(nn.relu(inner), w2.ref).add(b2.ref));
    }
    tree.dispose([byState, w2, b2]);
    const inner = nn.relu(np.matmul(np.concatenate(states, 0), w3).add(b3));
    const e = np.matmul(inner, w4).add(b4).sub(y);
    return np.log1p(np.square(e)).mean().mul(0.5);
  }

  const { beta1, beta2, epsilon } = adam;
  const step = jit((parameters, first, second, rate, correction, x, y) => {
    const [value, gradients] = valueAndGrad(loss)(
      parameters.map((p) => p.ref),
      x,
      y,
    );
    value.dispose();
    const updated = parameters.map((p, i) => {
      const g = gradients[i];
      const m = first[i].mul(beta1).add(g.ref.mul(1 - beta1));
      const v = second[i].mul(beta2).add(np.square(g).mul(1 - beta2));
      const change = m.ref.mul(rate.ref).div(np.sqrt(v.ref).add(correction.ref.mul(epsilon)));
      return [p.sub(change), m, v];
    });
    tree.dispose([rate, correction]);
    return [0, 1, 2].map((part) => updated.map((parts) => parts[part]));
  });

  let parameters = start();
  let first = parameters.map((p) => np.zerosLike(p.ref));
  let second = parameters.map((p) => np.zerosLike(p.ref));
  let steps = 0;

  /** Flat, as the kernels lay weights out. */
  async function flatten(parameters) {
    const [byState, byInput, ...rest] = parameters;
    const whole = [np.concatenate([byState, byInput], 0), ...rest];
    const parts = whole.map((p) => (p.ndim === 2 ? p.transpose() : p).data());
    return Float32Array.from((await Promise.all(parts)).flatMap((part) => [...part]));
  }

  const manifest = fileURLToPath(new URL("../package.json", import.meta.resolve("@jax-js/jax")));
  return {
    name: `jax-js ${JSON.parse(readFileSync(manifest, "utf8")).version}`,
    async differentiate() {
      const differentiate = jit(valueAndGrad(loss));
      const owned = parameters.map((p) => p.ref);
      const [value, gradients] = differentiate(owned, flatInputs.ref, labels.ref);
      return { loss: (await value.data())[0], gradient: await flatten(gradients) };
    },
    async run(count) {
      for (let i = 0; i < count; i++) {
        steps++;
        const correction = Math.sqrt(1 - beta2 ** steps);
        const rate = (adam.learningRate * correction) / (1 - beta1 ** steps);
        [parameters, first, second] = step(
          ...[parameters, first, second, np.array(rate), np.array(correction)],
          ...[flatInputs.ref, labels.ref],
        );
      }
      return flatten(parameters.map((p) => p.ref));
    },
  };
}
