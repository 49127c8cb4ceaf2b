/**
 * Eight colours that people with any colour blindness tell apart (Okabe and Ito 2008, "Color
 * universal design"), the ones that stand out on white first.
 */
export const colours = [
  "#0072b2",
  "#e69f00",
  "#009e73",
  "#d55e00",
  "#56b4e9",
  "#cc79a7",
  "#000000",
  "#f0e442",
] as const;

/** Shapes for what comes after eight colours, in Plot's names. */
export const shapes = ["circle", "square2", "triangle2", "diamond2", "times", "asterisk"] as const;

/** Colour and shape of a cluster; there are 48 of them, then they come again. */
export function markOf(cluster: number): {
  readonly colour: string;
  readonly shape: (typeof shapes)[number];
} {
  return {
    colour: colours[cluster % colours.length],
    shape: shapes[Math.floor(cluster / colours.length) % shapes.length],
  };
}

/** Negative and positive ends of a scale through white, blue and orange. */
const negative = [0, 114, 178];
const positive = [213, 94, 0];

/** White at 0, blue at -1, orange at 1; `value` from -1 to 1. */
export function divergingColour(value: number): string {
  const end = value < 0 ? negative : positive;
  const share = Math.min(1, Math.abs(value));
  const parts = end.map((part) => Math.round(255 + (part - 255) * share));
  return `#${parts.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}
