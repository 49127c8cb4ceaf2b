import type { AffineMap } from "@latticode/machines";
import type { Traces } from "@latticode/network";
import type { CoordinateChange } from "@latticode/normalizers";
import type { VariableEvidence } from "@latticode/regression";

/**
 * A state variable of a program, with the map from hidden states that gives it where one was found.
 */
export interface DecodedVariable extends VariableEvidence {
  /**
   * The maps for people, as "a = round(0.56 h1 - 0.11 h2)": with as few decimals as give the same
   * integers at all hidden states that were looked at.
   */
  readonly formulas?: readonly string[];
}

const fewestDecimals = 2;
const mostDecimals = 12;
/** A list with more elements has its first ones written. */
const mostFormulas = 8;

/**
 * Writes down how variables are computed from the hidden states of a network. Variables were found
 * in the hidden states of a normalized network, and the maps are brought back to those of the
 * network itself.
 *
 * @param variables what was found in the normalized network
 * @param traces hidden states of the network itself [count, length, hiddenDim]
 * @param change from the network to the normalized one; none unless given
 */
export function decodedVariables(
  variables: readonly VariableEvidence[],
  traces: Pick<Traces, "h" | "hiddenDim">,
  change?: CoordinateChange,
): DecodedVariable[] {
  return variables.map((variable) => {
    if (!variable.maps) return variable;
    const maps = variable.maps.map((map) => (change ? before(map, change) : map));
    const formulas = maps.slice(0, mostFormulas).map((map, i) => {
      const target = maps.length === 1 ? variable.name : `${variable.name}[${i}]`;
      return `${target} = ${roundedText(map, traces)}`;
    });
    return { ...variable, maps, formulas };
  });
}

/** The map of h that is the given map of A h + b. */
function before({ coefficients, offset }: AffineMap, change: CoordinateChange): AffineMap {
  const after = coefficients.length;
  const hiddenDim = change.matrix.length / after;
  const sum = (of: (i: number) => number) => coefficients.reduce((all, c, i) => all + c * of(i), 0);
  return {
    coefficients: Array.from({ length: hiddenDim }, (_, j) =>
      sum((i) => change.matrix[i * hiddenDim + j]),
    ),
    offset: offset + sum((i) => change.offset[i]),
  };
}

function roundedText(map: AffineMap, { h, hiddenDim }: Pick<Traces, "h" | "hiddenDim">): string {
  for (let decimals = fewestDecimals; decimals < mostDecimals; decimals++) {
    const written = withDecimals(map, decimals);
    let isSame = true;
    for (let at = 0; at < h.length && isSame; at += hiddenDim) {
      isSame = apply(written, h, at) === apply(map, h, at);
    }
    if (isSame) return mapText(written, decimals);
  }
  return mapText(map, mostDecimals);
}

function withDecimals({ coefficients, offset }: AffineMap, decimals: number): AffineMap {
  const rounded = (value: number) => Number(value.toFixed(decimals));
  return { coefficients: coefficients.map(rounded), offset: rounded(offset) };
}

function apply({ coefficients, offset }: AffineMap, h: Float64Array, at: number): number {
  let value = offset;
  for (let j = 0; j < coefficients.length; j++) value += coefficients[j] * h[at + j];
  return Math.floor(value + 0.5);
}

function mapText({ coefficients, offset }: AffineMap, decimals: number): string {
  const terms = [
    ...coefficients.map((value, j) => ({
      value,
      name: coefficients.length === 1 ? "h" : `h${j + 1}`,
    })),
    { value: offset, name: "" },
  ].filter(({ value }) => Number(value.toFixed(decimals)) !== 0);
  const text = terms.map(({ value, name }, i) => {
    const size = String(Number(Math.abs(value).toFixed(decimals)));
    const factor = name === "" ? size : size === "1" ? name : `${size} ${name}`;
    if (i === 0) return value < 0 ? `-${factor}` : factor;
    return `${value < 0 ? "-" : "+"} ${factor}`;
  });
  return `round(${text.join(" ") || "0"})`;
}
