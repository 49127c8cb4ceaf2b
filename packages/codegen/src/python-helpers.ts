/** Functions that emitted Python brings along when it calls them. */
export type PythonHelper = "shift" | "add_at" | "argmax";

const texts: { readonly [name in PythonHelper]: string } = {
  shift: `\
def shift(a, e):
    """a without its first number and with e behind its last."""
    if not a:
        raise IndexError("shift of an empty list")
    return a[1:] + [e]`,
  add_at: `\
def add_at(a, i, e):
    """A copy of a with e added to the number at index i."""
    a = a[:]
    a[i] += e
    return a`,
  argmax: `\
def argmax(a):
    """The first index of the largest number."""
    return a.index(max(a))`,
};

/** All names, which nothing else in emitted text may have. */
export const pythonHelperNames = Object.keys(texts) as readonly PythonHelper[];

/** The texts of the named functions, in a fixed order. */
export function pythonHelperTexts(names: ReadonlySet<PythonHelper>): string[] {
  return pythonHelperNames.filter((name) => names.has(name)).map((name) => texts[name]);
}
