// Files of linear networks as the paper's authors save theirs: h' = W [h, x] + b, y = c h + d, in
// float32, under the names of their tensors, without metadata. The networks compute known functions
// of their inputs, in coordinates that are as arbitrary as those that training finds.

/** A network with one input and one output; `weights` in the order of its tensors. */
interface LinearNetwork {
  readonly hiddenDim: number;
  /** W [hiddenDim][hiddenDim + 1], b [hiddenDim], c [hiddenDim], d. */
  readonly weights: readonly number[];
}

/**
 * y = c z of the states z' = (x, z_1 + shift), which are (x_t, x_{t-1} + shift), seen as h = T z. d
 * takes the shift off again.
 */
function delayLine(c: readonly [number, number], shift: number): LinearNetwork {
  const [p, q, r, s] = [-1.1, 0.35, -0.3, -0.95]; // T = [[p, q], [r, s]]
  const determinant = p * s - q * r;
  const inverse = [s / determinant, -q / determinant, -r / determinant, p / determinant];
  return {
    hiddenDim: 2,
    weights: [
      ...[q * inverse[0], q * inverse[1], p],
      ...[s * inverse[0], s * inverse[1], r],
      ...[q * shift, s * shift],
      ...[c[0] * inverse[0] + c[1] * inverse[2], c[0] * inverse[1] + c[1] * inverse[3]],
      -c[1] * shift,
    ],
  };
}

function fileOf({ hiddenDim, weights }: LinearNetwork): Uint8Array {
  const tensors = [
    { name: "hmlp.mlp.0.weight", shape: [hiddenDim, hiddenDim + 1] },
    { name: "hmlp.mlp.0.bias", shape: [hiddenDim] },
    { name: "ymlp.mlp.0.weight", shape: [1, hiddenDim] },
    { name: "ymlp.mlp.0.bias", shape: [1] },
  ];
  let size = 0;
  const entries = tensors.map(({ name, shape }) => {
    const from = size;
    size += 4 * shape.reduce((product, side) => product * side, 1);
    return [name, { dtype: "F32", shape, data_offsets: [from, size] }];
  });
  // With a space after each comma and colon, as Python writes JSON, up to a multiple of 8 bytes.
  const json = JSON.stringify(Object.fromEntries(entries)).replace(/[,:]/g, "$& ");
  const header = new TextEncoder().encode(json.padEnd(Math.ceil(json.length / 8) * 8));
  const bytes = new Uint8Array(8 + header.length + size);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(header.length), true);
  bytes.set(header, 8);
  weights.forEach((weight, i) => {
    view.setFloat32(8 + header.length + 4 * i, weight, true);
  });
  return bytes;
}

/** The element before, 0 at first. */
export const previousElementFile = fileOf(delayLine([0, 1], 0.28));

/** The sum of the last two elements. */
export const lastTwoSumFile = fileOf(delayLine([1, 1], -0.06));

/**
 * The sum of all elements, as nearly as training ends: the state grows a little, and has a drift.
 */
export const sumFile = fileOf({
  hiddenDim: 1,
  weights: [1.000004, -0.7125, -3e-7, -1 / 0.7125, -4e-5],
});
