import { expect, test } from "vitest";
import { outsideReferences, xmlMistake } from "../../../../test/xml.ts";
import { colours, markOf } from "./palette.ts";
import { scatterSvg } from "./scatter.ts";
import { openDrawing } from "./svg-document.ts";

const drawing = await openDrawing();

test("texts are escaped", () => {
  const text = `</text><script>alert("1")</script>&'`;
  const svg = scatterSvg(
    {
      title: text,
      remarks: [text],
      xLabel: text,
      yLabel: text,
      points: [[0, 0]],
      labels: [0],
      names: [text],
    },
    drawing,
  );
  expect(xmlMistake(svg)).toBe("");
  expect(outsideReferences(svg)).toEqual([]);
  expect(svg.match(/&lt;script>|&lt;script&gt;/g)?.length).toBeGreaterThanOrEqual(4);
});

test("points that fall together are drawn once, beyond a number not at all", () => {
  const points = Array.from({ length: 90_000 }, (_, i) => [i % 300, Math.floor(i / 300)] as const);
  const scatter = { title: "", remarks: [], xLabel: "x", yLabel: "y", points };
  const svg = scatterSvg(scatter, drawing);
  expect(svg.match(/<circle/g)?.length ?? svg.match(/<path/g)?.length).toBeGreaterThan(0);
  expect(svg).toContain("4,000 points of 90,000 shown");
  expect(svg.length).toBeLessThan(400_000);
  const repeated = { ...scatter, points: [...points.slice(0, 50), ...points.slice(0, 50)] };
  expect(scatterSvg(repeated, drawing)).toBe(
    scatterSvg({ ...scatter, points: points.slice(0, 50) }, drawing),
  );
});

test("48 clusters have marks of their own", () => {
  const marks = Array.from({ length: 48 }, (_, k) => markOf(k));
  expect(new Set(marks.map(({ colour, shape }) => colour + shape)).size).toBe(48);
  expect(new Set(marks.slice(0, 8).map(({ colour }) => colour))).toEqual(new Set(colours));
});
