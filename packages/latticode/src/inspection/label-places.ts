/** A text to be put beside a point, in pixels. */
export interface Label {
  readonly text: string;
  readonly at: readonly [x: number, y: number];
}

/** Where a label went; `index` is its place in the list. */
export interface PlacedLabel {
  readonly index: number;
  readonly text: string;
  readonly dx: number;
  readonly dy: number;
  readonly anchor: "start" | "middle" | "end";
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

// Helvetica at 12 pixels is narrower on average.
const characterWidth = 7;
const lineHeight = 14;

const places = [14, 22, 34, 50].flatMap((far): Omit<PlacedLabel, "index" | "text">[] => [
  { dx: 0, dy: -far, anchor: "middle" },
  { dx: 0, dy: far, anchor: "middle" },
  { dx: far - 4, dy: 0, anchor: "start" },
  { dx: 4 - far, dy: 0, anchor: "end" },
  { dx: far - 6, dy: -far, anchor: "start" },
  { dx: 6 - far, dy: -far, anchor: "end" },
  { dx: far - 6, dy: far, anchor: "start" },
  { dx: 6 - far, dy: far, anchor: "end" },
]);

/**
 * Puts labels beside their points, one after the other, each at the first place where it covers no
 * other label and stays within the frame, on as few points as may be. A label without a place is
 * left out.
 *
 * @param points that are better not covered, in pixels
 */
export function placeLabels(
  labels: readonly Label[],
  points: readonly (readonly [number, number])[],
  frame: Box,
): PlacedLabel[] {
  const taken: Box[] = [];
  return labels.flatMap(({ text, at }, index) => {
    const free = places
      .map((place) => ({ place, box: boxOf(text, at, place) }))
      .filter(({ box }) => isWithin(box, frame) && !taken.some((other) => overlap(box, other)));
    if (text === "" || free.length === 0) return [];
    const covered = free.map(({ box }) => points.filter(([x, y]) => isIn(box, x, y)).length);
    const best = free[covered.indexOf(Math.min(...covered))];
    taken.push(best.box);
    return [{ index, text, ...best.place }];
  });
}

function boxOf(text: string, [x, y]: Label["at"], place: Omit<PlacedLabel, "index" | "text">): Box {
  const size = text.length * characterWidth;
  const before = { start: 0, middle: size / 2, end: size }[place.anchor];
  const left = x + place.dx - before;
  const middle = y + place.dy;
  return {
    left,
    right: left + size,
    top: middle - lineHeight / 2,
    bottom: middle + lineHeight / 2,
  };
}

function isWithin(box: Box, frame: Box): boolean {
  return (
    box.left >= frame.left &&
    box.right <= frame.right &&
    box.top >= frame.top &&
    box.bottom <= frame.bottom
  );
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

function isIn(box: Box, x: number, y: number): boolean {
  return x >= box.left - 3 && x <= box.right + 3 && y >= box.top - 3 && y <= box.bottom + 3;
}
