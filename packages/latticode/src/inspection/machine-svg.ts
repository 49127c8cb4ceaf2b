/** Graphviz' drawing of a graph in its language, as an SVG file that refers to nothing outside. */
export async function graphSvg(dot: string): Promise<string> {
  const { instance } = await import("@viz-js/viz");
  const viz = await instance();
  const svg = viz.renderString(dot, { format: "svg" });
  // the declaration names a document type on another server, comments a version and a date
  return labelsOnTop(svg.slice(svg.indexOf("<svg")).replace(/<!--[\s\S]*?-->\n?/g, ""));
}

/** Labels of edges after all edges, with a white rim, so that no edge strikes one out. */
function labelsOnTop(svg: string): string {
  const labels: string[] = [];
  const edges = svg.replace(/<g id="edge\d+"[\s\S]*?<\/g>/g, (edge) =>
    edge.replace(/<text[\s\S]*?<\/text>\n/g, (label) => {
      labels.push(label);
      return "";
    }),
  );
  const rim = '<g stroke="#ffffff" stroke-width="3" paint-order="stroke">';
  const end = edges.lastIndexOf("</g>");
  return `${edges.slice(0, end)}${rim}\n${labels.join("")}</g>\n${edges.slice(end)}`;
}
