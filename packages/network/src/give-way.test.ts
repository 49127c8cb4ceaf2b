import { afterEach, expect, test, vi } from "vitest";
import { givingWay, pause } from "./give-way.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

test("a pause lets a timer of the host run first", async () => {
  let hasRun = false;
  setTimeout(() => {
    hasRun = true;
  }, 0);
  await pause(undefined);
  expect(hasRun).toBe(true);
});

test("a pause ends with the reason of a signal that is aborted meanwhile", async () => {
  const controller = new AbortController();
  setTimeout(() => controller.abort(new Error("enough")), 0);
  await expect(pause(controller.signal)).rejects.toThrow("enough");
});

test("giving way pauses only after some computing, and looks at the signal each time", async () => {
  const controller = new AbortController();
  const now = vi.spyOn(performance, "now").mockReturnValue(0);
  const giveWay = givingWay(controller.signal);
  let hasRun = false;
  setTimeout(() => {
    hasRun = true;
  }, 0);
  await giveWay();
  expect(hasRun).toBe(false);
  now.mockReturnValue(60);
  await giveWay();
  expect(hasRun).toBe(true);
  controller.abort(new Error("enough"));
  await expect(giveWay()).rejects.toThrow("enough");
});
