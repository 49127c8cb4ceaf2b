/**
 * The different inputs of a position [symbols, inputDim] among inputs [positions, inputDim], in the
 * order in which they come; undefined where there are more than `most`.
 */
export function symbolsOf(x: Int32Array, inputDim: number, most: number): Int32Array | undefined {
  const seen = new Set<string>();
  const symbols: number[] = [];
  for (let i = 0; i < x.length; i += inputDim) {
    const symbol = x.subarray(i, i + inputDim);
    const key = symbol.join(" ");
    if (seen.has(key)) continue;
    if (seen.size === most) return undefined;
    seen.add(key);
    symbols.push(...symbol);
  }
  return Int32Array.from(symbols);
}
