import { drawIntegers } from "@latticode/program";
import { expect, test } from "vitest";
import { placeLabels } from "./label-places.ts";

const frame = { left: 0, right: 600, top: 0, bottom: 400 };

test("labels cover neither each other nor the edge, whatever the points", () => {
  for (let seed = 0; seed < 30; seed++) {
    const draw = drawIntegers(seed, 0);
    const labels = Array.from({ length: 60 }, (_, i) => ({
      text: `s${i}, y = ${draw(0, 99)}`,
      at: [draw(0, 600), draw(0, 400)] as const,
    }));
    const placed = placeLabels(labels, [], frame);
    expect(placed.length).toBeGreaterThan(20);
    const boxes = placed.map(({ index, text, dx, dy, anchor }) => {
      const [x, y] = labels[index].at;
      // 12 pixels high, characters of 6 to 7 pixels
      const size = 6 * text.length;
      const left = x + dx - { start: 0, middle: size / 2, end: size }[anchor];
      return { left, right: left + size, top: y + dy - 6, bottom: y + dy + 6 };
    });
    boxes.forEach((a, i) => {
      expect(a.left).toBeGreaterThanOrEqual(frame.left);
      expect(a.right).toBeLessThanOrEqual(frame.right);
      for (const b of boxes.slice(0, i)) {
        const apart =
          a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
        expect(apart, `seed ${seed}`).toBe(true);
      }
    });
  }
});

test("a label goes where it covers no point", () => {
  const above = Array.from({ length: 20 }, (_, i) => [290 + i, 186] as const);
  const [label] = placeLabels([{ text: "s0", at: [300, 200] }], above, frame);
  expect(label).toMatchObject({ index: 0, dx: 0, dy: 14 });
});
