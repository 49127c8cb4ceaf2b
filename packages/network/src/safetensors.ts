import { type NetworkShape, networkLayers } from "@latticode/kernels";
import {
  type Activation,
  type ActivationSource,
  activationSource,
  type NetworkMetadata,
} from "./activation.ts";
import type { Network } from "./network.ts";

// The format: 8 bytes with the length of the header (little-endian), the header (JSON: for each
// tensor its dtype, shape and place among the bytes; __metadata__ holds strings), the bytes of the
// tensors, without gaps (github.com/huggingface/safetensors, "Format").

const bytesOf = { F32: 4, F64: 8 } as const;
type Dtype = keyof typeof bytesOf;

/** Where a tensor lies among the bytes after the header. */
interface TensorEntry {
  readonly name: string;
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly from: number;
  readonly to: number;
}

/** The largest header that is read; one of ours has about 1,000 bytes. */
const mostHeaderBytes = 1 << 20;
const mostMessage = 300;
const initialName = "h0";

/** The names that the paper's authors gave to the layers of f and g. */
function layerNames({ hiddenDepth, outputDepth }: NetworkShape): string[] {
  const names = (perceptron: string, depth: number) =>
    Array.from({ length: depth }, (_, k) => `${perceptron}.mlp.${2 * k}`);
  return [...names("hmlp", hiddenDepth), ...names("ymlp", outputDepth)];
}

/** The tensors of a network: name, shape, numbers. */
function tensorsOf({ shape, weights, initial }: Network) {
  const names = layerNames(shape);
  const tensors = networkLayers(shape).flatMap((layer, k) => {
    const { inputs, outputs, weightOffset, biasOffset } = layer;
    return [
      {
        name: `${names[k]}.weight`,
        shape: [outputs, inputs],
        values: weights.subarray(weightOffset, biasOffset),
      },
      {
        name: `${names[k]}.bias`,
        shape: [outputs],
        values: weights.subarray(biasOffset, biasOffset + outputs),
      },
    ];
  });
  // Other readers expect nothing but the layers, so a start of zeros goes without saying.
  if (initial.every((value) => value === 0)) return tensors;
  return [...tensors, { name: initialName, shape: [shape.hiddenDim], values: initial }];
}

/**
 * A network as a safetensors file. Its tensors have the names that the paper's authors use:
 * `hmlp.mlp.{0,2,4}.weight|bias` for f (a weight is [outputs, inputs], f's first with the hidden
 * columns before the inputs), `ymlp.mlp.{0,2,4}.weight|bias` for g; `h0` [hiddenDim] only where h_0
 * is not zero. A tensor is F32 where that keeps every number exactly, as it does for what was
 * trained, else F64. To the metadata it adds `shape` (JSON), `scaling` ("none": inputs and outputs
 * are plain numbers), `activation` ("relu") and `seed`, unless they are given.
 *
 * @throws RangeError where a number is not finite
 */
export function saveNetwork(network: Network, metadata: NetworkMetadata = {}): Uint8Array {
  let size = 0;
  const header: Record<string, unknown> = {
    __metadata__: {
      shape: JSON.stringify(network.shape),
      scaling: "none",
      activation: "relu",
      seed: String(network.seed),
      ...metadata,
    },
  };
  const tensors = tensorsOf(network).map((tensor) => {
    const { name, shape, values } = tensor;
    const wrong = values.findIndex((value) => !Number.isFinite(value));
    if (wrong >= 0) throw new RangeError(`${name}[${wrong}] is ${values[wrong]}, must be finite`);
    const dtype: Dtype = values.every((value) => Math.fround(value) === value) ? "F32" : "F64";
    const from = size;
    size += bytesOf[dtype] * values.length;
    header[name] = { dtype, shape, data_offsets: [from, size] };
    return { dtype, values, from };
  });
  const text = new TextEncoder().encode(JSON.stringify(header));
  // The tensors begin at a multiple of 8 bytes; the header is filled up with spaces.
  const headerBytes = Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(8 + headerBytes + size);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(headerBytes), true);
  bytes.fill(0x20, 8, 8 + headerBytes);
  bytes.set(text, 8);
  for (const { dtype, values, from } of tensors) {
    values.forEach((value, i) => {
      const at = 8 + headerBytes + from + bytesOf[dtype] * i;
      if (dtype === "F32") view.setFloat32(at, value, true);
      else view.setFloat64(at, value, true);
    });
  }
  return bytes;
}

