export { distinctInputs } from "./distinct-inputs.ts";
export { type Evaluation, evaluateInTurns, evaluateNetwork } from "./evaluate.ts";
export { firstSequences } from "./first-sequences.ts";
export { givingWay, pause } from "./give-way.ts";
export type { Network } from "./network.ts";
export { type Recurrent, recurrentOf } from "./recurrent.ts";
export { numberKeys, rowDistance } from "./rows.ts";
export { loadNetwork, type NetworkMetadata, saveNetwork } from "./safetensors.ts";
export { type Traces, traceNetwork } from "./traces.ts";
