// What our benchmark must come to, and what is shown of it.

export { barsOf, targets } from "./bars.mjs";
export { benchFigures } from "./figures.mjs";
export { publishedCost, referenceCosts } from "./reference-costs.mjs";
export { acceptanceReport, judgeRuns } from "./report.mjs";
