import type { PlotOptions } from "@observablehq/plot";

// The libraries that draw are loaded when something is drawn, not before.

/** Observable Plot, and what turns one of its plots into a file. */
export interface Drawing {
  readonly Plot: typeof import("@observablehq/plot");
  /** The text of an SVG file that needs nothing else. */
  draw(options: PlotOptions): string;
}

/** Loads Observable Plot and a light document for it. */
export async function openDrawing(): Promise<Drawing> {
  const [Plot, { parseHTML }] = await Promise.all([
    import("@observablehq/plot"),
    import("linkedom"),
  ]);
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  return {
    Plot,
    draw(options) {
      const svg = Plot.plot({ ...options, document: document as unknown as Document });
      return svgFile(svg.outerHTML);
    },
  };
}

/** What a file needs beyond an element within a page: its namespace and a white ground. */
function svgFile(element: string): string {
  const file = element
    .replace(/^<svg /, '<svg xmlns="http://www.w3.org/2000/svg" ')
    .replace("</style>", '</style><rect width="100%" height="100%" fill="#ffffff" />');
  return `${shortNumbers(file)}\n`;
}

/**
 * Attributes with at most 2 decimals: smaller files, and no differences in the last bits of an
 * engine's arithmetic.
 */
function shortNumbers(svg: string): string {
  return svg.replace(/<[a-z][^>]*>/g, (tag) =>
    tag.replace(/-?\d+\.\d{3,}/g, (number) => String(Math.round(Number(number) * 100) / 100)),
  );
}
