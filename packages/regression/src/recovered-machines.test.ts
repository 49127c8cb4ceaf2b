import { expect, test } from "vitest";
import { randomMachine } from "../testing/systems.ts";
import { shallowPart } from "./recovered-machines.ts";

test("the shallow part knows what short words lead to, and nothing else", () => {
  for (let seed = 0; seed < 20; seed++) {
    const machine = randomMachine(seed, { stateCount: 9, symbolCount: 2 });
    const symbolCount = 2;
    for (const depth of [1, 2, 3]) {
      const part = shallowPart(machine, depth);
      const words = symbolCount ** (depth + 1);
      for (let word = 0; word < words; word++) {
        let [q, p] = [machine.initial, part.initial];
        for (let t = 0; t <= depth && p >= 0; t++) {
          const symbol = Math.floor(word / symbolCount ** t) % symbolCount;
          const known = part.outputs[p * symbolCount + symbol];
          if (t < depth) expect(known).toBe(machine.outputs[q * symbolCount + symbol]);
          else expect([-1, machine.outputs[q * symbolCount + symbol]]).toContain(known);
          p = part.transitions[p * symbolCount + symbol];
          q = machine.transitions[q * symbolCount + symbol];
        }
      }
    }
  }
  const all = randomMachine(1, { stateCount: 2, symbolCount: 2 });
  expect(shallowPart(all, 10)).toMatchObject({ symbols: all.symbols });
});
