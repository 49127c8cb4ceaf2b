/** What may be asked of emitted text. */
export interface EmitOptions {
  /**
   * What the function does and what it was found from, put where the language keeps such text. May
   * hold anything: lines stay lines, all else that could end the text or hide in it is escaped.
   */
  readonly docstring?: string;
}
