import { machineDot, machineMermaid, recurrenceLatex } from "@latticode/codegen";
import type { Kernels } from "@latticode/kernels";
import { heatMapSvg } from "./heat-map.ts";
import type { Inspection } from "./inspect-network.ts";
import { inspectionText } from "./inspection-text.ts";
import { graphSvg } from "./machine-svg.ts";
import { latticeSvg, statesSvg } from "./states-svg.ts";
import { openDrawing } from "./svg-document.ts";

/** Graphviz takes long for larger machines, and nobody could read the drawing. */
const mostDrawnStates = 64;

/**
 * An inspection as files, by name: inspection.txt; weights.svg; states-0-as-trained.svg and one for
 * each normalizer that was kept; lattice.svg where the whole lattice is too fine to be drawn;
 * machine.dot and machine.mmd where a machine was read, machine.svg up to 64 states; recurrence.tex
 * where a linear recurrence was. The same bytes for the same inspection.
 */
export async function inspectionFiles(
  inspection: Inspection,
  options: { readonly kernels: Kernels },
): Promise<Record<string, string>> {
  const { stages, reading } = inspection;
  const drawing = await openDrawing();
  const using = { ...options, drawing };
  const files: Record<string, string> = { "inspection.txt": inspectionText(inspection) };
  const last = stages[stages.length - 1];
  files["weights.svg"] = heatMapSvg(last.network, "Weights after the normalizers", drawing);
  stages.forEach((stage, i) => {
    // what was refused left the states where they were
    if (stage.report && !stage.report.changed) return;
    files[`states-${i}-${stage.name.replace(" ", "-")}.svg`] = statesSvg(inspection, stage, using);
  });
  const lattice = latticeSvg(inspection, using);
  if (lattice) files["lattice.svg"] = lattice;
  const { machine, recurrence } = reading;
  if (recurrence) files["recurrence.tex"] = recurrenceLatex(recurrence);
  if (machine) {
    const dot = machineDot(machine);
    files["machine.dot"] = dot;
    files["machine.mmd"] = machineMermaid(machine);
    if (machine.stateCount <= mostDrawnStates) files["machine.svg"] = await graphSvg(dot);
  }
  return files;
}
