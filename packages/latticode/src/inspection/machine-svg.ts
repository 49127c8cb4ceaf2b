/** Graphviz' drawing of a graph in its language, as an SVG file that refers to nothing outside. */
export async function graphSvg(dot: string): Promise<string> {
  const { instance } = await import("@viz-js/viz");
  const viz = await instance();
  const svg = viz.renderString(dot, { format: "svg" });
  // the declaration names a document type on another server, comments a version and a date
  return svg.slice(svg.indexOf("<svg")).replace(/<!--[\s\S]*?-->\n?/g, "");
}
