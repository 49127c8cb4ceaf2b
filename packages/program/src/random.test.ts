import { expect, test } from "vitest";
import { drawIntegers, philox } from "./random.ts";

test("philox gives the known answers of Random123", () => {
  // tests/kat_vectors, philox4x32 10: counter, key, answer.
  const known = [
    [
      [0, 0, 0, 0],
      [0, 0],
      [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
    ],
    [
      [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
      [0xffffffff, 0xffffffff],
      [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
    ],
    [
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      [0xa4093822, 0x299f31d0],
      [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
    ],
  ];
  for (const [counter, key, answer] of known) {
    const block = Uint32Array.from(counter);
    philox(block, key[0], key[1]);
    expect([...block]).toEqual(answer);
  }
});

test("integers are words of philox, reduced", () => {
  const draw = drawIntegers(0, 0);
  const words = [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8];
  expect(words.map(() => draw(0, 2 ** 32 - 1))).toEqual(words);
  const wide = drawIntegers(2 ** 53 - 1, 2 ** 32 - 1);
  const block = Uint32Array.from([0, 2 ** 32 - 1, 0, 0]);
  philox(block, 2 ** 32 - 1, 2 ** 21 - 1);
  expect(wide(0, 2 ** 32 - 1)).toBe(block[0]);
});

test.each([1, 2, 3, 20, 21, 100, 200])("%i values are equally likely", (size) => {
  const draw = drawIntegers(3, size);
  const draws = 1000 * size;
  const frequency = new Array<number>(size).fill(0);
  for (let i = 0; i < draws; i++) frequency[draw(-7, size - 8) + 7]++;
  // Each is binomial with mean 1000 and deviation below 31.7; six deviations.
  for (const observed of frequency) expect(Math.abs(observed - 1000)).toBeLessThan(190);
});

test("a range of 3 * 2^30 values is not skewed towards its first third", () => {
  const draw = drawIntegers(4, 0);
  let first = 0;
  for (let i = 0; i < 30000; i++) if (draw(0, 3 * 2 ** 30 - 1) < 2 ** 30) first++;
  // 10000 expected, deviation 82; 15000 without rejection.
  expect(Math.abs(first - 10000)).toBeLessThan(500);
});
