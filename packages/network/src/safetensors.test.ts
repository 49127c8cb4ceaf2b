import { type NetworkShape, parameterCount } from "@latticode/kernels";
import { drawIntegers } from "@latticode/program";
import { describe, expect, test } from "vitest";
import { lastTwoSumFile, previousElementFile, sumFile } from "../testing/paper-files.ts";
import type { Network } from "./network.ts";
import { loadNetwork, saveNetwork } from "./safetensors.ts";

function newNetwork(sizes: Partial<NetworkShape> = {}, initial: readonly number[] = []): Network {
  const shape = {
    ...{ inputDim: 2, outputDim: 1, hiddenDim: 3 },
    ...{ hiddenDepth: 2, hiddenWidth: 5, outputDepth: 1, outputWidth: 0 },
    ...sizes,
  };
  const draw = drawIntegers(7, 0);
  const weights = Float64Array.from({ length: parameterCount(shape) }, () =>
    Math.fround(draw(-1000, 1000) / 333),
  );
  return {
    shape,
    weights,
    initial: Float64Array.from({ length: shape.hiddenDim }, (_, i) => initial[i] ?? 0),
    seed: 4294967295,
  };
}

type Header = Record<string, unknown>;

function takeApart(bytes: Uint8Array): { header: Header; data: Uint8Array } {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const start = 8 + Number(view.getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, start)));
  return { header, data: bytes.slice(start) };
}

