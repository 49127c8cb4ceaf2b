import type { ComplexMatrix } from "./complex-matrix.ts";
import { complexIdentity, frobenius, realMatrix, zeroMatrix } from "./complex-matrix.ts";

/** W = Q T Q^*, Q unitary, T upper triangular with the eigenvalues on its diagonal. */
export interface ComplexSchur {
  readonly t: ComplexMatrix;
  readonly q: ComplexMatrix;
}

/** G = [[c, s], [-conj(s), c]], c real, which is unitary. */
interface Rotation {
  readonly c: number;
  readonly re: number;
  readonly im: number;
}

/** The rotation that turns (a, b) to (r, 0). */
function rotationFor(aRe: number, aIm: number, bRe: number, bIm: number): Rotation {
  const a = Math.sqrt(aRe * aRe + aIm * aIm);
  const b = Math.sqrt(bRe * bRe + bIm * bIm);
  if (b === 0) return { c: 1, re: 0, im: 0 };
  if (a === 0) return { c: 0, re: bRe / b, im: 0 - bIm / b };
  const length = Math.sqrt(a * a + b * b);
  const scale = a * length;
  // s = (a / |a|) conj(b) / length
  const re = (aRe * bRe + aIm * bIm) / scale;
  const im = (aIm * bRe - aRe * bIm) / scale;
  return { c: a / length, re, im };
}

/** Rows i and j become G times them. */
function rotateRows(m: ComplexMatrix, i: number, j: number, { c, re, im }: Rotation): void {
  for (let k = 0; k < m.columns; k++) {
    const [p, q] = [i * m.columns + k, j * m.columns + k];
    const [x, y, u, v] = [m.re[p], m.im[p], m.re[q], m.im[q]];
    m.re[p] = c * x + re * u - im * v;
    m.im[p] = c * y + re * v + im * u;
    m.re[q] = c * u - re * x - im * y;
    m.im[q] = c * v - re * y + im * x;
  }
}

/** Columns i and j are multiplied by G^* from the right. */
function rotateColumns(m: ComplexMatrix, i: number, j: number, { c, re, im }: Rotation): void {
  for (let k = 0; k < m.rows; k++) {
    const [p, q] = [k * m.columns + i, k * m.columns + j];
    const [x, y, u, v] = [m.re[p], m.im[p], m.re[q], m.im[q]];
    m.re[p] = c * x + re * u + im * v;
    m.im[p] = c * y + re * v - im * u;
    m.re[q] = c * u - re * x + im * y;
    m.im[q] = c * v - re * y - im * x;
  }
}

/** T <- G T G^*, Q <- Q G^* in the plane of i and j. */
function transform({ t, q }: ComplexSchur, i: number, j: number, rotation: Rotation): void {
  rotateRows(t, i, j, rotation);
  rotateColumns(t, i, j, rotation);
  rotateColumns(q, i, j, rotation);
}

/** |re| + |im|, within a factor of 1.42 of the magnitude. */
function size(m: ComplexMatrix, i: number, j: number): number {
  return Math.abs(m.re[i * m.columns + j]) + Math.abs(m.im[i * m.columns + j]);
}

/**
 * The complex Schur form of a real matrix [n, n]: Hessenberg form and shifted QR steps, all by
 * rotations (Golub and Van Loan, 7.5, in complex arithmetic). undefined where it does not converge.
 * For small n only, as no step exploits zeros.
 */
export function complexSchur(matrix: Float64Array, n: number): ComplexSchur | undefined {
  const schur: ComplexSchur = { t: realMatrix(matrix, n, n), q: complexIdentity(n) };
  const { t } = schur;
  for (let k = 0; k < n - 2; k++) {
    for (let i = n - 1; i > k + 1; i--) {
      const [p, q] = [(i - 1) * n + k, i * n + k];
      transform(schur, i - 1, i, rotationFor(t.re[p], t.im[p], t.re[q], t.im[q]));
      t.re[q] = 0;
      t.im[q] = 0;
    }
  }
  let high = n - 1;
  for (let step = 0, since = 0; high > 0; step++, since++) {
    if (step > 60 * n) return undefined;
    let low = high;
    while (low > 0) {
      const scale = size(t, low, low) + size(t, low - 1, low - 1);
      if (size(t, low, low - 1) <= 2 ** -53 * scale || size(t, low, low - 1) < 1e-290) break;
      low--;
    }
    if (low > 0) {
      t.re[low * n + low - 1] = 0;
      t.im[low * n + low - 1] = 0;
    }
    if (low === high) {
      high--;
      since = -1;
      continue;
    }
    qrStep(schur, low, high, since > 0 && since % 10 === 0);
  }
  return schur;
}

