// The training step in tfjs: g runs once over all positions, the inputs enter f in one product for all
// positions, and Adam updates one vector of all parameters, so that few operations are dispatched.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

/** tfjs-core with its gradients, whose modules Node can't import unbundled. */
async function load() {
  const directory = mkdtempSync(join(tmpdir(), "latticode-tfjs-"));
  const outfile = join(directory, "tensorflow.cjs");
  const contents = `
    import "@tensorflow/tfjs-core/dist/register_all_gradients.js";
    export * from "@tensorflow/tfjs-core";
    export { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";`;
  await build({
    stdin: { contents, resolveDir: fileURLToPath(new URL(".", import.meta.url)) },
    ...{ bundle: true, platform: "node", format: "cjs", mainFields: ["module", "main"] },
    ...{ outfile, logLevel: "error" },
  });
  const { default: tf } = await import(pathToFileURL(outfile).href);
  rmSync(directory, { recursive: true });
  const main = fileURLToPath(import.meta.resolve("@tensorflow/tfjs-backend-wasm"));
  tf.setWasmPaths(`${dirname(main)}/`);
  await tf.setBackend("wasm");
  return tf;
}

export async function createTensorflow({ layers, x, y, batch, length, hiddenDim, adam }) {
  const tf = await load();
  const shapes = layers.flatMap(({ inputs, outputs }) => [[outputs, inputs], [outputs]]);
  const sizes = shapes.map((shape) => shape.reduce((a, b) => a * b));
  const start = layers.flatMap(({ weight, bias }) => [...weight, ...bias]);
  const inputDim = layers[0].inputs - hiddenDim;
  // time first
  const inputs = tf.keep(tf.transpose(tf.tensor3d(x, [batch, length, inputDim]), [1, 0, 2]));
  const labels = tf.keep(tf.reshape(tf.transpose(tf.tensor2d(y, [batch, length])), [-1, 1]));
  const flatInputs = tf.reshape(inputs, [length * batch, inputDim]);
  const initial = tf.zeros([batch, hiddenDim]);

  const linear = (a, weight) => tf.matMul(a, weight, false, true);
  function loss(...parameters) {
    const [w1, b1, w2, b2, w3, b3, w4, b4] = parameters;
    const [byState, byInput] = tf.split(w1, [hiddenDim, inputDim], 1);
    const entering = tf.split(tf.add(linear(flatInputs, byInput), b1), length);
    let h = initial;
    const states = entering.map((u) => {
      const inner = tf.relu(tf.add(linear(h, byState), u));
      h = tf.add(linear(inner, w2), b2);
      return h;
    });
    const inner = tf.relu(tf.add(linear(tf.concat(states), w3), b3));
    const e = tf.sub(tf.add(linear(inner, w4), b4), labels);
    return tf.mul(0.5, tf.mean(tf.log1p(tf.square(e))));
  }

  const gradients = tf.valueAndGrads(loss);
  let parameters = tf.tensor1d(start);
  let first = tf.zeros([start.length]);
  let second = tf.zeros([start.length]);
  let steps = 0;

  /** The loss and the flat gradient, inside a tidy. */
  function differentiate() {
    const parts = tf.split(parameters, sizes).map((part, i) => tf.reshape(part, shapes[i]));
    const { value, grads } = gradients(parts);
    return [value, tf.concat(grads.map((gradient) => tf.reshape(gradient, [-1])))];
  }

  function step() {
    steps++;
    const { learningRate, beta1, beta2, epsilon } = adam;
    const correction = Math.sqrt(1 - beta2 ** steps);
    const rate = (learningRate * correction) / (1 - beta1 ** steps);
    const updated = tf.tidy(() => {
      const [, g] = differentiate();
      const m = tf.add(tf.mul(first, beta1), tf.mul(g, 1 - beta1));
      const v = tf.add(tf.mul(second, beta2), tf.mul(tf.square(g), 1 - beta2));
      const change = tf.div(tf.mul(m, rate), tf.add(tf.sqrt(v), epsilon * correction));
      return [tf.sub(parameters, change), m, v];
    });
    tf.dispose([parameters, first, second]);
    [parameters, first, second] = updated;
  }

  return {
    name: `tfjs-backend-wasm ${tf.version_core}`,
    differentiate() {
      const [value, gradient] = tf.tidy(differentiate);
      const result = { loss: value.dataSync()[0], gradient: gradient.dataSync() };
      tf.dispose([value, gradient]);
      return result;
    },
    run(count) {
      for (let i = 0; i < count; i++) step();
      return parameters.dataSync();
    },
  };
}
