import { languages } from "@latticode/codegen";
import { binaryOperators, listOperators, unaryOperators } from "@latticode/program";
import { runLanguages } from "@latticode/verification";
import { z } from "zod";
import { stages } from "../src/pipeline/stages.ts";

// What `--json` prints and result.json holds. `npm run schema` writes schema/result.json from it,
// and a test compares the two. A change that breaks readers raises schemaVersion.

const count = z.int().min(0);
const share = z.number().min(0).max(1);
const row = z.array(z.int()).min(1);
const word = z.array(row);
const outputs = z.array(z.union([z.int(), z.string()]));
const unit = z.enum(["line", "sequence"]);
const digest = z.string().regex(/^[0-9a-f]{64}$/);

const expression = z
  .union([
    z.strictObject({ op: z.literal("integer"), value: z.int() }),
    z.strictObject({ op: z.literal("list"), values: z.array(z.int()).min(1) }),
    z.strictObject({ op: z.literal("input"), index: count }),
    z.strictObject({ op: z.literal("state"), name: z.string() }),
    z.strictObject({
      op: z.enum([...unaryOperators, ...binaryOperators, "if", ...Object.keys(listOperators)]),
      get args() {
        return z.array(expression).min(1).max(3);
      },
    }),
  ])
  .meta({ id: "expression" });

const program = z
  .strictObject({
    inputDim: z.int().min(1),
    state: z.array(
      z.strictObject({ name: z.string(), initial: z.union([z.int(), z.array(z.int())]) }),
    ),
    order: z.enum(["simultaneous", "in-place"]),
    updates: z.array(z.strictObject({ target: z.string(), value: expression })),
    outputs: z.array(expression).min(1),
  })
  .meta({ id: "program" });

const domain = z.strictObject({
  inputDim: z.int().min(1),
  length: z.int().min(1),
  rows: z.array(row).nullable(),
  ranges: z.array(z.strictObject({ min: z.int(), max: z.int() })),
  order: z.strictObject({ starts: z.array(count), follows: z.array(z.array(count)) }).nullable(),
});

const relation = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("exhaustive"), length: z.int().min(1), words: count }),
  z.strictObject({
    kind: z.literal("sampled"),
    length: z.int().min(1),
    words: count,
    exhaustive: count,
  }),
  z.strictObject({
    kind: z.literal("differs"),
    word,
    program: outputs,
    network: z.array(z.int()),
    label: z.array(z.int()).nullable(),
  }),
]);

const sequence = z.array(outputs);
const counterexample = z.strictObject({
  x: sequence,
  expected: sequence,
  actual: sequence.nullable(),
  position: count,
  error: z.string().optional(),
});
const check = z
  .strictObject({
    name: z.enum(["examples", "longer", "long", "drift", "machine", "recurrence", ...runLanguages]),
    description: z.string(),
    sequences: count,
    positions: count,
    wrong: count,
    passed: z.boolean(),
    proven: z.boolean(),
    informational: z.literal(true).optional(),
    agreeing: count.optional(),
    outcome: z.string().optional(),
    firstCounterexample: counterexample.optional(),
  })
  .meta({ id: "check" });

const route = z.enum(["white-box", "black-box", "paper"]);
const found = z.strictObject({
  route,
  stage: z.string(),
  cost: count,
  isReading: z.boolean().optional(),
  variables: z
    .array(
      z.strictObject({
        name: z.string(),
        decoding: z.enum(["affine", "nearest", "none"]),
        affine: share,
        nearest: share,
        maps: z
          .array(z.strictObject({ coefficients: z.array(z.number()), offset: z.number() }))
          .optional(),
        formulas: z.array(z.string()).optional(),
      }),
    )
    .optional(),
  certificate: z
    .strictObject({
      route,
      stage: z.string(),
      program,
      equality: z.enum(["same program", "proven equal", "agrees", "differs"]),
      explanation: z.string(),
    })
    .optional(),
});

const sizes = {
  hiddenDim: z.int().min(1),
  hiddenDepth: z.int().min(1),
  hiddenWidth: count,
  outputDepth: z.int().min(1),
  outputWidth: count,
};

