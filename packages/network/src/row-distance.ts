/** The largest difference of a coordinate between row i of a and row j of b, both [rows, width]. */
export function rowDistance(
  a: Float64Array,
  i: number,
  b: Float64Array,
  j: number,
  width: number,
): number {
  let largest = 0;
  for (let k = 0; k < width; k++) {
    largest = Math.max(largest, Math.abs(a[i * width + k] - b[j * width + k]));
  }
  return largest;
}
