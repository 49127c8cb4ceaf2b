import { networkLayers } from "@latticode/kernels";
import type { Network } from "@latticode/network";

/** A layer as a table, its rows and columns named. */
export interface NamedLayer {
  readonly name: string;
  readonly rows: readonly string[];
  /** What the layer reads, then "bias". */
  readonly columns: readonly string[];
  /** [rows][columns] */
  readonly values: readonly (readonly number[])[];
}

/** The layers of f and g: h and x are numbered from 1, inner neurons n. */
export function namedLayers({ shape, weights }: Network): NamedLayer[] {
  const { hiddenDim, inputDim, outputDim, hiddenDepth, outputDepth } = shape;
  return networkLayers(shape).map((layer, k) => {
    const { inputs, outputs, weightOffset, biasOffset } = layer;
    const inG = k >= hiddenDepth;
    const place = inG ? k - hiddenDepth : k;
    const depth = inG ? outputDepth : hiddenDepth;
    const read =
      place > 0
        ? numbered("n", inputs)
        : [...numbered("h", hiddenDim), ...(inG ? [] : numbered("x", inputDim))];
    const isLast = place === depth - 1;
    const written = inG ? numbered("y", outputDim) : numbered("h", hiddenDim, "'");
    return {
      name: `${inG ? "g" : "f"}${depth > 1 ? `, layer ${place + 1} of ${depth}` : ""}`,
      rows: isLast ? written : numbered("n", outputs),
      columns: [...read, "bias"],
      values: Array.from({ length: outputs }, (_, i) => [
        ...weights.subarray(weightOffset + i * inputs, weightOffset + (i + 1) * inputs),
        weights[biasOffset + i],
      ]),
    };
  });
}

/** x for one, x1, x2, ... for several. */
function numbered(name: string, count: number, suffix = ""): string[] {
  return Array.from(
    { length: count },
    (_, i) => `${name}${count === 1 && name !== "n" ? "" : i + 1}${suffix}`,
  );
}
