import { loadKernels } from "@latticode/kernels";
import { expect, test } from "vitest";
import { lossReference, randomNumbers, relativeError } from "../../../../test/reference.ts";

const kernels = await loadKernels();
const random = randomNumbers(1);

function values(count: number): Float32Array {
  return Float32Array.from({ length: count }, () => 2 * random() - 1);
}

const sizes = [1, 2, 3, 4, 7, 33, 256];

test.each(sizes.flatMap((inputs) => sizes.map((outputs) => [inputs, outputs] as const)))(
  "a dense layer from %i to %i, forward and backward",
  (inputs, outputs) => {
    for (const batch of [1, 45]) {
      const [weight, bias] = [values(inputs * outputs), values(outputs)];
      const [x, dy] = [values(batch * inputs), values(batch * outputs)];
      const y = new Float64Array(batch * outputs);
      const dx = new Float64Array(batch * inputs);
      const dw = new Float64Array(outputs * inputs);
      const db = new Float64Array(outputs);
      for (let b = 0; b < batch; b++) {
        for (let o = 0; o < outputs; o++) {
          const d = dy[b * outputs + o];
          let sum = bias[o];
          for (let i = 0; i < inputs; i++) {
            sum += weight[o * inputs + i] * x[b * inputs + i];
            dx[b * inputs + i] += weight[o * inputs + i] * d;
            dw[o * inputs + i] += x[b * inputs + i] * d;
          }
          y[b * outputs + o] = sum;
          db[o] += d;
        }
      }
      const options = { inputs, outputs, batch };
      const linear = kernels.denseForward(weight, bias, x, { ...options, relu: false });
      expect(relativeError(linear, y)).toBeLessThan(3e-6);
      const relu = kernels.denseForward(weight, bias, x, { ...options, relu: true });
      expect([...relu]).toEqual([...linear].map((v) => Math.max(v, 0)));
      const plain = kernels.denseBackward(weight, x, dy, { ...options, rectified: false });
      expect(relativeError(plain.dx, dx)).toBeLessThan(3e-6);
      expect(relativeError(plain.dw, dw)).toBeLessThan(3e-6);
      expect(relativeError(plain.db, db)).toBeLessThan(3e-6);
      const masked = kernels.denseBackward(weight, x, dy, { ...options, rectified: true });
      expect([...masked.dx]).toEqual([...plain.dx].map((d, i) => (x[i] > 0 ? d : 0)));
    }
  },
);

test("NaN passes through a ReLU", () => {
  const options = { inputs: 1, outputs: 1, batch: 1, relu: true };
  const y = kernels.denseForward(
    Float32Array.of(1),
    Float32Array.of(0),
    Float32Array.of(Number.NaN),
    options,
  );
  expect(y[0]).toBeNaN();
});

test.each(["squared", "log", "huber"] as const)("the %s loss and its gradient", (loss) => {
  for (const [batch, outputs] of [
    [1, 1],
    [33, 3],
    [64, 2],
  ]) {
    const y = values(batch * outputs).map((v) => 4 * v);
    const target = values(batch * outputs);
    const result = kernels.meanLoss(loss, y, target, { batch, outputs });
    const mean = (shift: number, at: number) =>
      y.reduce((sum, v, i) => {
        return sum + lossReference(loss, v + (i === at ? shift : 0) - target[i]);
      }, 0) / y.length;
    expect(Math.abs(result.loss - mean(0, -1))).toBeLessThan(1e-12 * result.loss + 1e-15);
    const step = 1e-4;
    const slopes = Array.from(y, (_, i) => (mean(step, i) - mean(-step, i)) / (2 * step));
    expect(relativeError(result.gradient, slopes)).toBeLessThan(1e-6);
  }
});

test("errors inside the dead zone give no gradient", () => {
  const y = Float32Array.of(0.2, -0.2, 0.3, Number.NaN);
  const target = new Float32Array(4);
  const options = { batch: 4, outputs: 1, deadZone: 0.25 };
  const { gradient } = kernels.meanLoss("squared", y, target, options);
  expect([...gradient]).toEqual([0, 0, Math.fround(0.3) / 4, Number.NaN]);
});

test("misuse names the argument", () => {
  const one = Float32Array.of(1);
  const options = { inputs: 1, outputs: 1, batch: 1, relu: false };
  const forward = (changes: object) => () =>
    kernels.denseForward(one, one, one, { ...options, ...changes });
  expect(forward({ inputs: 2 })).toThrow("weight has length 1, [outputs, inputs] needs 2");
  expect(forward({ batch: 2 })).toThrow("x has length 1, [batch, inputs] needs 2");
  expect(forward({ outputs: 257 })).toThrow("outputs is 257, must be an integer from 1 to 256");
  const wrong = one as unknown as Float32Array;
  expect(() =>
    kernels.denseForward(Float64Array.of(1) as unknown as Float32Array, wrong, wrong, options),
  ).toThrow("weight is Float64Array, must be Float32Array");
});