/** One explicitly shifted QR step on rows and columns low to high. */
function qrStep(schur: ComplexSchur, low: number, high: number, exceptional: boolean): void {
  const { t, q } = schur;
  const n = t.rows;
  const [re, im] = exceptional ? [size(t, high, high - 1), 0] : wilkinsonShift(t, high);
  for (let i = 0; i < n; i++) {
    t.re[i * n + i] -= re;
    t.im[i * n + i] -= im;
  }
  const rotations: Rotation[] = [];
  for (let k = low; k < high; k++) {
    const [a, b] = [k * n + k, (k + 1) * n + k];
    const rotation = rotationFor(t.re[a], t.im[a], t.re[b], t.im[b]);
    rotateRows(t, k, k + 1, rotation);
    t.re[b] = 0;
    t.im[b] = 0;
    rotations.push(rotation);
  }
  rotations.forEach((rotation, k) => {
    rotateColumns(t, low + k, low + k + 1, rotation);
    rotateColumns(q, low + k, low + k + 1, rotation);
  });
  for (let i = 0; i < n; i++) {
    t.re[i * n + i] += re;
    t.im[i * n + i] += im;
  }
}

/** The eigenvalue of the 2 x 2 block that ends at row high which is nearer to its last entry. */
function wilkinsonShift(t: ComplexMatrix, high: number): [number, number] {
  const n = t.rows;
  const entry = (i: number, j: number): [number, number] => [t.re[i * n + j], t.im[i * n + j]];
  const a = entry(high - 1, high - 1);
  const b = entry(high - 1, high);
  const c = entry(high, high - 1);
  const d = entry(high, high);
  // half the difference, and the root of its square plus b c
  const [x, y] = [(a[0] - d[0]) / 2, (a[1] - d[1]) / 2];
  const [re, im] = complexRoot(
    x * x - y * y + b[0] * c[0] - b[1] * c[1],
    2 * x * y + b[0] * c[1] + b[1] * c[0],
  );
  const sign = x * re + y * im > 0 ? -1 : 1;
  return [d[0] + x + sign * re, d[1] + y + sign * im];
}

/** The square root whose real part is not negative. */
function complexRoot(re: number, im: number): [number, number] {
  const length = Math.sqrt(re * re + im * im);
  if (length === 0) return [0, 0];
  if (re >= 0) {
    const root = Math.sqrt((length + re) / 2);
    return [root, im / (2 * root)];
  }
  const root = Math.sqrt((length - re) / 2);
  return [Math.abs(im) / (2 * root), im < 0 ? -root : root];
}

/**
 * The same Schur form with the eigenvalues at the given places of the diagonal moved to its top, so
 * that the first columns of q span their invariant subspace (Golub and Van Loan, 7.6.2).
 */
export function reordered(original: ComplexSchur, chosen: readonly number[]): ComplexSchur {
  const schur = structuredClone(original);
  const m = schur.t;
  const n = m.rows;
  const ascending = [...chosen].sort((a, b) => a - b);
  for (const [target, from] of ascending.entries()) {
    for (let k = from - 1; k >= target; k--) {
      const [a, b, d] = [k * n + k, k * n + k + 1, (k + 1) * n + k + 1];
      const rotation = rotationFor(m.re[b], m.im[b], m.re[d] - m.re[a], m.im[d] - m.im[a]);
      transform(schur, k, k + 1, rotation);
      m.re[(k + 1) * n + k] = 0;
      m.im[(k + 1) * n + k] = 0;
    }
  }
  return schur;
}

/**
 * A bound for the norm of the spectral projector of the first m eigenvalues, 1 / sin of the
 * smallest angle between their subspace and that of the others: the factor by which noise moves
 * their mean.
 */
export function projectorNorm({ t }: ComplexSchur, m: number): number {
  const n = t.rows;
  // T11 R - R T22 = T12, column by column from the left, each from the bottom up
  const r = zeroMatrix(m, n - m);
  for (let j = 0; j < n - m; j++) {
    const diagonal = (m + j) * n + m + j;
    for (let i = m - 1; i >= 0; i--) {
      let [re, im] = [t.re[i * n + m + j], t.im[i * n + m + j]];
      const add = (x: number, y: number, u: number, v: number, sign: number) => {
        re += sign * (x * u - y * v);
        im += sign * (x * v + y * u);
      };
      for (let k = 0; k < j; k++) {
        const [a, b] = [i * (n - m) + k, (m + k) * n + m + j];
        add(r.re[a], r.im[a], t.re[b], t.im[b], 1);
      }
      for (let k = i + 1; k < m; k++) {
        const [a, b] = [i * n + k, k * (n - m) + j];
        add(t.re[a], t.im[a], r.re[b], r.im[b], -1);
      }
      const x = t.re[i * n + i] - t.re[diagonal];
      const y = t.im[i * n + i] - t.im[diagonal];
      const square = Math.max(x * x + y * y, 1e-290);
      r.re[i * (n - m) + j] = (re * x + im * y) / square;
      r.im[i * (n - m) + j] = (im * x - re * y) / square;
    }
  }
  const norm = frobenius(r);
  return Math.sqrt(1 + norm * norm);
}
