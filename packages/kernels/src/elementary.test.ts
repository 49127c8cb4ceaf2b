import { type ElementaryFunction, loadKernels } from "@latticode/kernels";
import { expect, test } from "vitest";
import { deviateError, ulpError } from "../../../test/exact.ts";
import { philoxReference, randomNumbers } from "../../../test/reference.ts";

const kernels = await loadKernels();
const random = randomNumbers(77);
/** In [0, 1), with all 53 bits. */
const uniform = () =>
  Math.floor(random() * 2 ** 26) / 2 ** 26 + Math.floor(random() * 2 ** 27) / 2 ** 53;
const between = (low: number, high: number) => () => low + (high - low) * uniform();
/** Either sign, exponents from `low` to `high` alike. */
const scattered = (low: number, high: number) => () =>
  (uniform() < 0.5 ? -1 : 1) * (1 + uniform()) * 2 ** Math.floor(low + (high - low) * uniform());
const positive = (draw: () => number) => () => Math.abs(draw());

const least = 2 ** -1074;
const most = Number.MAX_VALUE;
const quarters = [1, 2, 3, 4, 5, 101, 1e5, 2 ** 29].map((k) => (k * Math.PI) / 2);
const nearOne = Array.from({ length: 50 }, (_, k) => [1 - 2 ** -(k + 1), 1 + 2 ** -(k + 1)]).flat();

test.each<[ElementaryFunction, number, string, () => number, number[]]>([
  ["exp", 0.52, "over its range", between(-745, 709.7), [0, 1, -1, 709.782712893384, -745.133]],
  ["exp", 0.52, "near 0", scattered(-60, 1), [least, -least, 2 ** -54, -(2 ** -54)]],
  ["log", 0.52, "over its range", positive(scattered(-1074, 1023)), [least, most, 2, 10, 0.5]],
  ["log", 0.52, "near 1", between(0.5, 2), nearOne],
  ["tanh", 2.5, "over its range", between(-22, 22), [0, -0, 0.5, 1, 20, 22, 400, -most]],
  ["tanh", 2.5, "near 0", scattered(-60, 1), [least, 2 ** -1000, -(2 ** -30)]],
  ["cos", 1, "on [0, 2 pi]", between(0, 2 * Math.PI), quarters],
  ["cos", 1, "to 2^30", scattered(-30, 30), [0, -0, least, 2 ** -27]],
  ["cos", 4, "beyond", scattered(30, 1023), [most, 2 ** 1000]],
  ["sin", 1, "on [0, 2 pi]", between(0, 2 * Math.PI), quarters],
  ["sin", 1, "to 2^30", scattered(-30, 30), [0, -0, least, 2 ** -27]],
  ["sin", 4, "beyond", scattered(30, 1023), [most, 2 ** 1000]],
  ["sqrt", 0.5, "over its range", positive(scattered(-1074, 1023)), [0, least, most, 2, 4]],
])(
  "%s is within %d ulp of the exact value %s",
  (name, bound, _, draw, special) => {
    const x = Float64Array.from([...special, ...Array.from({ length: 1000 }, draw)]);
    const y = kernels.elementary(name, x);
    let [worst, at] = [0, 0];
    for (const [i, argument] of x.entries()) {
      const error = ulpError(name, argument, y[i]);
      if (!(error <= worst)) [worst, at] = [error, argument];
    }
    expect(worst, `${name}(${at})`).toBeLessThanOrEqual(bound);
  },
  60_000,
);

test("normal deviates are within 24 * 2^-52 of the exact ones of their words", () => {
  let worst = 0;
  for (const [i, deviate] of kernels.normalDeviates(7, 3000).entries()) {
    worst = Math.max(worst, deviateError(philoxReference([i, 0, 0, 0], [7, 0]), deviate));
  }
  expect(worst).toBeLessThan(24 * 2 ** -52);
}, 60_000);

test("the reference itself tells neighbours apart", () => {
  // digits from the tables: the nearest f64 is within half an ulp, the next one is not
  const next = 2 ** -52;
  for (const [name, x, nearest] of [
    ["exp", 1, Math.E],
    ["log", 3, 1.0986122886681098],
    ["tanh", 1, 0.7615941559557649],
    ["cos", 1, 0.5403023058681398],
    ["sin", 1, 0.8414709848078965],
    ["sqrt", 2, Math.SQRT2],
  ] as const) {
    expect(ulpError(name, x, nearest)).toBeLessThanOrEqual(0.5);
    expect(ulpError(name, x, nearest * (1 + next))).toBeGreaterThan(0.5);
    expect(ulpError(name, x, nearest * (1 - next))).toBeGreaterThan(0.5);
  }
});

test("the ends of the ranges", () => {
  const x = Float64Array.of(710, -746, 0, -0);
  expect([...kernels.elementary("exp", x)]).toEqual([Number.POSITIVE_INFINITY, 0, 1, 1]);
  expect([...kernels.elementary("tanh", Float64Array.of(1e300, -1e300))]).toEqual([1, -1]);
  expect([...kernels.elementary("log", Float64Array.of(1))]).toEqual([0]);
  expect(kernels.elementary("cos", new Float64Array(0)).length).toBe(0);
});

test("misuse names the argument", () => {
  const one = Float64Array.of(1, -1);
  const bad = "tan" as unknown as ElementaryFunction;
  expect(() => kernels.elementary(bad, one)).toThrow("name is tan, must be one of exp, log, tanh");
  expect(() => kernels.elementary("log", one)).toThrow("x[1] is -1, must be above 0 for log");
  expect(() => kernels.elementary("log", new Float64Array(1))).toThrow(
    "x[0] is 0, must be above 0",
  );
  expect(() => kernels.elementary("sqrt", one)).toThrow("x[1] is -1, must be at least 0 for sqrt");
  expect(() => kernels.elementary("exp", Float64Array.of(Number.NaN))).toThrow("x[0] is NaN");
});