function putTogether(header: unknown, data: Uint8Array): Uint8Array {
  const text = new TextEncoder().encode(
    typeof header === "string" ? header : JSON.stringify(header),
  );
  const bytes = new Uint8Array(8 + text.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  bytes.set(data, 8 + text.length);
  return bytes;
}

/** The JSON of a tensor in a header. */
const tensor = (shape: unknown, data_offsets: unknown, dtype: unknown = "F32") => {
  return { dtype, shape, data_offsets };
};

describe("a network comes back as it was saved", () => {
  const networks: readonly [string, Network][] = [
    ["linear", newNetwork({ hiddenDepth: 1, hiddenWidth: 0 })],
    ["f of depth 2", newNetwork()],
    ["both of depth 3", newNetwork({ hiddenDepth: 3, outputDepth: 3, outputWidth: 4 })],
    ["with a start", newNetwork({}, [1.5, -0.25, 0])],
    ["in f64", { ...newNetwork({}, [0.1]), weights: newNetwork().weights.map((w) => w / 3) }],
  ];
  test.each(networks)("%s", (_, network) => {
    const { network: loaded, metadata } = loadNetwork(saveNetwork(network, { digest: "abc" }));
    expect(loaded).toEqual(network);
    expect(metadata).toEqual({
      shape: JSON.stringify(network.shape),
      scaling: "none",
      activation: "relu",
      seed: "4294967295",
      digest: "abc",
    });
  });

  test("from the middle of other bytes, at any alignment", () => {
    const saved = saveNetwork(newNetwork());
    const bytes = new Uint8Array(saved.length + 6);
    bytes.set(saved, 3);
    const { network } = loadNetwork(bytes.subarray(3, 3 + saved.length));
    expect(network).toEqual(newNetwork());
  });
});

test("tensors have the authors' names and are F32, aligned and without gaps", () => {
  const bytes = saveNetwork(newNetwork({ outputDepth: 2, outputWidth: 4 }));
  const { header, data } = takeApart(bytes);
  const { __metadata__, ...tensors } = header;
  expect(tensors).toEqual({
    "hmlp.mlp.0.weight": tensor([5, 5], [0, 100]),
    "hmlp.mlp.0.bias": tensor([5], [100, 120]),
    "hmlp.mlp.2.weight": tensor([3, 5], [120, 180]),
    "hmlp.mlp.2.bias": tensor([3], [180, 192]),
    "ymlp.mlp.0.weight": tensor([4, 3], [192, 240]),
    "ymlp.mlp.0.bias": tensor([4], [240, 256]),
    "ymlp.mlp.2.weight": tensor([1, 4], [256, 272]),
    "ymlp.mlp.2.bias": tensor([1], [272, 276]),
  });
  expect(data.length).toBe(276);
  expect((bytes.length - data.length) % 8).toBe(0);
});

describe("what stands between the layers", () => {
  const { header, data } = takeApart(saveNetwork(newNetwork()));
  const saying = (metadata: Record<string, string>) =>
    putTogether({ ...header, __metadata__: metadata }, data);
  const flat = saveNetwork(newNetwork({ hiddenDepth: 1, hiddenWidth: 0 }));
  const { header: flatHeader, data: flatData } = takeApart(flat);

  test("is taken from the file, from whoever reads it, or from the names of the tensors", () => {
    expect(loadNetwork(saveNetwork(newNetwork())).activation).toBe("file");
    expect(loadNetwork(saying({ activation: "ReLU" })).activation).toBe("file");
    expect(loadNetwork(saying({ shape: "{}", scaling: "none" })).activation).toBe("file");
    expect(loadNetwork(saying({}), { activation: "relu" }).activation).toBe("caller");
    expect(loadNetwork(saying({})).activation).toBe("names");
    const silent = putTogether({ ...flatHeader, __metadata__: {} }, flatData);
    expect(loadNetwork(silent).activation).toBe("none");
  });

  test.each(["tanh", "", "relu6", "constructor"])(
    "is believed and refused where it is %j",
    (name) => {
      const bytes = saying({ activation: name });
      expect(() => loadNetwork(bytes)).toThrow(
        `safetensors: the metadata says that the activation is ${JSON.stringify(name)}: only networks with relu can be read`,
      );
      expect(() => loadNetwork(bytes, { activation: "relu" })).toThrow("though relu was asked for");
    },
  );
});

test("a number that is not finite is not saved", () => {
  const network = newNetwork();
  network.weights[1] = Number.NaN;
  expect(() => saveNetwork(network)).toThrow("hmlp.mlp.0.weight[1] is NaN, must be finite");
});

describe("what is wrong with a file is said in one line", () => {
  // h = 2 x 3 and 2, y = 1 x 2 and 1: offsets 0, 24, 32, 40, 44
  const sizes = { inputDim: 1, hiddenDim: 2, hiddenDepth: 1, hiddenWidth: 0 };
  const { header, data } = takeApart(saveNetwork(newNetwork(sizes)));
  const good = () => putTogether(header, data);
  const withTensors = (changes: Header, size = data.length) =>
    putTogether({ ...header, ...changes }, new Uint8Array(size));
  const without = (...names: string[]) => {
    const rest = Object.entries(header).filter(([name]) => !names.includes(name));
    return Object.fromEntries(rest);
  };
  /** Tensors one after the other, of these shapes. */
  const laidOut = (shapes: Record<string, number[]>) => {
    let end = 0;
    const entries = Object.entries(shapes).map(([name, shape]) => {
      const from = end;
      end += 4 * shape.reduce((a, b) => a * b, 1);
      return [name, tensor(shape, [from, end])];
    });
    return putTogether(Object.fromEntries(entries), new Uint8Array(end));
  };
  const pair = (name: string, outputs: number, inputs: number) => ({
    [`${name}.weight`]: [outputs, inputs],
    [`${name}.bias`]: [outputs],
  });
  const weight = "hmlp.mlp.0.weight";
  const numbers = (dtype: "F32" | "F64", value: number) => {
    const bytes = good();
    const view = new DataView(bytes.buffer, bytes.length - data.length);
    if (dtype === "F32") view.setFloat32(24, value, true);
    return bytes;
  };
  const length = (value: bigint) => {
    const bytes = good();
    new DataView(bytes.buffer).setBigUint64(0, value, true);
    return bytes;
  };

  test("the file that the others are made from is good", () => {
    expect(loadNetwork(good()).network).toEqual(newNetwork(sizes));
  });

  const cases: readonly [what: string, bytes: () => Uint8Array, message: RegExp][] = [
    ["nothing", () => new Uint8Array(0), /has 0 bytes/],
    ["too few bytes for a length", () => good().subarray(0, 7), /has 7 bytes/],
    ["a length beyond the file", () => length(100_000n), /ends within its header/],
    ["a length without end", () => length(2n ** 64n - 1n), /18446744073709551615 bytes, more/],
    ["a file cut off in the header", () => good().subarray(0, 50), /ends within its header/],
    ["a header of length 0", () => putTogether("", data), /not JSON/],
    ["a header that is no JSON", () => putTogether("{", data), /not JSON/],
    ["a header that is a list", () => putTogether([], data), /not a JSON object/],
    ["a header that is null", () => putTogether("null", data), /not a JSON object/],
    ["no tensors", () => putTogether({}, new Uint8Array(0)), /hmlp.mlp.0.weight is missing/],
    ["metadata that is text", () => withTensors({ __metadata__: "x" }), /__metadata__ is not an/],
    ["metadata of numbers", () => withTensors({ __metadata__: { a: 1 } }), /__metadata__.a is not/],
    ["a tensor that is a number", () => withTensors({ [weight]: 1 }), /not described by an object/],
    ["f16", () => withTensors({ [weight]: tensor([2, 3], [0, 12], "F16") }), /dtype "F16"/],
    ["no dtype", () => withTensors({ [weight]: tensor([2, 3], [0, 12], null) }), /dtype null/],
    [
      "a dtype of Object",
      () => withTensors({ [weight]: tensor([2, 3], [0, 24], "toString") }),
      /dtype/,
    ],
    ["no shape", () => withTensors({ [weight]: tensor(undefined, [0, 24]) }), /shape undefined/],
    ["a negative size", () => withTensors({ [weight]: tensor([-2, -3], [0, 24]) }), /\[-2,-3\]/],
    ["half a size", () => withTensors({ [weight]: tensor([1.5, 4], [0, 24]) }), /\[1.5,4\]/],
    ["three dimensions", () => withTensors({ [weight]: tensor([2, 3, 1], [0, 24]) }), /one or two/],
    [
      "sizes without end",
      () => withTensors({ [weight]: tensor([2 ** 52, 2 ** 52], [0, 24]) }),
      /has 24 bytes/,
    ],
    ["one offset", () => withTensors({ [weight]: tensor([2, 3], [0]) }), /data_offsets \[0\]/],
    [
      "offsets that are text",
      () => withTensors({ [weight]: tensor([2, 3], ["0", "24"]) }),
      /data_off/,
    ],
    [
      "offsets backwards",
      () => withTensors({ [weight]: tensor([2, 3], [24, 0]) }),
      /has -24 bytes/,
    ],
    [
      "too few bytes for a shape",
      () => withTensors({ [weight]: tensor([2, 3], [0, 20]) }),
      /has 20 b/,
    ],
    [
      "F64 with the bytes of F32",
      () => withTensors({ [weight]: tensor([2, 3], [0, 24], "F64") }),
      /has 48/,
    ],
    ["an overlap", () => withTensors({ [weight]: tensor([2, 3], [4, 28]) }), /gap|overlaps/],
    [
      "two in one place",
      () => withTensors({ "hmlp.mlp.0.bias": tensor([2], [16, 24]) }),
      /overlaps/,
    ],
    ["a gap", () => withTensors({ "ymlp.mlp.0.bias": tensor([1], [44, 48]) }, 48), /a gap between/],
    ["bytes cut off at the end", () => good().subarray(0, -1), /ends at 44, beyond the 43 bytes/],
    ["bytes too many at the end", () => putTogether(header, new Uint8Array(45)), /1 bytes after/],
    [
      "a missing bias",
      () => putTogether(without("ymlp.mlp.0.bias"), data.slice(0, 40)),
      /bias is missing/,
    ],
    [
      "a layer that is left out",
      () => laidOut({ ...pair("hmlp.mlp.2", 2, 3), ...pair("ymlp.mlp.0", 1, 2) }),
      /hmlp.mlp.0.weight is missing/,
    ],
    ["no g", () => laidOut(pair("hmlp.mlp.0", 2, 3)), /ymlp.mlp.0.weight is missing/],
    [
      "an unknown tensor",
      () => withTensors({ "zmlp.mlp.0.bias": tensor([1], [44, 48]) }, 48),
      /zmlp.mlp.0.bias is no tensor/,
    ],
    [
      "a name of lines",
      () => withTensors({ "a\nb": tensor([1], [44, 48]) }, 48),
      /: a b is no tensor/,
    ],
    [
      "a fourth layer",
      () => withTensors({ "hmlp.mlp.6.bias": tensor([1], [44, 48]) }, 48),
      /hmlp.mlp.6.bias is no/,
    ],
    [
      "a weight of one dimension",
      () => withTensors({ [weight]: tensor([6], [0, 24]) }),
      /must be \[outputs, inputs\]/,
    ],
    [
      "a weight without rows",
      () => laidOut({ ...pair("hmlp.mlp.0", 0, 3), ...pair("ymlp.mlp.0", 1, 2) }),
      /must be \[outputs, inputs\]/,
    ],
    [
      "a bias of another length",
      () =>
        laidOut({
          ...pair("hmlp.mlp.0", 2, 3),
          ...pair("ymlp.mlp.0", 1, 2),
          "hmlp.mlp.0.bias": [3],
        }),
      /must be \[2\]/,
    ],
    [
      "no columns for inputs",
      () => laidOut({ ...pair("hmlp.mlp.0", 2, 2), ...pair("ymlp.mlp.0", 1, 2) }),
      /none are left/,
    ],
    [
      "a g of another hidden dimension",
      () => laidOut({ ...pair("hmlp.mlp.0", 2, 3), ...pair("ymlp.mlp.0", 1, 3) }),
      /hidden state has 2/,
    ],
    [
      "layers that do not chain",
      () =>
        laidOut({
          ...pair("hmlp.mlp.0", 4, 3),
          ...pair("hmlp.mlp.2", 2, 5),
          ...pair("ymlp.mlp.0", 1, 2),
        }),
      /has 5 columns, the layer before it returns 4/,
    ],
    [
      "inner layers of two widths",
      () =>
        laidOut({
          ...pair("hmlp.mlp.0", 4, 3),
          ...pair("hmlp.mlp.2", 5, 4),
          ...pair("hmlp.mlp.4", 2, 5),
          ...pair("ymlp.mlp.0", 1, 2),
        }),
      /inner layers have one width/,
    ],
    [
      "too many hidden dimensions",
      () => laidOut({ ...pair("hmlp.mlp.0", 129, 130), ...pair("ymlp.mlp.0", 1, 129) }),
      /hiddenDim/,
    ],
    [
      "too wide",
      () =>
        laidOut({
          ...pair("hmlp.mlp.0", 257, 3),
          ...pair("hmlp.mlp.2", 2, 257),
          ...pair("ymlp.mlp.0", 1, 2),
        }),
      /hiddenWidth/,
    ],
    [
      "a start of another length",
      () => laidOut({ ...pair("hmlp.mlp.0", 2, 3), ...pair("ymlp.mlp.0", 1, 2), h0: [3] }),
      /h0 has shape \[3\], must be \[2\]/,
    ],
    ["NaN", () => numbers("F32", Number.NaN), /hmlp.mlp.0.bias\[0\] is NaN, must be finite/],
    ["infinity", () => numbers("F32", Number.NEGATIVE_INFINITY), /bias\[0\] is -Infinity, must be/],
  ];
  test.each(cases)("%s", (_, bytes, message) => {
    expect(() => loadNetwork(bytes())).toThrow(message);
    expect(() => loadNetwork(bytes())).toThrow(/^safetensors: [^\n]*$/);
  });

  test("a file with any byte changed or cut off at any place loads or is refused in one line", () => {
    const bytes = good();
    const draw = drawIntegers(3, 0);
    let refused = 0;
    const attempt = (candidate: Uint8Array) => {
      try {
        loadNetwork(candidate);
      } catch (error) {
        refused++;
        expect(String(error)).toMatch(/^Error: safetensors: [^\n]*$/);
      }
    };
    for (let at = 0; at < bytes.length; at++) {
      const changed = bytes.slice();
      changed[at] ^= draw(1, 255);
      attempt(changed);
      attempt(bytes.subarray(0, at));
    }
    expect(refused).toBeGreaterThan(bytes.length);
  });
});

describe("files of the form that the paper's authors save", () => {
  const files: readonly [name: string, bytes: Uint8Array, hiddenDim: number][] = [
    ["the previous element", previousElementFile, 2],
    ["the sum", sumFile, 1],
    ["the sum of the last two", lastTwoSumFile, 2],
  ];
  test.each(files)("%s is read, and written with the same bytes", (_, bytes, hiddenDim) => {
    const { network, metadata } = loadNetwork(bytes);
    expect(network.shape).toEqual({
      ...{ inputDim: 1, outputDim: 1, hiddenDim },
      ...{ hiddenDepth: 1, hiddenWidth: 0, outputDepth: 1, outputWidth: 0 },
    });
    expect(metadata).toEqual({});
    const ours = takeApart(saveNetwork(network));
    const { __metadata__, ...tensors } = ours.header;
    expect(tensors).toEqual(takeApart(bytes).header);
    expect(ours.data).toEqual(takeApart(bytes).data);
  });
});
