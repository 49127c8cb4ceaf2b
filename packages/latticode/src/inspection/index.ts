import { openDrawing as loadDrawing } from "./svg-document.ts";

// What `latticode inspect` shows, as a library; what draws is loaded with the first file.

export { machineDot, machineMermaid, outputText } from "@latticode/codegen";
export type { Clusters } from "./clusters.ts";
export type { InspectedStage, Inspection, InspectionOptions } from "./inspect-network.ts";
export { inspectNetwork } from "./inspect-network.ts";
export { inspectionFiles } from "./inspection-files.ts";
export { inspectionText } from "./inspection-text.ts";
export { graphSvg } from "./machine-svg.ts";
export { colours } from "./palette.ts";
export type { Plane } from "./plane.ts";
export { planeOf } from "./plane.ts";

/**
 * Loads Observable Plot, and what turns one of its plots into the text of an SVG file. Its types
 * are left out, as they need those of d3.
 */
export const openDrawing: () => Promise<{
  readonly Plot: object;
  draw(options: object): string;
}> = loadDrawing;
