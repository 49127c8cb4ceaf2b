import { loadKernels } from "@latticode/kernels";
import { expect, test } from "vitest";
import { philoxReference, randomNumbers } from "../../../test/reference.ts";

const kernels = await loadKernels();

test("words agree with the generator's paper, and with the known answer for zeros", () => {
  expect([...kernels.randomWords([0, 0, 0, 0], [0, 0])]).toEqual([
    0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8,
  ]);
  const random = randomNumbers(1);
  const word = () => Math.floor(random() * 2 ** 32);
  for (let i = 0; i < 500; i++) {
    const counter = [word(), word(), word(), word()] as const;
    const key = [word(), word()] as const;
    expect([...kernels.randomWords(counter, key)]).toEqual(philoxReference(counter, key));
  }
});

test("normal deviates have the moments of the normal distribution", () => {
  const count = 200_000;
  const deviates = kernels.normalDeviates(3, count);
  const moment = (k: number) => deviates.reduce((sum, v) => sum + v ** k, 0) / count;
  // six standard errors each
  expect(Math.abs(moment(1))).toBeLessThan(6 / Math.sqrt(count));
  expect(Math.abs(moment(2) - 1)).toBeLessThan(6 * Math.sqrt(2 / count));
  expect(Math.abs(moment(3))).toBeLessThan(6 * Math.sqrt(15 / count));
  expect(Math.abs(moment(4) - 3)).toBeLessThan(6 * Math.sqrt(96 / count));
});

test("normal deviates are Box and Muller's, from the words", () => {
  for (const [i, deviate] of kernels.normalDeviates(9, 50).entries()) {
    const words = philoxReference([i, 0, 0, 0], [9, 0]).map((w) => (w + 0.5) / 2 ** 32);
    const radius = Math.sqrt(-2 * Math.log(words[0]));
    expect(Math.abs(deviate - radius * Math.cos(2 * Math.PI * words[1]))).toBeLessThan(1e-13);
  }
});

test("misuse names the argument", () => {
  expect(() => kernels.randomWords([0, 0, 2 ** 32, 0], [0, 0])).toThrow("counter[2] is 4294967296");
  expect(() => kernels.normalDeviates(1.5, 1)).toThrow("seed is 1.5");
});
