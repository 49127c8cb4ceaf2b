export type { Evaluation } from "./evaluate.ts";
export { evaluateInTurns, evaluateNetwork } from "./evaluate.ts";
export { firstSequences } from "./first-sequences.ts";
export { givingWay } from "./give-way.ts";
export type { Network, Traces } from "./network.ts";
export { stepNetwork, traceNetwork } from "./network.ts";
export { pause } from "./pause.ts";
export type { NetworkMetadata } from "./safetensors.ts";
export { loadNetwork, saveNetwork } from "./safetensors.ts";
