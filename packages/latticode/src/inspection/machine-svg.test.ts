import { machineDot } from "@latticode/codegen";
import { expect, test } from "vitest";
import { outsideReferences, xmlMistake } from "../../../../test/xml.ts";
import { digitMachine } from "../../../machines/testing/digit-machine.ts";
import { graphSvg } from "./machine-svg.ts";

test("a machine is drawn, twice the same, and refers to nothing", async () => {
  const svg = await graphSvg(machineDot(digitMachine));
  expect(await graphSvg(machineDot(digitMachine))).toBe(svg);
  expect(xmlMistake(svg)).toBe("");
  expect(outsideReferences(svg)).toEqual([]);
  for (const text of ["y = &#45;1", "1..7", "0, 8"]) expect(svg).toContain(text);
  // labels lie on top of the last edge
  expect(svg.indexOf(" 1..7 <")).toBeGreaterThan(svg.lastIndexOf("<path"));
});