function fail(message: string): never {
  // Names come from the file, and may hold anything.
  throw new Error(`safetensors: ${message.replace(/\s+/g, " ").slice(0, mostMessage)}`);
}

/**
 * Reads a network from a safetensors file as `saveNetwork` writes it, or the paper's authors:
 * depths and sizes follow from the shapes of the tensors, h_0 is 0 unless there is an `h0`, the
 * seed is that of the metadata, else 0. Everything is checked before it is used.
 *
 * @param options.activation what stands between the layers, where the file does not say
 * @returns the network, the texts saved with it, and on whose word it has ReLU between its layers
 * @throws Error with one line that says what is wrong: a header that is cut off, too long or no
 *   JSON; a dtype other than F32 and F64; tensors that overlap, leave gaps or go beyond the end;
 *   names that are missing or unknown; shapes that do not fit each other, or are larger than the
 *   kernels take; numbers that are not finite; an `activation` in the metadata other than "relu"
 */
export function loadNetwork(
  bytes: Uint8Array,
  options: { readonly activation?: Activation | undefined } = {},
): { network: Network; metadata: NetworkMetadata; activation: ActivationSource } {
  const { header, start } = readHeader(bytes);
  const { __metadata__: rawMetadata = {}, ...rest } = header;
  const metadata = readMetadata(rawMetadata);
  const tensors = Object.entries(rest).map(([name, value]) => readEntry(name, value));
  checkPlaces(tensors, bytes.length - start);
  const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  const shape = shapeOf(byName);
  const activation = readActivation(metadata, shape, options.activation);

  const view = new DataView(bytes.buffer, bytes.byteOffset + start);
  const values = ({ name, dtype, from, to }: TensorEntry): Float64Array => {
    const size = bytesOf[dtype];
    return Float64Array.from({ length: (to - from) / size }, (_, i) => {
      const at = from + size * i;
      const value = dtype === "F32" ? view.getFloat32(at, true) : view.getFloat64(at, true);
      return Number.isFinite(value) ? value : fail(`${name}[${i}] is ${value}, must be finite`);
    });
  };
  const layers = layerNames(shape).flatMap((name) => [`${name}.weight`, `${name}.bias`]);
  const weights = layers.map((name) => values(byName.get(name)!));
  const initial = byName.get(initialName);
  const seed = Number(metadata.seed ?? 0);
  return {
    network: {
      shape,
      weights: Float64Array.from(weights.flatMap((part) => [...part])),
      initial: initial ? values(initial) : new Float64Array(shape.hiddenDim),
      seed: Number.isInteger(seed) && seed >= 0 && seed <= 0xffffffff ? seed : 0,
    },
    metadata,
    activation,
  };
}

function readActivation(...known: Parameters<typeof activationSource>): ActivationSource {
  try {
    return activationSource(...known);
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function readHeader(bytes: Uint8Array): { header: Record<string, unknown>; start: number } {
  if (bytes.length < 8) fail(`the file has ${bytes.length} bytes, the header's length alone has 8`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getBigUint64(0, true);
  if (length > mostHeaderBytes) {
    fail(
      `the header has ${length} bytes, more than ${mostHeaderBytes}: is this a safetensors file?`,
    );
  }
  const start = 8 + Number(length);
  if (start > bytes.length) {
    fail(`the file ends within its header: ${bytes.length} bytes, ${start} expected`);
  }
  let header: unknown;
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(8, start));
    header = JSON.parse(text);
  } catch {
    fail("the header is not JSON");
  }
  return { header: isObject(header) ? header : fail("the header is not a JSON object"), start };
}

function readMetadata(value: unknown): NetworkMetadata {
  if (!isObject(value)) fail("__metadata__ is not an object");
  for (const [key, text] of Object.entries(value)) {
    if (typeof text !== "string") fail(`__metadata__.${key} is not a string`);
  }
  return value as NetworkMetadata;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function readEntry(name: string, value: unknown): TensorEntry {
  if (!isObject(value)) fail(`${name} is not described by an object`);
  const { dtype, shape, data_offsets: offsets } = value;
  if (dtype !== "F32" && dtype !== "F64") {
    fail(`${name} has dtype ${JSON.stringify(dtype)}, must be F32 or F64`);
  }
  if (!Array.isArray(shape) || shape.length < 1 || shape.length > 2 || !shape.every(isCount)) {
    fail(`${name} has shape ${JSON.stringify(shape)}, must be one or two integers`);
  }
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isCount)) {
    fail(`${name} has data_offsets ${JSON.stringify(offsets)}, must be two integers`);
  }
  const [from, to] = offsets as [number, number];
  const size = (shape as number[]).reduce((product, n) => product * n, bytesOf[dtype]);
  if (to - from !== size) {
    fail(`${name} has ${to - from} bytes, ${dtype} of shape ${JSON.stringify(shape)} has ${size}`);
  }
  return { name, dtype, shape: shape as number[], from, to };
}

