/**
 * The distinct inputs among x [rows, inputDim] in the order in which they turn up, each a part of x
 * [inputDim]; undefined where there are more than `most`.
 */
export function distinctInputs(
  x: Int32Array,
  inputDim: number,
  most: number,
): Int32Array[] | undefined {
  const seen = new Set<string>();
  const inputs: Int32Array[] = [];
  for (let at = 0; at < x.length; at += inputDim) {
    const input = x.subarray(at, at + inputDim);
    const key = input.join();
    if (seen.has(key)) continue;
    if (inputs.length === most) return undefined;
    seen.add(key);
    inputs.push(input);
  }
  return inputs;
}
