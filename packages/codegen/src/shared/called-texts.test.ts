import { expect, test } from "vitest";
import { calledTexts } from "./called-texts.ts";

const all = { sum: "sum = add(a, b)", at: "at = place(a)", add: "add", place: "place" };

test("functions come along where they are called, with those that they call", () => {
  expect(calledTexts(all, ["a", "y = sum(x)"])).toEqual([all.sum, all.add]);
  expect(calledTexts(all, ["y = [...at(w, 0), 1]"])).toEqual([all.at, all.place]);
  expect(calledTexts(all, ["(i64.sub (call $add", "  (local.get $a)))"])).toEqual([all.add]);
  expect(calledTexts(all, ["add(place(x))", "at(w)"])).toEqual([all.at, all.add, all.place]);
});

test("methods, longer names and words are no calls", () => {
  expect(calledTexts(all, ["w.at(0)", "add_at(w)", "i.sum::<i64>()", "add = place"])).toEqual([]);
  expect(calledTexts(all, ["checksum(x)", "(call $add_at", "(local.get $at)"])).toEqual([]);
});
