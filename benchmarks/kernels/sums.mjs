/** Running sums modulo 5 of digits from 0 to 4, as the kernels take data. */
export function sumsModulo5(kernels, count, length) {
  const x = new Int32Array(count * length);
  const y = new Int32Array(count * length);
  for (let i = 0, sum = 0; i < x.length; i++) {
    x[i] = kernels.randomWords([i, 0, 0, 0], [1, 1])[0] % 5;
    sum = (i % length === 0 ? 0 : sum) + x[i];
    y[i] = sum % 5;
  }
  return { x, y, count, length };
}