const parts = {
  schemaVersion: z.literal(1),
  version: z.string(),
  seed: count,
  source: z.strictObject({ name: z.string(), sha256: digest }),
  verdict: z.enum(["solved", "consistent", "not solved"]),
  domain: domain.nullable(),
  relation: relation.nullable(),
  shown: z
    .strictObject({
      kind: z.enum(["steps", "paths"]),
      steps: count,
      shown: count,
      words: z.array(word).max(5),
      growing: z.boolean(),
    })
    .nullable(),
  determined: z
    .strictObject({
      exhaustive: z.boolean(),
      bound: share.nullable(),
      depth: z.strictObject({ states: z.int().min(1), upTo: z.int().min(1) }).nullable(),
      rivals: z.array(
        z.strictObject({ description: z.string(), word, outputs: z.tuple([outputs, outputs]) }),
      ),
    })
    .nullable(),
  missing: z.array(z.string()),
  questions: z.array(word).max(5),
  solved: z.boolean(),
  stopped: z
    .strictObject({
      stage: z.enum(stages),
      reason: z.string(),
      limited: z.literal(true).optional(),
    })
    .optional(),
  program: program.nullable(),
  code: z.partialRecord(z.enum(languages), z.string()).nullable(),
  found: found.nullable(),
  repair: z
    .strictObject({
      program,
      stage: z.string(),
      cost: count,
      disagreement: share,
      python: z.string(),
      confirmation: check.optional(),
    })
    .optional(),
  verification: z.array(check),
  seconds: z.partialRecord(z.enum(stages), z.number().min(0)),
  digest,
};

const synthesis = z.strictObject({
  ...parts,
  command: z.literal("synth"),
  labels: z
    .strictObject({ sequences: count, distinct: count, length: z.int().min(1), leftOut: count })
    .nullable(),
  heldBack: z
    .strictObject({ sequences: count, distinct: count, wrong: count.nullable() })
    .nullable(),
  contradictions: z
    .strictObject({
      unit,
      pairs: z
        .array(
          z.strictObject({
            places: z.tuple([z.int(), z.int()]),
            position: count,
            outputs: z.tuple([z.array(z.int()), z.array(z.int())]),
          }),
        )
        .max(5),
      prefixes: count,
      sequences: count,
      positions: count,
    })
    .nullable(),
  noise: z.strictObject({ allowed: share, unit, places: z.array(z.int()) }).optional(),
  network: z
    .strictObject({
      ...sizes,
      seed: count,
      accuracy: share,
      margin: z.number().min(0),
      distinctStates: count,
      spread: z.number().nullable(),
    })
    .nullable(),
});

const extraction = z.strictObject({
  ...parts,
  command: z.literal("extract"),
  labels: z.null(),
  heldBack: z.null(),
  contradictions: z.null(),
  inputs: z.array(
    z.union([
      z.strictObject({ kind: z.literal("values"), values: z.array(z.int()).min(1) }),
      z.strictObject({ kind: z.literal("range"), min: z.int(), max: z.int() }),
      z.strictObject({ kind: z.literal("onehot"), columns: z.int().min(1) }),
    ]),
  ),
  length: z.int().min(1),
  horizon: z
    .strictObject({
      length: z.int().min(1),
      words: count,
      steady: count,
      differs: z
        .strictObject({ word: z.array(z.int()), program: outputs, network: z.array(z.int()) })
        .optional(),
    })
    .nullable(),
  network: z.strictObject({
    inputDim: z.int().min(1),
    outputDim: z.int().min(1),
    ...sizes,
    activation: z.enum(["file", "caller", "names", "none"]),
    margin: z.number().min(0).nullable(),
    marginOver: z.strictObject({ words: count, exhaustive: z.boolean() }).nullable(),
  }),
});

const resultSchema = z.discriminatedUnion("command", [synthesis, extraction]);

/** What is published: JSON Schema, draft 2020-12. */
export function publishedSchema(): object {
  const { $schema, ...rest } = z.toJSONSchema(resultSchema, { target: "draft-2020-12" });
  const title = "What latticode synth and latticode extract print with --json";
  return { $schema, title, ...rest };
}
