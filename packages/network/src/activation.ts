import type { NetworkShape } from "@latticode/kernels";

/** Texts that are saved beside the weights. */
export type NetworkMetadata = Readonly<Record<string, string>>;

/** The activations that networks here can have between their layers. */
export const activations = ["relu"] as const;

export type Activation = (typeof activations)[number];

/**
 * On whose word an activation is taken: that of the file's metadata, of the caller, or of neither.
 * Then it follows from the names of the tensors, which are those of the paper's authors, whose
 * networks have ReLU; "none" where f and g have one layer each, so that there is nothing for it to
 * stand between.
 */
export type ActivationSource = "file" | "caller" | "names" | "none";

/**
 * @throws Error in one line where the metadata says an activation that networks here cannot have
 */
export function activationSource(
  { activation: said, shape, scaling }: NetworkMetadata,
  { hiddenDepth, outputDepth }: Pick<NetworkShape, "hiddenDepth" | "outputDepth">,
  told: Activation | undefined,
): ActivationSource {
  if (said !== undefined) {
    const known = activations.find((name) => name === said.trim().toLowerCase());
    if (!known) {
      const name = JSON.stringify(said);
      const ask = told ? `, though ${told} was asked for` : "";
      throw new Error(
        `the metadata says that the activation is ${name}${ask}: only networks with ` +
          `${activations.join(" or ")} can be read`,
      );
    }
    return "file";
  }
  // files of ours that were written before they said it
  if (shape !== undefined && scaling === "none") return "file";
  if (told) return "caller";
  return hiddenDepth === 1 && outputDepth === 1 ? "none" : "names";
}