/** The tensors fill the bytes, one after the other. */
function checkPlaces(tensors: readonly TensorEntry[], size: number): void {
  let end = 0;
  let last = "the header";
  for (const { name, from, to } of [...tensors].sort((a, b) => a.from - b.from || a.to - b.to)) {
    if (from < end) fail(`${name} overlaps ${last}: it begins at ${from}, before ${end}`);
    if (from > end) fail(`there is a gap between ${last} and ${name}, from ${end} to ${from}`);
    end = to;
    last = name;
  }
  if (end > size)
    fail(`${last} ends at ${end}, beyond the ${size} bytes of tensors that there are`);
  if (end < size) fail(`${size - end} bytes after ${last} belong to no tensor`);
}

const tensorName = /^([hy]mlp)\.mlp\.([024])\.(weight|bias)$/;

function shapeOf(tensors: ReadonlyMap<string, TensorEntry>): NetworkShape {
  for (const name of tensors.keys()) {
    if (!tensorName.test(name) && name !== initialName) {
      fail(
        `${name} is no tensor of a network: hmlp.mlp.{0,2,4} and ymlp.mlp.{0,2,4}, weight or bias`,
      );
    }
  }
  const f = readPerceptron("hmlp", tensors);
  const g = readPerceptron("ymlp", tensors);
  const hiddenDim = f.outputs;
  const inputDim = f.inputs - hiddenDim;
  if (inputDim < 1) {
    fail(
      `hmlp.mlp.0.weight has ${f.inputs} columns, f returns ${hiddenDim} numbers: none are ` +
        "left for inputs",
    );
  }
  if (g.inputs !== hiddenDim) {
    fail(`ymlp.mlp.0.weight has ${g.inputs} columns, the hidden state has ${hiddenDim} numbers`);
  }
  const initial = tensors.get(initialName);
  if (initial && !(initial.shape.length === 1 && initial.shape[0] === hiddenDim)) {
    fail(`${initialName} has shape ${JSON.stringify(initial.shape)}, must be [${hiddenDim}]`);
  }
  const shape = {
    ...{ inputDim, outputDim: g.outputs, hiddenDim },
    ...{ hiddenDepth: f.depth, hiddenWidth: f.width },
    ...{ outputDepth: g.depth, outputWidth: g.width },
  };
  try {
    networkLayers(shape);
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error));
  }
  return shape;
}

/** Sizes of f or g, from tensors whose shapes follow each other. */
function readPerceptron(perceptron: string, tensors: ReadonlyMap<string, TensorEntry>) {
  const names = [0, 2, 4].map((k) => `${perceptron}.mlp.${k}`);
  const isThere = (name: string) => tensors.has(`${name}.weight`) || tensors.has(`${name}.bias`);
  const depth = Math.max(1, names.findLastIndex(isThere) + 1);
  const layers = names.slice(0, depth).map((name) => {
    const weight = tensors.get(`${name}.weight`) ?? fail(`${name}.weight is missing`);
    const bias = tensors.get(`${name}.bias`) ?? fail(`${name}.bias is missing`);
    const [outputs, inputs] = weight.shape;
    if (weight.shape.length !== 2 || outputs === 0 || inputs === 0) {
      fail(`${name}.weight has shape ${JSON.stringify(weight.shape)}, must be [outputs, inputs]`);
    }
    if (bias.shape.length !== 1 || bias.shape[0] !== outputs) {
      fail(`${name}.bias has shape ${JSON.stringify(bias.shape)}, must be [${outputs}]`);
    }
    return { name, inputs, outputs };
  });
  const width = depth === 1 ? 0 : layers[0].outputs;
  layers.forEach(({ name, inputs, outputs }, k) => {
    if (k > 0 && inputs !== width) {
      fail(`${name}.weight has ${inputs} columns, the layer before it returns ${width} numbers`);
    }
    if (k < depth - 1 && outputs !== width) {
      fail(`${name} returns ${outputs} numbers, must be ${width}: inner layers have one width`);
    }
  });
  return { depth, width, inputs: layers[0].inputs, outputs: layers[depth - 1].outputs };
}
