import type { Finder } from "../finder.ts";
import { mostLags, windowOfTraces } from "../search/window.ts";

export const windowExplanation = "The outputs depend on the last few inputs alone.";

/** The program of the shortest window that decides the outputs of the traces. */
export const window: Finder = {
  name: "window",
  explanation: windowExplanation,
  route: "black-box",
  *find(context, bound) {
    for (let lags = 0; lags <= mostLags; lags++) {
      const found = windowOfTraces(context.traces, lags);
      const program = found && context.programOfWindow(found, bound());
      if (program && (yield { program }) === "kept") return;
    }
  },
};
