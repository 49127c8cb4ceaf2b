/** A function that emitted text brings along when it calls it. */
export interface CalledText<Name extends string> {
  /** Others that it calls. */
  readonly calls: readonly Name[];
  readonly text: string;
}

/** The texts of the named functions and of those that they call, in the order of `all`. */
export function calledTexts<Name extends string>(
  all: { readonly [name in Name]: CalledText<Name> },
  names: ReadonlySet<Name>,
): string[] {
  const needed = new Set<Name>();
  const need = (name: Name) => {
    needed.add(name);
    all[name].calls.forEach(need);
  };
  names.forEach(need);
  const isNeeded = (name: string): name is Name => needed.has(name as Name);
  return Object.keys(all)
    .filter(isNeeded)
    .map((name) => all[name].text);
}
